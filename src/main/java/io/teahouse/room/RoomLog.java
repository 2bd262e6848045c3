package io.teahouse.room;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * Port: the stored history of one room. A room has at most one append in progress.
 *
 * <p>Every method returns at once and may be called from any thread. A stage that is already completed is handled without a
 * detour, so a log in memory costs nothing. A stage that fails means that the outcome is unknown.
 *
 * <p>Two numbers come with each call, so that a log needs no memory of who uses it:
 *
 * <ul>
 *   <li>The <em>generation</em> counts how often the room was opened. Only the room that opened the log last may write to
 *       it; all others are {@linkplain Outcome#FENCED fenced}, on whatever node they run.
 *   <li>The <em>session</em> says who may read a message: everybody ({@link #FOR_ALL}), or only those who were in the room
 *       when it was stored; see {@link VisibilitySession}.
 * </ul>
 */
public interface RoomLog {
    /** The session of messages that everybody who enters the room may read, at any time. */
    long FOR_ALL = 0;

    /**
     * Starts a new generation and reads what a room needs before it lets anybody in. From then on, the log stores nothing
     * for earlier generations.
     *
     * @param session positive: the session of those who are about to enter; a registered room keeps its own instead
     */
    CompletionStage<Opened> open(long session);

    /**
     * Stores all of the batch or nothing of it. Deletes the target of each {@link RoomEvent.Redacted} in it.
     *
     * @param generation as {@link Opened} gave it
     * @param session who may read the batch: {@link #FOR_ALL}, or a session
     * @param batch not empty, by ascending seq without a hole, starting after the last stored seq
     */
    CompletionStage<Outcome> append(long generation, long session, List<RoomEvent.Recorded> batch);

    /**
     * Sets the session that {@link Archive} assumes for members of this room who ask this process. Everything else is told
     * the session with each call.
     */
    void readableBy(long session);

    /**
     * Reads part of the history.
     *
     * @param session messages of other sessions are left out, and count as a gap
     * @param wanted only such events are counted and returned; called from any thread
     */
    CompletionStage<Excerpt> read(long session, HistoryRange span, Predicate<RoomEvent.Recorded> wanted);

    /**
     * Reads everything that is stored from seq {@code from} on, of all sessions, oldest first. No append that was requested
     * before can take effect after this answer. For a room that does not know what became of its append.
     */
    CompletionStage<List<RoomEvent.Recorded>> settle(long from);

    /**
     * Stores the settings of a registered room, which outlive its members, or deletes them. The last call wins.
     *
     * @param generation as {@link Opened} gave it
     * @param session the room's present one, which it keeps as long as it is registered
     * @param state empty: the room is not registered any more
     */
    CompletionStage<Outcome> keep(long generation, long session, Optional<RegisteredState> state);

    /** What became of a write, where that is known. */
    enum Outcome {
        STORED,
        /** Nothing was stored; the same call may be repeated. */
        NOT_STORED,
        /** Nothing was stored: the room was opened again elsewhere, or another one has written these seqs. It must end. */
        FENCED
    }

    /**
     * What was found of a part of the past.
     *
     * @param events oldest first
     * @param known false: one of the marks is not in this log, so nothing was looked for
     * @param gap true: something that was asked for is not kept any more
     */
    record Excerpt(List<RoomEvent.Recorded> events, boolean known, boolean gap) {
        /** One of the marks is not there. */
        public static final Excerpt UNKNOWN = new Excerpt(List.of(), false, false);

        /**
         * Whether something that was asked for is gone: not where enough of the newest was found without it.
         *
         * @param found how many events in {@code range} were wanted
         * @param firstKept everything before it is gone
         */
        public static boolean isGap(HistoryRange span, HistoryRange.Range range, int found, long firstKept) {
            boolean all = !span.newest() || found < span.limit();
            return all && range.from() < firstKept && range.from() <= range.to();
        }
    }

    /**
     * The state of a log that was opened.
     *
     * @param identity names this log for ever and differs from every other log's; part of message ids: letters and digits
     * @param generation to be passed with each write
     * @param session the room's first session: that of {@link RoomLog#open}, or that of the registered room
     * @param lastSeq of the newest stored event, 0 when there is none
     * @param topic the event that set the present topic, as far as {@code session} may know it
     * @param openTopic the newest topic that is for all
     * @param kept of a registered room: its settings
     * @param recent the newest events, oldest first, from which repeats are recognised; a {@link Tombstone} replaces what
     *     guests said in sessions that have ended
     * @param lookAlike another, registered room that this one can be mistaken for: nobody may enter this one
     */
    record Opened(
            String identity,
            long generation,
            long session,
            long lastSeq,
            Optional<RoomEvent.TopicChanged> topic,
            Optional<RoomEvent.TopicChanged> openTopic,
            Optional<RegisteredState> kept,
            List<RoomEvent.Recorded> recent,
            Optional<RoomName> lookAlike) {
        /** No other room is like it. */
        public Opened(
                String identity,
                long generation,
                long session,
                long lastSeq,
                Optional<RoomEvent.TopicChanged> topic,
                Optional<RoomEvent.TopicChanged> openTopic,
                Optional<RegisteredState> kept,
                List<RoomEvent.Recorded> recent) {
            this(identity, generation, session, lastSeq, topic, openTopic, kept, recent, Optional.empty());
        }

        /** The same, beside a registered room that it can be mistaken for. */
        public Opened besides(Optional<RoomName> other) {
            return new Opened(identity, generation, session, lastSeq, topic, openTopic, kept, recent, other);
        }

        /** The id of the event with that seq, if this room stores it. */
        public String id(long seq) {
            return identity + '-' + Long.toString(seq, Character.MAX_RADIX);
        }

        /** The seq of the event with that id; empty if it is not of this room's making. */
        OptionalLong seq(String id) {
            String start = identity + '-';
            try {
                long seq = id.startsWith(start) ? Long.parseLong(id.substring(start.length()), Character.MAX_RADIX) : 0;
                return seq > 0 && id(seq).equals(id) ? OptionalLong.of(seq) : OptionalLong.empty();
            } catch (NumberFormatException e) {
                return OptionalLong.empty();
            }
        }

        /** When the newest event happened; the epoch when there is none. */
        Instant lastTime() {
            return recent.isEmpty()
                    ? Instant.EPOCH
                    : recent.get(recent.size() - 1).at();
        }
    }
}
