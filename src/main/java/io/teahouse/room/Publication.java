package io.teahouse.room;

import akka.actor.typed.ActorRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The events that a room publishes in one round, in order; the {@link Fanout} sends each subscriber their part.
 * Immutable. Generation and number order the publications of a room: a receiver can tell when it missed one, or when
 * one is from an earlier generation.
 *
 * @param generation of the room's log, see {@link RoomLog.Opened}: higher each time the room is opened
 * @param number counts the publications of the generation: 1, 2, 3 … without a gap
 * @param all the events, with the subscribers who caused them
 * @param arrivals the subscribers who arrive in this round
 * @param departures the subscribers who leave in this round
 * @param readers the users who may see an event that is not for all members, by its index
 */
public record Publication(
        long generation,
        long number,
        EventBatch all,
        List<Arrival> arrivals,
        List<Departure> departures,
        Map<Integer, Set<UserId>> readers) {
    /** A round ends when its events have so many bytes, so that a publication fits into one message. */
    static final int ENOUGH_BYTES = 128 * 1024;

    /**
     * A subscriber receives the events from here on.
     *
     * @param from the index of the first event
     */
    public record Arrival(ActorRef<RoomEvent> subscriber, int from) {}

    /**
     * A subscriber receives the events up to here.
     *
     * @param to the index after the last event
     */
    public record Departure(ActorRef<RoomEvent> subscriber, int to) {}

    /** Collects the events of one round. */
    static final class Builder {
        private final Room room;
        private final long generation;
        private final long number;
        private final RoomName name;
        private final List<RoomEvent> events = new ArrayList<>();
        private final List<@Nullable ActorRef<RoomEvent>> causes = new ArrayList<>();
        private final List<Arrival> arrivals = new ArrayList<>(0);
        private final List<Departure> departures = new ArrayList<>(0);
        private final List<Member> leavers = new ArrayList<>(0);
        private long bytes;

        /**
         * @param generation of the publication
         * @param number of the publication
         */
        Builder(Room room, long generation, long number) {
            this.room = room;
            this.generation = generation;
            this.number = number;
            this.name = room.name();
        }

        /** @param cause the subscriber who caused it; null: none, or it does not matter */
        void add(@Nullable ActorRef<RoomEvent> cause, RoomEvent event) {
            events.add(event);
            causes.add(cause);
            bytes += event.bytes();
        }

        void arrives(ActorRef<RoomEvent> subscriber) {
            arrivals.add(new Arrival(subscriber, events.size()));
        }

        /**
         * Must be called after the event of the departure was added: it is the last one that the subscribers receive.
         */
        void leaves(Member member) {
            leavers.add(member);
            member.subscribers().forEach(each -> departures.add(new Departure(each, events.size())));
        }

        /**
         * Whether that subscriber leaves in this round: the departure has to be published before they can arrive again.
         */
        boolean hasLeft(ActorRef<RoomEvent> subscriber) {
            return departures.stream()
                    .anyMatch(departure -> departure.subscriber().equals(subscriber));
        }

        boolean isFull() {
            return bytes >= ENOUGH_BYTES;
        }

        Publication build() {
            EventBatch all = EventBatch.of(name, events, causes);
            return new Publication(
                    generation,
                    number,
                    all,
                    List.copyOf(arrivals),
                    List.copyOf(departures),
                    all.isRestricted() ? readers() : Map.of());
        }

        private Map<Integer, Set<UserId>> readers() {
            Map<Integer, Set<UserId>> readers = new HashMap<>();
            for (int i = 0; i < events.size(); i++) {
                RoomEvent event = events.get(i);
                if (event.audience() != Audience.ALL) {
                    readers.put(i, readers(event));
                }
            }
            return Map.copyOf(readers);
        }

        private Set<UserId> readers(RoomEvent event) {
            return Stream.concat(room.shownMembers(), leavers.stream())
                    .filter(member -> member.visibility(room.past()).test(event))
                    .map(Member::id)
                    .collect(Collectors.toUnmodifiableSet());
        }
    }

    public boolean isEmpty() {
        return all.events().isEmpty();
    }

    /** Whether that user may see the event at that index. */
    public boolean isFor(UserId user, int place) {
        Set<UserId> some = readers.get(place);
        return some == null || some.contains(user);
    }
}
