package io.teahouse.wire.irc.command;

import io.teahouse.room.RoomSummary;
import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.IrcServer;
import io.teahouse.wire.irc.Numeric;
import io.teahouse.wire.irc.Spec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** LIST (RFC 2812 §3.2.6). Asks no room. */
final class ListCommand implements IrcCommand {
    private static final Spec SPEC = Spec.of("LIST", 0, "[#channel|mask|condition][,…]", "Lists channels.")
            .costing(3);

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public void run(Call call) {
        List<Predicate<RoomSummary>> conditions = new ArrayList<>();
        List<Predicate<RoomSummary>> names = new ArrayList<>();
        for (String word : Targets.of(call.param(0))) {
            if (word.startsWith("#") || (word.indexOf('*') >= 0 && word.charAt(0) != '!')) {
                names.add(ListCondition.mask(call, word));
            } else {
                conditions.add(ListCondition.parse(call, word));
            }
        }
        call.session()
                .ask()
                .listRooms(found -> found.ifPresentOrElse(
                        listing -> list(
                                call,
                                listing.rooms().stream()
                                        .filter(room -> IrcServer.isChannel(room.room()))
                                        .filter(room ->
                                                !room.secret() || call.session().isIn(room.room()))
                                        .filter(room -> conditions.stream().allMatch(each -> each.test(room)))
                                        .filter(room -> names.isEmpty()
                                                || names.stream().anyMatch(each -> each.test(room)))),
                        () -> call.reply(Numeric.RPL_TRYAGAIN, SPEC.verb())));
    }

    private static void list(Call call, Stream<RoomSummary> found) {
        call.reply(Numeric.RPL_LISTSTART, "Channel");
        LongAnswer.lines(
                call,
                SPEC,
                found,
                room -> call.reply(
                        Numeric.RPL_LIST,
                        IrcServer.channel(room.room()),
                        Integer.toString(room.members()),
                        room.topic().text()),
                () -> call.reply(Numeric.RPL_LISTEND));
    }
}
