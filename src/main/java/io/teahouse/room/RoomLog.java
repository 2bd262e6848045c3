package io.teahouse.room;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Port: where one room keeps what was said in it. A room has at most one append under way.
 *
 * <p>Every method returns at once and may be called from any thread; a stage that is already completed is handled
 * without a detour, so a log in memory costs nothing. A stage that fails means that the outcome is unknown.
 */
public interface RoomLog {
    /** What a room needs to know before it opens. */
    CompletionStage<Opened> open();

    /**
     * Stores all of the batch or nothing of it. The seqs follow on the last stored one.
     *
     * @param batch not empty, by ascending seq without a hole
     */
    CompletionStage<Outcome> append(List<RoomEvent.Recorded> batch);

    /**
     * The newest {@code limit} events with a seq in {@code [from, to]}, oldest first; fewer when they are not kept any
     * more.
     */
    CompletionStage<List<RoomEvent.Recorded>> read(long from, long to, int limit);

    /**
     * Everything that is stored from seq {@code from} on, oldest first, and a promise: no append that was asked for
     * before can take effect after this answer. For the room that does not know what became of its append.
     */
    CompletionStage<List<RoomEvent.Recorded>> settle(long from);

    /** What became of an append, where that is known. */
    enum Outcome {
        STORED,
        /** Nothing was kept; the same append may be tried again. */
        NOT_STORED,
        /** Somebody else has written these seqs: this room is not the only one of its name. */
        FENCED
    }

    /**
     * How far a log has come.
     *
     * @param identity names this log for ever and differs from every other one's; a part of message ids: letters and
     *     digits
     * @param lastSeq of the newest stored event, 0 when there is none
     * @param topic the event that set the present topic
     * @param recent the newest events, oldest first, from which repeats are recognised
     */
    record Opened(
            String identity, long lastSeq, Optional<RoomEvent.TopicChanged> topic, List<RoomEvent.Recorded> recent) {
        /** When the newest event happened; the epoch when there is none. */
        Instant lastTime() {
            return recent.isEmpty()
                    ? Instant.EPOCH
                    : recent.get(recent.size() - 1).at();
        }
    }
}
