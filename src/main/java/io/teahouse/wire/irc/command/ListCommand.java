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

/** LIST (RFC 2812 §3.2.6). Answered from the room directory, without asking the rooms. */
final class ListCommand implements IrcCommand {
    private static final Spec SPEC = Spec.of("LIST", 0, "[#channel|mask|condition][,…]", "Lists channels.")
            .costing(3);

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public int work(Call call) {
        return WorkCost.list(call.session().queries().users().count());
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
        Predicate<RoomSummary> asked = room -> IrcServer.isChannel(room.room())
                && (!room.secret() || call.session().rooms().isIn(room.room()))
                && conditions.stream().allMatch(each -> each.test(room))
                && (names.isEmpty() || names.stream().anyMatch(each -> each.test(room)));
        call.session()
                .queries()
                .rooms()
                .listRooms(found -> found.ifPresentOrElse(
                        listing -> list(call, listing.rooms(), asked),
                        () -> call.reply(Numeric.RPL_TRYAGAIN, SPEC.verb())));
    }

    private static void list(Call call, Iterable<RoomSummary> rooms, Predicate<RoomSummary> asked) {
        call.reply(Numeric.RPL_LISTSTART, "Channel");
        StreamedReply.lines(
                call,
                SPEC,
                rooms,
                asked,
                room -> call.reply(
                        Numeric.RPL_LIST,
                        IrcServer.channel(room.room()),
                        Integer.toString(room.members()),
                        room.topic().text()),
                () -> call.reply(Numeric.RPL_LISTEND));
    }
}
