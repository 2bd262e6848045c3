package io.teahouse.room;

import akka.actor.typed.ActorRef;
import io.teahouse.room.Publication.Arrival;
import io.teahouse.room.Publication.Departure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The subscribers of a room: connections of its members, or actors of an application. Sends each of them their part of
 * a publication as one batch. A subscriber who caused an event gets it last, when all others have it in the mailbox.
 * Not thread-safe.
 */
public final class Subscribers implements Fanout {
    /**
     * The maximum number of bytes that wait for a subscriber who catches up. Subscribers of one room mostly share them.
     */
    private static final long MOST_HELD = 1 << 20;

    /** The events that wait for a subscriber who catches up. */
    private static final class Hold {
        final long number;
        final Runnable tooMuch;
        final List<EventBatch> batches = new ArrayList<>();
        long bytes;

        Hold(long number, Runnable tooMuch) {
            this.number = number;
            this.tooMuch = tooMuch;
        }

        void add(EventBatch batch) {
            batches.add(batch);
            bytes += batch.bytes();
            if (bytes > MOST_HELD) {
                tooMuch.run();
            }
        }
    }

    private static final class Subscription {
        final ActorRef<RoomEvent> ref;
        final Delivery delivery;
        UserId user;

        /** The index in {@link #all}. */
        int slot;

        /** The first event of the current publication that this subscriber receives. */
        int from;

        /** Whether this subscriber caused an event of the current publication. */
        boolean spoke;

        /** Set while the subscriber catches up. */
        @Nullable
        Hold hold;

        Subscription(ActorRef<RoomEvent> ref, UserId user, Delivery delivery) {
            this.ref = ref;
            this.user = user;
            this.delivery = delivery;
        }

        /** A rename is delivered at once, because later replies to the subscriber bear the new name. */
        void tell(EventBatch batch) {
            if (hold != null) {
                Optional<RoomName> newName = batch.newName();
                if (newName.isEmpty()) {
                    hold.add(batch);
                    return;
                }
                hold.batches.replaceAll(waiting -> waiting.in(newName.get()));
            }
            send(batch);
        }

        void send(EventBatch batch) {
            if (delivery == Delivery.EACH) {
                batch.events().forEach(ref::tell);
            } else {
                ref.tell(batch);
            }
        }
    }

    private final Map<ActorRef<RoomEvent>, Subscription> byRef = new HashMap<>();
    private Subscription[] all = new Subscription[4];
    private int count;

    /** Removed subscriptions that still receive the earlier events of the current publication. */
    private final List<Subscription> departing = new ArrayList<>(0);

    @Override
    public int count() {
        return count;
    }

    @Override
    public boolean contains(ActorRef<RoomEvent> ref) {
        return byRef.containsKey(ref);
    }

    @Override
    public void add(ActorRef<RoomEvent> ref, UserId user, Delivery delivery) {
        Subscription subscription = new Subscription(ref, user, delivery);
        if (byRef.putIfAbsent(ref, subscription) == null) {
            if (count == all.length) {
                all = Arrays.copyOf(all, count * 2);
            }
            subscription.slot = count;
            all[count++] = subscription;
        }
    }

    @Override
    public void changeUser(ActorRef<RoomEvent> ref, UserId to) {
        subscription(ref).ifPresent(subscription -> subscription.user = to);
    }

    @Override
    public void remove(ActorRef<RoomEvent> ref) {
        Subscription subscription = byRef.remove(ref);
        if (subscription != null) { // the last one moves into the free slot: no search, no hole
            Subscription last = all[--count];
            all[subscription.slot] = last;
            last.slot = subscription.slot;
            Arrays.fill(all, count, count + 1, null);
        }
    }

    @Override
    public void depart(ActorRef<RoomEvent> ref) {
        Subscription subscription = byRef.get(ref);
        if (subscription != null) {
            if (subscription.hold != null) {
                subscription.hold.tooMuch.run(); // otherwise nobody would release it
            }
            remove(ref);
            departing.add(subscription);
        }
    }

    @Override
    public void tell(Publication publication) {
        for (Arrival arrival : publication.arrivals()) {
            begin(arrival.subscriber(), arrival.from());
        }
        if (!publication.isEmpty()) {
            EventBatch batch = publication.all();
            int speakers = markSpeakers(batch);
            tellAll(publication, false, count);
            tellDeparting(publication, false);
            tellAll(publication, true, speakers);
            tellDeparting(publication, true);
        }
        departing.clear();
        for (Arrival arrival : publication.arrivals()) {
            begin(arrival.subscriber(), 0);
        }
    }

    @Override
    public void tell(ActorRef<RoomEvent> subscriber, RoomEvent event) {
        subscriber.tell(event);
    }

    @Override
    public void tell(ActorRef<MemberEvent> user, MemberEvent event) {
        user.tell(event);
    }

    private void begin(ActorRef<RoomEvent> subscriber, int from) {
        subscription(subscriber)
                .or(() -> departing.stream()
                        .filter(each -> each.ref.equals(subscriber))
                        .findFirst())
                .ifPresent(subscription -> subscription.from = from);
    }

    private Optional<Subscription> subscription(ActorRef<RoomEvent> ref) {
        return Optional.ofNullable(byRef.get(ref));
    }

    /** Returns how many of the remaining subscribers caused an event. */
    private int markSpeakers(EventBatch batch) {
        int speakers = 0;
        ActorRef<RoomEvent> before = null;
        for (int i = 0; i < batch.events().size(); i++) {
            ActorRef<RoomEvent> cause = batch.cause(i);
            if (cause != null && cause != before) {
                before = cause;
                Subscription speaker = byRef.get(cause);
                if (speaker != null && !speaker.spoke) {
                    speaker.spoke = true;
                    speakers++;
                } else if (speaker == null) {
                    markDeparting(cause);
                }
            }
        }
        return speakers;
    }

    private void markDeparting(ActorRef<RoomEvent> cause) {
        for (Subscription each : departing) {
            each.spoke |= each.ref.equals(cause);
        }
    }

    private void tellAll(Publication publication, boolean whoSpoke, int most) {
        int size = publication.all().events().size();
        int left = most;
        for (int i = 0; i < count && left > 0; i++) {
            Subscription each = all[i];
            if (each.spoke == whoSpoke) {
                each.spoke = false;
                left--;
                tell(each, publication, size);
            }
        }
    }

    private void tellDeparting(Publication publication, boolean whoSpoke) {
        for (int i = 0; i < departing.size(); i++) {
            Subscription each = departing.get(i);
            if (each.spoke == whoSpoke) {
                tell(each, publication, end(publication, each.ref));
            }
        }
    }

    private static int end(Publication publication, ActorRef<RoomEvent> ref) {
        for (Departure departure : publication.departures()) {
            if (departure.subscriber().equals(ref)) {
                return departure.to();
            }
        }
        return 0;
    }

    private static void tell(Subscription to, Publication publication, int end) {
        EventBatch all = publication.all();
        if (!publication.readers().isEmpty()) {
            EventBatch visible = all.only(to.from, end, place -> publication.isFor(to.user, place));
            if (!visible.events().isEmpty()) {
                to.tell(visible);
            }
        } else if (to.from == 0 && end == all.events().size()) {
            to.tell(all);
        } else if (to.from < end) {
            to.tell(all.slice(to.from, end));
        }
    }

    // Catching up

    @Override
    public void hold(ActorRef<RoomEvent> ref, long number, long upTo, Runnable tooMuch) {
        subscription(ref).ifPresent(subscription -> subscription.hold = new Hold(number, tooMuch));
    }

    @Override
    public boolean isHeld(ActorRef<RoomEvent> ref, long number) {
        Subscription subscription = byRef.get(ref);
        return subscription != null && subscription.hold != null && subscription.hold.number == number;
    }

    @Override
    public void release(ActorRef<RoomEvent> ref, EventBatch missed) {
        subscription(ref).ifPresent(subscription -> {
            Hold ended = subscription.hold;
            subscription.hold = null;
            subscription.send(missed);
            if (ended != null) {
                ended.batches.forEach(subscription::tell);
            }
        });
    }
}
