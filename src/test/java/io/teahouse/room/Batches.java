package io.teahouse.room;

import akka.actor.typed.ActorRef;
import java.util.List;

/** What a room tells its members, for those who are tested without a room. */
public final class Batches {
    private Batches() {}

    /** At least one event, all of one room. */
    public static EventBatch of(RoomEvent... events) {
        return new EventBatch(events[0].room(), List.of(events));
    }

    /** One event that a subscriber has caused. */
    public static EventBatch causedBy(ActorRef<RoomEvent> subscriber, RoomEvent event) {
        return EventBatch.of(event.room(), List.of(event), List.of(subscriber));
    }
}
