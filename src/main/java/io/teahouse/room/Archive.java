package io.teahouse.room;

import io.teahouse.room.RoomEvent.Said;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * Port: what is asked of everything that was ever stored, beyond one room. Every method returns at once and may be called
 * from any thread; a stage that fails means that the store does not answer. Who may read what is the asker's business.
 */
public interface Archive {
    /**
     * Where something was said lately.
     *
     * @param at when the newest message there was
     */
    record Latest(RoomName room, Instant at) {}

    /**
     * As they are called now: of {@code rooms}, and of the conversations that {@code identity} took part in, those whose
     * newest message lies between two times, neither included; by that time, the earliest first.
     *
     * @param identity as {@link Profile#identity} gives it
     * @param signals whether a {@link RoomEvent.Kind#SIGNAL} to all counts as a message
     * @param limit how many at the most; the newest are left out first
     */
    CompletionStage<List<Latest>> latest(
            String identity, List<RoomName> rooms, boolean signals, Instant after, Instant before, int limit);

    /** The same; signals do not count. */
    default CompletionStage<List<Latest>> latest(
            String identity, List<RoomName> rooms, Instant after, Instant before, int limit) {
        return latest(identity, rooms, false, after, before, limit);
    }

    /**
     * What to look for.
     *
     * @param rooms where; conversations may be among them
     * @param text must stand in the message as it is, whatever its case; empty: any
     * @param by who said it, by the key of his nick; empty: anybody
     * @param after it happened later
     * @param before it happened earlier
     */
    record Query(
            List<RoomName> rooms,
            String text,
            Optional<String> by,
            Optional<Instant> after,
            Optional<Instant> before,
            int limit) {
        /** The same, looked for elsewhere. */
        public Query in(List<RoomName> others) {
            return new Query(others, text, by, after, before, limit);
        }

        /** What fits, but for the room: only what people said to all, no topics. */
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
     * What was found.
     *
     * @param said oldest first
     * @param isComplete false: not everything could be looked through in time; there may be more
     */
    record Found(List<Said> said, boolean isComplete) {
        /** There is nothing of the kind. */
        public static final Found NOTHING = new Found(List.of(), true);
    }

    /** The newest messages that are {@link Query#wanted}. A room that is renamed meanwhile is searched all the same. */
    CompletionStage<Found> search(Query query);

    /** Whether it is something that people said to all: neither a topic nor what programs tell each other. */
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
