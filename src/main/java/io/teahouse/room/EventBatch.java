package io.teahouse.room;

import akka.actor.typed.ActorRef;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Several events at once, for members who joined with {@link Delivery#BATCHED}: a subscriber's part of one publication, or of
 * what they missed. It stays in its process, where nothing gets lost between the room and its subscribers; so it carries no
 * number, and {@link #lastSeq} says where to go on after the room has failed.
 */
public final class EventBatch implements RoomEvent {
    private final RoomName room;
    private final List<RoomEvent> events;
    private final Renderings renderings = new Renderings();
    private final long lastSeq;
    private final boolean changesMembers;
    private final boolean restricted;

    /** The subscribers who caused the events, place by place; empty: nobody caused one. */
    private final List<@Nullable ActorRef<RoomEvent>> causes;

    EventBatch(RoomName room, List<? extends RoomEvent> events) {
        this(room, events, 0);
    }

    /** @param upTo no event with a seq up to this one comes later, whether it is in the batch or not */
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

    /** @param causes the subscribers who caused the events, place by place; of null, nobody */
    static EventBatch of(RoomName room, List<? extends RoomEvent> events, List<@Nullable ActorRef<RoomEvent>> causes) {
        return new EventBatch(room, events, 0, causes);
    }

    /** The subscriber who caused the event in that place. */
    @Nullable
    ActorRef<RoomEvent> cause(int place) {
        return causes.isEmpty() ? null : causes.get(place);
    }

    /**
     * Whether the event in that place is what this very subscriber has asked for: its receipt. Another connection of the
     * same user is told it as the user's doing.
     */
    public boolean isCausedBy(ActorRef<RoomEvent> subscriber, int place) {
        return subscriber.equals(cause(place));
    }

    /** Whether it is told as it happens; otherwise the subscriber missed it, and nobody is known to have caused it. */
    public boolean isLive() {
        return !causes.isEmpty();
    }

    /** Of the events from one place up to another, those in places that fit. */
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

    /** What a user is shown whose join the others are not told. */
    public static EventBatch joined(RoomEvent.Welcome welcome, Profile profile) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return new EventBatch(
                welcome.room(), List.of(new RoomEvent.Joined(welcome.room(), welcome.nick(), profile, now)));
    }

    /** What a user is shown who leaves a room that has ended. */
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

    /** The same without the first {@code left} of its events, which do not come later. */
    public EventBatch without(int left) {
        return slice(left, events.size(), lastSeq);
    }

    /** Its first {@code count} events; the rest comes {@linkplain #without after} them. */
    public EventBatch first(int count) {
        return slice(0, count);
    }

    /** The events from one place up to another. */
    EventBatch slice(int from, int to) {
        return slice(from, to, 0);
    }

    private EventBatch slice(int from, int to, long upTo) {
        List<@Nullable ActorRef<RoomEvent>> theirs = causes.isEmpty() ? causes : causes.subList(from, to);
        return new EventBatch(room, events.subList(from, to), upTo, theirs);
    }

    /** The highest seq in the batch; 0 when nothing in it is recorded. */
    public long lastSeq() {
        return lastSeq;
    }

    /** The same under the present name of the room. */
    EventBatch in(RoomName now) {
        List<RoomEvent> renamed = events.stream()
                .map(event -> event instanceof RoomEvent.Recorded recorded ? recorded.in(now) : event)
                .toList();
        return new EventBatch(now, renamed, lastSeq, causes);
    }

    /** The new name of the room, if the batch tells that; then it tells nothing else. */
    public Optional<RoomName> newName() {
        return events.size() == 1 && events.get(0) instanceof RoomEvent.RoomRenamed renamed
                ? Optional.of(renamed.to())
                : Optional.empty();
    }

    /** Whether some of it is not for everybody. */
    boolean isRestricted() {
        return restricted;
    }

    /** Whether something in it is not stored: somebody joined, left, changed nick, and the like. */
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

    /** Where dialects keep their renderings of this batch, so that each is made once for all members who see the same. */
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
