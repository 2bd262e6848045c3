package io.teahouse.room;

import akka.actor.typed.ActorRef;
import java.util.Collections;
import java.util.List;

/** Batches of events for tests without a room. */
public final class Batches {
    private Batches() {}

    /** At least one event, all of one room. */
    public static EventBatch of(RoomEvent... events) {
        return new EventBatch(events[0].room(), List.of(events));
    }

    /** Live events that a subscriber has caused; at least one, all of one room. */
    public static EventBatch causedBy(ActorRef<RoomEvent> subscriber, RoomEvent... events) {
        return causedBy(Collections.nCopies(events.length, subscriber), events);
    }

    /** Live events, each caused by the subscriber at the same index. */
    public static EventBatch causedBy(List<ActorRef<RoomEvent>> subscribers, RoomEvent... events) {
        return EventBatch.of(events[0].room(), List.of(events), subscribers);
    }
}
