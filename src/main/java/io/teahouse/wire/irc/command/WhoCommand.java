package io.teahouse.wire.irc.command;

import io.teahouse.client.Presence;
import io.teahouse.client.UserMode;
import io.teahouse.room.Mask;
import io.teahouse.room.Profile;
import io.teahouse.room.RoomName;
import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.IrcServer;
import io.teahouse.wire.irc.Numeric;
import io.teahouse.wire.irc.Spec;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** WHO (RFC 2812 §3.6.1) and WHOX (IRCv3 whox). Reads snapshots; no room is asked. */
final class WhoCommand implements IrcCommand {
    private static final Spec SPEC =
            Spec.of("WHO", 0, "mask [%fields[,token]]", "Lists people.").costing(3);

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public void run(Call call) {
        String mask = call.has(0) ? call.param(0) : "*";
        String options = call.param(1);
        Optional<WhoFields> fields = WhoFields.parse(options);
        boolean operators = options.split("%", 2)[0].contains("o");
        Optional<RoomName> room = call.room(mask);
        Stream<Presence> found =
                mask.startsWith("#") ? room.map(in -> inRoom(call, in)).orElse(Stream.empty()) : people(call, mask);
        Stream<Presence> people = found.filter(who -> !operators || who.is(UserMode.OPERATOR));
        Consumer<Presence> line = who -> WhoFields.reply(call, fields, who, room);
        if (room.isPresent()) {
            people.forEach(line);
        } else {
            Answers.lines(call, SPEC, people, line);
        }
        call.reply(Numeric.RPL_ENDOFWHO, mask);
    }

    private static Stream<Presence> inRoom(Call call, RoomName room) {
        boolean inside = call.me().place(room).isPresent();
        return call.session().people().all().stream()
                .filter(who -> who.place(room)
                        .filter(place -> inside || (!place.secret() && IrcServer.isVisible(who, call.me())))
                        .isPresent());
    }

    private static Stream<Presence> people(Call call, String mask) {
        Optional<Presence> exact = call.session().people().find(mask);
        if (exact.isPresent()) {
            return exact.stream();
        }
        String pattern = mask.equals("0") ? "*" : mask;
        return call.session().people().all().stream()
                .filter(who -> IrcServer.isVisible(who, call.me()) && matches(pattern, who));
    }

    private static boolean matches(String pattern, Presence who) {
        Profile profile = who.profile();
        return Stream.of(who.nick().text(), profile.user(), profile.host(), profile.realName(), who.source())
                .anyMatch(text -> Mask.fits(pattern, text));
    }
}
