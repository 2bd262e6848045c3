package io.teahouse.room;

import io.teahouse.room.RoomEvent.Said;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * Port: queries over the stored history of many rooms. Every method returns at once and may be called from any thread;
 * a stage that fails means that the store does not answer. The caller decides who may read what.
 */
public interface Archive {
    /**
     * A room with recent messages.
     *
     * @param at the time of its newest message
     */
    record Latest(RoomName room, Instant at) {}

    /**
     * Finds those of {@code rooms}, and of the conversations of {@code identity}, whose newest message lies between two
     * times, both excluded. Sorted by that time, the earliest first; with the rooms' current names.
     *
     * @param identity as {@link Profile#id} gives it
     * @param signals whether a {@link RoomEvent.Kind#SIGNAL} to all counts as a message
     * @param limit the maximum; the newest are left out first
     */
    CompletionStage<List<Latest>> latest(
            String identity, List<RoomName> rooms, boolean signals, Instant after, Instant before, int limit);

    /** The same; signals do not count. */
    default CompletionStage<List<Latest>> latest(
            String identity, List<RoomName> rooms, Instant after, Instant before, int limit) {
        return latest(identity, rooms, false, after, before, limit);
    }

    /**
     * A search.
     *
     * @param rooms the rooms to search, conversations included
     * @param text a substring of the message, in any case; empty: any message
     * @param by the author, by the key of their nick; empty: anybody
     * @param after only messages after this time
     * @param before only messages before this time
     */
    record Query(
            List<RoomName> rooms,
            String text,
            Optional<String> by,
            Optional<Instant> after,
            Optional<Instant> before,
            int limit) {
        /** The same search in other rooms. */
        public Query in(List<RoomName> others) {
            return new Query(others, text, by, after, before, limit);
        }

        /** Matches by everything but the room: only messages to all members, no topics. */
        public Predicate<RoomEvent.Recorded> wanted() {
            String part = Names.fold(text);
            return event -> event instanceof Said said
                    && isMessage(said)
                    && by.filter(key -> !said.by().key().equals(key)).isEmpty()
                    && after.filter(time -> !said.at().isAfter(time)).isEmpty()
                    && before.filter(time -> !said.at().isBefore(time)).isEmpty()
                    && Names.fold(said.text()).contains(part);
        }
    }

    /**
     * The result of a search.
     *
     * @param said the messages, oldest first
     * @param isComplete false: the search ran out of time, so there may be more
     */
    record Found(List<Said> said, boolean isComplete) {
        /** No message matches. */
        public static final Found NOTHING = new Found(List.of(), true);
    }

    /**
     * Finds the newest messages that are {@link Query#wanted}. A room that is renamed in the meantime is searched all
     * the same.
     */
    CompletionStage<Found> search(Query query);

    /** Whether it is a message to all members: neither a topic nor a message between programs. */
    static boolean isMessage(RoomEvent.Recorded event) {
        return isMessage(event, false);
    }

    /**
     * The same.
     *
     * @param signals whether a {@link RoomEvent.Kind#SIGNAL} counts as one
     */
    static boolean isMessage(RoomEvent.Recorded event, boolean signals) {
        return event instanceof Said said
                && (signals || said.kind() != RoomEvent.Kind.SIGNAL)
                && said.audience() == Audience.ALL;
    }
}
