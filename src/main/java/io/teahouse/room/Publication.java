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
 * What a room tells in one round, in order; {@link Subscribers} gives each subscriber their part of it. Immutable.
 * Generation and number give each publication of a room its place: whoever has missed one, or sees one of an earlier
 * generation, can tell.
 *
 * @param generation of the room's log, see {@link RoomLog.Opened}: higher each time the room is opened
 * @param number counts the publications of the generation: 1, 2, 3 … without a gap
 * @param all the events, and which subscriber caused which
 * @param arrivals who subscribes in this round
 * @param departures who unsubscribes in it
 * @param readers who may see those events that are not for everybody, by their place
 */
record Publication(
        long generation,
        long number,
        EventBatch all,
        List<Arrival> arrivals,
        List<Departure> departures,
        Map<Integer, Set<UserId>> readers) {
    /** From how many bytes of events on a round ends, so that a publication stays small enough for one message. */
    static final int ENOUGH_BYTES = 128 * 1024;

    /**
     * A subscriber is told what follows.
     *
     * @param from the place of the first event
     */
    record Arrival(ActorRef<RoomEvent> subscriber, int from) {}

    /**
     * A subscriber is told what came before.
     *
     * @param to the place after the last event
     */
    record Departure(ActorRef<RoomEvent> subscriber, int to) {}

    /** Gathers what happens in one round. */
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

        /** @param cause the subscriber whose doing it is; null: nobody's who is told, or it does not matter whose */
        void add(@Nullable ActorRef<RoomEvent> cause, RoomEvent event) {
            events.add(event);
            causes.add(cause);
            bytes += event.bytes();
        }

        void arrives(ActorRef<RoomEvent> subscriber) {
            arrivals.add(new Arrival(subscriber, events.size()));
        }

        /** To be called after the event of the departure was added: it is the last one that the subscribers are told. */
        void leaves(Member member) {
            leavers.add(member);
            member.subscribers().forEach(each -> departures.add(new Departure(each, events.size())));
        }

        /** Whether that subscriber leaves in this round: they are told so before they arrive again. */
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

    boolean isEmpty() {
        return all.events().isEmpty();
    }

    /** Whether that user may see the event in that place. */
    boolean isFor(UserId user, int place) {
        Set<UserId> some = readers.get(place);
        return some == null || some.contains(user);
    }
}
