package io.teahouse.room;

import akka.actor.typed.ActorRef;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Several events at once, for members who joined with {@link Delivery#BATCHED}: a subscriber's part of one publication,
 * or of what they missed. It has no number, because the actor that delivers it is in the process of the subscriber,
 * where no message gets lost. A member rejoins after {@link #lastSeq} when the room has failed.
 */
public final class EventBatch implements RoomEvent {
    private final RoomName room;
    private final List<RoomEvent> events;
    private final Renderings renderings = new Renderings();
    private final long createdNanos = System.nanoTime();
    private final long lastSeq;
    private final boolean changesMembers;
    private final boolean restricted;

    /** The subscriber who caused each event, by its index; empty: no subscriber caused any. */
    private final List<@Nullable ActorRef<RoomEvent>> causes;

    EventBatch(RoomName room, List<? extends RoomEvent> events) {
        this(room, events, 0);
    }

    /** @param upTo all events up to this seq are in this batch or in earlier ones, or are not for this subscriber */
    EventBatch(RoomName room, List<? extends RoomEvent> events, long upTo) {
        this(room, events, upTo, List.of());
    }

    private EventBatch(
            RoomName room, List<? extends RoomEvent> events, long upTo, List<@Nullable ActorRef<RoomEvent>> causes) {
        this.room = room;
        this.causes = causes;
        this.events = List.copyOf(events);
        long seq = upTo;
        boolean members = false;
        boolean restricted = false;
        for (RoomEvent event : events) {
            if (event instanceof RoomEvent.Recorded recorded) {
                seq = Math.max(seq, recorded.seq());
            } else {
                members = true;
            }
            restricted |= event.audience() != Audience.ALL;
        }
        this.restricted = restricted;
        this.lastSeq = seq;
        this.changesMembers = members;
    }

    /** @param causes the subscriber who caused each event, by its index; null: none */
    static EventBatch of(RoomName room, List<? extends RoomEvent> events, List<@Nullable ActorRef<RoomEvent>> causes) {
        return new EventBatch(room, events, 0, causes);
    }

    /**
     * A batch as it was, on another node.
     *
     * @param upTo see {@link #lastSeq}
     * @param causes see {@link #causes}
     */
    public static EventBatch of(
            RoomName room, List<? extends RoomEvent> events, long upTo, List<@Nullable ActorRef<RoomEvent>> causes) {
        return new EventBatch(room, events, upTo, causes);
    }

    /** The subscriber who caused each event, by its index; empty: the causes are unknown. */
    public List<@Nullable ActorRef<RoomEvent>> causes() {
        return Collections.unmodifiableList(causes);
    }

    /** When it was made, as {@link System#nanoTime}: for live events, when the room published them. */
    public long createdNanos() {
        return createdNanos;
    }

    /** The subscriber who caused the event at that index. */
    @Nullable
    ActorRef<RoomEvent> cause(int place) {
        return causes.isEmpty() ? null : causes.get(place);
    }

    /**
     * Whether this subscriber caused the event at that index, which is then its receipt. For the user's other
     * connections it is a normal event.
     */
    public boolean isCausedBy(ActorRef<RoomEvent> subscriber, int place) {
        return subscriber.equals(cause(place));
    }

    /** Whether its events have just happened. Otherwise the subscriber missed them, and their causes are unknown. */
    public boolean isLive() {
        return !causes.isEmpty();
    }

    /** The events from one index up to another whose index matches. */
    EventBatch only(int from, int to, IntPredicate which) {
        List<RoomEvent> some = new ArrayList<>();
        List<@Nullable ActorRef<RoomEvent>> theirs = new ArrayList<>();
        for (int place = from; place < to; place++) {
            if (which.test(place)) {
                some.add(events.get(place));
                theirs.add(cause(place));
            }
        }
        return new EventBatch(room, some, 0, theirs);
    }

    /** What a user sees whose join is not published. */
    public static EventBatch joined(RoomEvent.Welcome welcome, Profile profile) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return new EventBatch(
                welcome.room(), List.of(new RoomEvent.Joined(welcome.room(), welcome.nick(), profile, now)));
    }

    /** What a user sees who leaves a room that has ended. */
    public static EventBatch left(RoomName room, Nick nick, Profile profile, String text) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        RoomEvent.Departure parted = RoomEvent.Departure.PARTED;
        return new EventBatch(
                room, List.of(new RoomEvent.Left(room, nick, profile, parted, text, nick, profile, 0, now)));
    }

    @Override
    public long bytes() {
        long sum = 0;
        for (RoomEvent event : events) {
            sum += event.bytes();
        }
        return sum;
    }

    /** The same without its first {@code left} events, which are dropped. */
    public EventBatch without(int left) {
        return slice(left, events.size(), lastSeq);
    }

    /** Its first {@code count} events; {@link #without} returns the rest. */
    public EventBatch first(int count) {
        return slice(0, count);
    }

    /** The events from one index up to another. */
    EventBatch slice(int from, int to) {
        return slice(from, to, 0);
    }

    private EventBatch slice(int from, int to, long upTo) {
        List<@Nullable ActorRef<RoomEvent>> theirs = causes.isEmpty() ? causes : causes.subList(from, to);
        return new EventBatch(room, events.subList(from, to), upTo, theirs);
    }

    /** The highest seq in the batch; 0 if it has no recorded event. */
    public long lastSeq() {
        return lastSeq;
    }

    /** The same under the current name of the room. */
    EventBatch in(RoomName now) {
        List<RoomEvent> renamed = events.stream()
                .map(event -> event instanceof RoomEvent.Recorded recorded ? recorded.in(now) : event)
                .toList();
        return new EventBatch(now, renamed, lastSeq, causes);
    }

    /** The new name of the room, if this batch is about a rename; it then has no other event. */
    public Optional<RoomName> newName() {
        return events.size() == 1 && events.get(0) instanceof RoomEvent.RoomRenamed renamed
                ? Optional.of(renamed.to())
                : Optional.empty();
    }

    /** Whether some of its events are not for all members. */
    boolean isRestricted() {
        return restricted;
    }

    /** Whether it has an event that is not stored, such as a join, a leave or a change of nick. */
    public boolean changesMembers() {
        return changesMembers;
    }

    @Override
    public RoomName room() {
        return room;
    }

    /** In order; none of them is itself a batch. */
    public List<RoomEvent> events() {
        return events;
    }

    /**
     * Where dialects keep their renderings of this batch, so that each is made once for all members who see the same.
     */
    public Renderings renderings() {
        return renderings;
    }

    @Override
    public void accept(RoomEventVisitor visitor) {
        for (RoomEvent event : events) {
            event.accept(visitor);
        }
    }
}
