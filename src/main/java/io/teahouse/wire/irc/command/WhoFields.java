package io.teahouse.wire.irc.command;

import io.teahouse.client.Place;
import io.teahouse.client.Presence;
import io.teahouse.client.UserMode;
import io.teahouse.room.Profile;
import io.teahouse.room.RoomName;
import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.Channels;
import io.teahouse.wire.irc.IrcServer;
import io.teahouse.wire.irc.Numeric;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a WHOX asks for.
 *
 * @param letters of the fields
 * @param token repeated in each line
 */
record WhoFields(String letters, String token) {
    /** In this order they are answered, whatever the order in which they were asked for (IRCv3 whox). */
    private static final String ORDER = "tcuihsnfdlaor";

    static Optional<WhoFields> parse(String options) {
        int percent = options.indexOf('%');
        if (percent < 0) {
            return Optional.empty();
        }
        String[] parts = options.substring(percent + 1).split(",", 2);
        return Optional.of(new WhoFields(parts[0], parts.length == 2 ? parts[1] : "0"));
    }

    /** One line about one person; {@code in}: the channel that was asked for. */
    static void reply(Call call, Optional<WhoFields> fields, Presence who, Optional<RoomName> in) {
        if (fields.isPresent()) {
            call.reply(Numeric.RPL_WHOSPCRPL, fields.get().values(call, who, in));
            return;
        }
        Profile profile = who.profile();
        call.reply(
                Numeric.RPL_WHOREPLY,
                channel(who, in),
                profile.user(),
                profile.host(),
                call.server().name(),
                who.nick().text(),
                flags(call, who, in),
                "0 " + profile.realName());
    }

    /** As it is spelt there, however it was asked for. */
    private static String channel(Presence who, Optional<RoomName> in) {
        return in.flatMap(who::place)
                .map(place -> IrcServer.channel(place.room()))
                .orElse("*");
    }

    private String[] values(Call call, Presence who, Optional<RoomName> in) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < ORDER.length(); i++) {
            char letter = ORDER.charAt(i);
            if (letters.indexOf(letter) >= 0) {
                values.add(value(letter, call, who, in));
            }
        }
        return values.toArray(new String[0]);
    }

    private String value(char letter, Call call, Presence who, Optional<RoomName> in) {
        Profile profile = who.profile();
        return switch (letter) {
            case 't' -> token;
            case 'c' -> channel(who, in);
            case 'u' -> profile.user();
            case 'i', 'h' -> profile.host();
            case 's' -> call.server().name();
            case 'n' -> who.nick().text();
            case 'f' -> flags(call, who, in);
            case 'l' -> Long.toString(who.idleSeconds());
            case 'a' -> profile.account().isEmpty() ? "0" : profile.account();
            case 'o' -> "n/a";
            case 'r' -> profile.realName();
            default -> "0"; // the way to him, in servers
        };
    }

    /** Here or gone, operator of the server, rank in the channel, bot. */
    private static String flags(Call call, Presence who, Optional<RoomName> in) {
        Optional<Place> place = in.flatMap(who::place);
        String ranks =
                place.map(Place::ranks).map(held -> Channels.marks(call, held)).orElse("");
        return (who.profile().isAway() ? "G" : "H")
                + (who.is(UserMode.OPERATOR) ? "*" : "")
                + ranks
                + (who.is(UserMode.BOT) ? "B" : "");
    }
}
