package io.teahouse.wire.irc;

import io.teahouse.room.Anchor;
import io.teahouse.room.EventType;
import io.teahouse.room.HistoryRange;
import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomEvent.Said;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Shows the recent history of a channel after a JOIN, to clients that cannot ask for it with CHATHISTORY (IRCv3 batch
 * types, "chathistory": a server may send such a batch unasked). For clients without server-time, the time is part of
 * the text.
 */
final class JoinHistory {
    /** In UTC, like all times that servers send. */
    private static final DateTimeFormatter WHEN =
            DateTimeFormatter.ofPattern("'['yyyy-MM-dd HH:mm'] '", Locale.ROOT).withZone(ZoneOffset.UTC);

    private JoinHistory() {}

    /** @param seq of the newest event of the room when the client joined */
    static boolean isWanted(Call call, long seq) {
        return call.server().settings().quotas().historyLines() > 0
                && seq > 0
                && !call.client().has(Capability.CHATHISTORY);
    }

    /**
     * Shows the history, after the replies to the client's earlier requests.
     *
     * @param stillWanted checked after the history has been read
     * @param then runs afterwards, whether there was any history or not
     */
    static void show(Call call, RoomName room, long seq, BooleanSupplier stillWanted, Runnable then) {
        HistoryRange before = HistoryRange.before(
                new Anchor.AtSeq(seq + 1), call.server().settings().quotas().historyLines());
        call.session()
                .connection()
                .afterwards(() -> call.session()
                        .queries()
                        .rooms()
                        .history(room, before, Set.of(EventType.MESSAGE), reply -> {
                            if (reply instanceof RoomReply.Past past
                                    && !past.events().isEmpty()
                                    && stillWanted.getAsBoolean()) {
                                StreamedBatch.joinHistory(call, past.room(), events(call, past.events()), then);
                            } else {
                                then.run();
                            }
                        }));
    }

    private static List<? extends Recorded> events(Call call, List<? extends Recorded> events) {
        return call.client().has(Capability.SERVER_TIME)
                ? events
                : events.stream().map(JoinHistory::withTime).toList();
    }

    private static Recorded withTime(Recorded event) {
        return event instanceof Said said ? saying(said, when(said.at()) + said.text()) : event;
    }

    private static String when(Instant at) {
        return WHEN.format(at);
    }

    /** Replaces the text. The offsets of soft breaks would be wrong, so they are dropped. */
    private static Said saying(Said said, String text) {
        return new Said(
                said.room(),
                said.seq(),
                said.id(),
                said.at(),
                said.by(),
                said.profile(),
                said.kind(),
                text,
                said.attributes().without(MessageWriter.SOFT_BREAKS),
                said.audience(),
                said.clientId());
    }
}
