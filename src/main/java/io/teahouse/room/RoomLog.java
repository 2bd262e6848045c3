package io.teahouse.room;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * Port: where one room keeps what was said in it. A room has at most one append under way.
 *
 * <p>Every method returns at once and may be called from any thread; a stage that is already completed is handled
 * without a detour, so a log in memory costs nothing. A stage that fails means that the outcome is unknown.
 */
public interface RoomLog {
    /** What is stored so is there for everybody who comes into the room, at any time; no {@link #sitting}. */
    long FOR_ALL = 0;

    /** What a room needs to know before it opens. */
    CompletionStage<Opened> open();

    /**
     * Stores all of the batch or nothing of it. The seqs follow on the last stored one. What a
     * {@link RoomEvent.Redacted} in it names is gone from then on.
     *
     * @param batch not empty, by ascending seq without a hole
     * @param sitting {@link #FOR_ALL}; or the {@link #sitting} that the batch is for: when that has ended, nobody reads it
     *     any more, and it is a gap
     */
    CompletionStage<Outcome> append(List<RoomEvent.Recorded> batch, long sitting);

    /** The same, for all. */
    default CompletionStage<Outcome> append(List<RoomEvent.Recorded> batch) {
        return append(batch, FOR_ALL);
    }

    /**
     * Those who are in the room, as a number that others have never had and will not have. Asked for when the log is open:
     * it outlives the log only while something is {@linkplain #keep kept}.
     */
    long sitting();

    /** From now on others are in the room. Of what is kept, {@link #open} says whose it is. */
    void beginSitting();

    /**
     * Part of the past.
     *
     * @param wanted only such events are counted and told; called from any thread
     */
    CompletionStage<Excerpt> read(HistoryRange span, Predicate<RoomEvent.Recorded> wanted);

    /**
     * Everything that is stored from seq {@code from} on, oldest first, and a promise: no append that was asked for
     * before can take effect after this answer. For the room that does not know what became of its append.
     */
    CompletionStage<List<RoomEvent.Recorded>> settle(long from);

    /** Remembers what outlives the members of the room, or forgets it. The last word holds. */
    CompletionStage<Outcome> keep(Optional<RegisteredState> kept);

    /** What became of an append, where that is known. */
    enum Outcome {
        STORED,
        /** Nothing was kept; the same append may be tried again. */
        NOT_STORED,
        /** Somebody else has written these seqs: this room is not the only one of its name. */
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
     * How far a log has come.
     *
     * @param identity names this log for ever and differs from every other one's; a part of message ids: letters and
     *     digits
     * @param lastSeq of the newest stored event, 0 when there is none
     * @param topic the event that set the present topic, as the present {@link RoomLog#sitting} knows it
     * @param openTopic the newest of those that are for all
     * @param kept of a room that is registered
     * @param recent the newest events, oldest first, from which repeats are recognised; of what is for a sitting that has
     *     ended, only what accounts said is told as it was
     * @param lookAlike another, registered room that this one can be mistaken for: nobody may enter this one
     */
    record Opened(
            String identity,
            long lastSeq,
            Optional<RoomEvent.TopicChanged> topic,
            Optional<RoomEvent.TopicChanged> openTopic,
            Optional<RegisteredState> kept,
            List<RoomEvent.Recorded> recent,
            Optional<RoomName> lookAlike) {
        /** No other room is like it. */
        public Opened(
                String identity,
                long lastSeq,
                Optional<RoomEvent.TopicChanged> topic,
                Optional<RoomEvent.TopicChanged> openTopic,
                Optional<RegisteredState> kept,
                List<RoomEvent.Recorded> recent) {
            this(identity, lastSeq, topic, openTopic, kept, recent, Optional.empty());
        }

        /** The same, beside a registered room that it can be mistaken for. */
        public Opened besides(Optional<RoomName> other) {
            return new Opened(identity, lastSeq, topic, openTopic, kept, recent, other);
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
