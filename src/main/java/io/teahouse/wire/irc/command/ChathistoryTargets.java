package io.teahouse.wire.irc.command;

import io.teahouse.room.Archive.Latest;
import io.teahouse.room.EventType;
import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.StreamedBatch;
import java.time.Instant;
import java.util.List;

/** CHATHISTORY TARGETS: lists channels and conversations by their latest message. */
final class ChathistoryTargets {
    private ChathistoryTargets() {}

    /**
     * Lists the targets, the earliest first.
     *
     * @param one one bound of the time range; {@code other} may be before or after it
     * @param limit the most targets; those nearest to {@code one} are listed
     */
    static void list(Call call, Instant one, Instant other, int limit) {
        boolean forwards = one.isBefore(other);
        Instant after = forwards ? one : other;
        Instant before = forwards ? other : one;
        call.session()
                .queries()
                .past()
                .latest(
                        HistoryQuery.eventTypes(call).contains(EventType.SIGNAL),
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
