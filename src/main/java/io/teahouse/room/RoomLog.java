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
 * <p>Every method returns at once and may be called from any thread. A completed stage is handled at once, so a log in
 * memory costs nothing. A stage that fails means that the outcome is unknown.
 *
 * <p>Each call carries two numbers, so that a log need not remember its callers:
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
     * Starts a new generation and reads the state that a room needs before anybody may join. From then on, the log
     * stores nothing for earlier generations.
     *
     * @param session positive: the session of the users who are about to join; a registered room keeps its own instead
     */
    CompletionStage<Opened> open(long session);

    /**
     * Stores all of the batch or nothing of it. Deletes the target of each {@link RoomEvent.Redacted} in it.
     *
     * @param generation as {@link Opened} gave it
     * @param session who may read the batch: {@link #FOR_ALL}, or a session
     * @param batch not empty, by ascending seq without a gap, starting after the last stored seq
     */
    CompletionStage<Outcome> append(long generation, long session, List<RoomEvent.Recorded> batch);

    /**
     * Sets the session that {@link Archive} assumes for members of this room on this node. All other calls name the
     * session.
     */
    void readableBy(long session);

    /**
     * Reads part of the history.
     *
     * @param session messages of other sessions are left out, and count as a gap
     * @param wanted selects the events that are counted and returned; called from any thread
     */
    CompletionStage<Excerpt> read(long session, HistoryRange span, Predicate<RoomEvent.Recorded> wanted);

    /**
     * Reads everything that is stored from seq {@code from} on, of all sessions, oldest first. No append that was
     * requested before can take effect after this answer. For a room that does not know the outcome of its append.
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

    /** The known outcome of a write. */
    enum Outcome {
        STORED,
        /** Nothing was stored; the same call may be repeated. */
        NOT_STORED,
        /**
         * Nothing was stored: the room was opened elsewhere in the meantime, or another one has written these seqs. It
         * must end.
         */
        FENCED
    }

    /**
     * A part of the history.
     *
     * @param events oldest first
     * @param known false: one of the marks is not in this log, so nothing was read
     * @param gap true: some of the requested events are not kept any more
     */
    record Excerpt(List<RoomEvent.Recorded> events, boolean known, boolean gap) {
        /** One of the marks is not in the log. */
        public static final Excerpt UNKNOWN = new Excerpt(List.of(), false, false);

        /**
         * Whether some of the requested events are not kept any more. False if enough newer ones were found.
         *
         * @param found the number of matching events in {@code range}
         * @param firstKept all earlier events have been dropped
         */
        public static boolean isGap(HistoryRange span, HistoryRange.Range range, int found, long firstKept) {
            boolean all = !span.newest() || found < span.limit();
            return all && range.from() < firstKept && range.from() <= range.to();
        }
    }

    /**
     * The state of a log that was opened.
     *
     * @param identity identifies this log permanently and uniquely; part of message ids: letters and digits
     * @param generation to be passed with each write
     * @param session the room's first session: that of {@link RoomLog#open}, or that of the registered room
     * @param lastSeq of the newest stored event, 0 when there is none
     * @param topic the event that set the current topic, if {@code session} may read it
     * @param openTopic the newest topic that is readable for all
     * @param kept the settings of a registered room
     * @param recent the newest events, oldest first, by which retries are recognized; a {@link Tombstone} replaces
     *     messages of guests in sessions that have ended
     * @param lookAlike another registered room whose name looks like this one's: nobody may join this one
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
        /** The state of a log whose room has no look-alike. */
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

        /** The same, with a registered room whose name looks like this one's. */
        public Opened besides(Optional<RoomName> other) {
            return new Opened(identity, generation, session, lastSeq, topic, openTopic, kept, recent, other);
        }

        /** The id of the event with that seq, if this room stores it. */
        public String id(long seq) {
            return identity + '-' + Long.toString(seq, Character.MAX_RADIX);
        }

        /** The seq of the event with that id; empty if the id is not one of this room. */
        OptionalLong seq(String id) {
            String start = identity + '-';
            try {
                long seq = id.startsWith(start) ? Long.parseLong(id.substring(start.length()), Character.MAX_RADIX) : 0;
                return seq > 0 && id(seq).equals(id) ? OptionalLong.of(seq) : OptionalLong.empty();
            } catch (NumberFormatException e) {
                return OptionalLong.empty();
            }
        }

        /** The time of the newest event; the epoch if there is none. */
        Instant lastTime() {
            return recent.isEmpty()
                    ? Instant.EPOCH
                    : recent.get(recent.size() - 1).at();
        }
    }
}
