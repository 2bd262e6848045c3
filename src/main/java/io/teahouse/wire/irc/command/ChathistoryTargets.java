package io.teahouse.wire.irc.command;

import io.teahouse.room.Archive.Latest;
import io.teahouse.room.EventType;
import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.StreamedBatch;
import java.time.Instant;
import java.util.List;

/** CHATHISTORY TARGETS: where something was said lately. */
final class ChathistoryTargets {
    private ChathistoryTargets() {}

    /**
     * Lists them, the earliest first.
     *
     * @param one bounds, in whichever order
     * @param limit those next to {@code one} are meant
     */
    static void list(Call call, Instant one, Instant other, int limit) {
        boolean forwards = one.isBefore(other);
        Instant after = forwards ? one : other;
        Instant before = forwards ? other : one;
        call.session()
                .past()
                .latest(
                        HistoryQuery.sorts(call).contains(EventType.SIGNAL),
                        after,
                        before,
                        Integer.MAX_VALUE,
                        found -> found.ifPresentOrElse(
                                all -> StreamedBatch.targets(call, cut(all, forwards, limit)),
                                () -> call.fail("MESSAGE_ERROR", "Messages could not be retrieved", "TARGETS", "*")));
    }

    private static List<Latest> cut(List<Latest> all, boolean first, int limit) {
        int most = Math.min(limit, all.size());
        return first ? all.subList(0, most) : all.subList(all.size() - most, all.size());
    }
}
