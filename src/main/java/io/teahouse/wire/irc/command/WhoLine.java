package io.teahouse.wire.irc.command;

import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.Ranks;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply.Participant;
import io.teahouse.user.UserDirectory;
import io.teahouse.user.UserMode;
import io.teahouse.user.UserSnapshot;
import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.Channels;
import io.teahouse.wire.irc.IrcServer;
import io.teahouse.wire.irc.Numeric;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The form of the lines of WHO: RPL_WHOREPLY, or the fields that a WHOX asked for.
 *
 * @param letters the letters of the WHOX fields; empty for RPL_WHOREPLY
 * @param token repeated in each line
 */
record WhoLine(Call call, Optional<String> letters, String token) {
    private static final int LONGEST_TOKEN = 3;

    /** The order of the fields in the reply, whatever their order in the request (IRCv3 whox). */
    private static final String ORDER = "tcuihsnfdlaor";

    /** Replaces an address that this client may not see (as in Ergo and InspIRCd). */
    private static final String HIDDEN = "255.255.255.255";

    /**
     * A user or room member that WHO has found.
     *
     * @param member their ranks in the channel that was asked for
     * @param user the user; empty for an application's actor
     */
    record Match(
            Nick nick, Profile profile, Optional<RoomName> room, Optional<Ranks> member, Optional<UserSnapshot> user) {
        static Match of(UserSnapshot who) {
            return new Match(who.nick(), who.profile(), Optional.empty(), Optional.empty(), Optional.of(who));
        }

        static Match in(RoomName room, Participant member, UserDirectory users) {
            Optional<UserSnapshot> user = users.find(member.nick().text());
            return new Match(
                    member.nick(),
                    user.map(UserSnapshot::profile).orElse(member.profile()),
                    Optional.of(room),
                    Optional.of(member.ranks()),
                    user);
        }

        boolean is(UserMode mode) {
            return user.filter(who -> who.is(mode)).isPresent();
        }

        long idleSeconds() {
            return user.map(UserSnapshot::idleSeconds).orElse(0L);
        }

        /** The channel as the room spells its name, not as the client did. */
        String channel() {
            return room.map(IrcServer::channel).orElse("*");
        }
    }

    /** Parses the second parameter of the command. */
    static WhoLine of(Call call) {
        String options = call.param(1);
        int percent = options.indexOf('%');
        if (percent < 0) {
            return new WhoLine(call, Optional.empty(), "");
        }
        String[] parts = options.substring(percent + 1).split(",", 2);
        return new WhoLine(
                call, Optional.of(parts[0]), parts.length == 2 && parts[1].length() <= LONGEST_TOKEN ? parts[1] : "0");
    }

    void reply(Match who) {
        if (letters.isPresent()) {
            call.reply(Numeric.RPL_WHOSPCRPL, values(letters.get(), who));
            return;
        }
        call.reply(
                Numeric.RPL_WHOREPLY,
                who.channel(),
                who.profile().user(),
                who.profile().host(),
                call.server().name(),
                who.nick().text(),
                flags(who),
                "0 " + who.profile().realName());
    }

    private String[] values(String fields, Match who) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < ORDER.length(); i++) {
            char letter = ORDER.charAt(i);
            if (fields.indexOf(letter) >= 0) {
                values.add(value(letter, who));
            }
        }
        return values.toArray(new String[0]);
    }

    private String value(char letter, Match who) {
        Profile profile = who.profile();
        return switch (letter) {
            case 't' -> token;
            case 'c' -> who.channel();
            case 'u' -> profile.user();
            case 'i' -> who.user().flatMap(call::address).orElse(HIDDEN);
            case 'h' -> profile.host();
            case 's' -> call.server().name();
            case 'n' -> who.nick().text();
            case 'f' -> flags(who);
            case 'l' -> Long.toString(who.idleSeconds());
            case 'a' -> profile.account().isEmpty() ? "0" : profile.account();
            case 'o' -> "n/a";
            case 'r' -> profile.realName();
            default -> "0"; // hops
        };
    }

    /** The flags: here or away, server operator, ranks in the channel, bot. */
    private String flags(Match who) {
        return (who.profile().isAway() ? "G" : "H")
                + (who.is(UserMode.OPERATOR) ? "*" : "")
                + who.member().map(ranks -> Channels.marks(call, ranks)).orElse("")
                + (who.is(UserMode.BOT) ? "B" : "");
    }
}
