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
 * Those who are told what happens in a room: the connections of its members, or actors of an application. Gives each of
 * them their part of a publication as one batch. Whoever caused an event is told last, when all others have it in the
 * mailbox. One thread at a time.
 */
final class Subscribers {
    /** Bytes that may wait for one subscriber who catches up; those of one room mostly share them. */
    private static final long MOST_HELD = 1 << 20;

    /** What waits for a subscriber who catches up. */
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

        /** The place in {@link #all}. */
        int slot;

        /** Of the publication that is being told: the first event that concerns this subscriber. */
        int from;

        /** Of the same: whether this subscriber caused an event in it. */
        boolean spoke;

        /** While the subscriber catches up. */
        @Nullable
        Hold hold;

        Subscription(ActorRef<RoomEvent> ref, UserId user, Delivery delivery) {
            this.ref = ref;
            this.user = user;
            this.delivery = delivery;
        }

        /** A new name of the room is told at once, since whatever answers the subscriber bears it from now on. */
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

    /** Removed, and still to be told what came before. */
    private final List<Subscription> departing = new ArrayList<>(0);

    int count() {
        return count;
    }

    boolean contains(ActorRef<RoomEvent> ref) {
        return byRef.containsKey(ref);
    }

    void add(ActorRef<RoomEvent> ref, UserId user, Delivery delivery) {
        Subscription subscription = new Subscription(ref, user, delivery);
        if (byRef.putIfAbsent(ref, subscription) == null) {
            if (count == all.length) {
                all = Arrays.copyOf(all, count * 2);
            }
            subscription.slot = count;
            all[count++] = subscription;
        }
    }

    /** The user of a subscription has another id from now on. */
    void changeUser(ActorRef<RoomEvent> ref, UserId to) {
        subscription(ref).ifPresent(subscription -> subscription.user = to);
    }

    /** Ends a subscription that is told nothing more. */
    void remove(ActorRef<RoomEvent> ref) {
        Subscription subscription = byRef.remove(ref);
        if (subscription != null) { // the last one takes the free place: no search, no hole
            Subscription last = all[--count];
            all[subscription.slot] = last;
            last.slot = subscription.slot;
            Arrays.fill(all, count, count + 1, null);
        }
    }

    /** Ends a subscription with the next publication, which says up to where it is told. */
    void depart(ActorRef<RoomEvent> ref) {
        Subscription subscription = byRef.get(ref);
        if (subscription != null) {
            remove(ref);
            departing.add(subscription);
        }
    }

    /** Tells everybody their part. */
    void tell(Publication publication) {
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

    /** Returns how many of those who stay caused something. */
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

    // Those who catch up

    /**
     * From now on what happens waits for that subscriber, until {@link #release}.
     *
     * @param number tells this from earlier ones of the same subscriber; not 0
     * @param tooMuch runs when no more may wait, and must release the subscriber
     */
    void hold(ActorRef<RoomEvent> ref, long number, Runnable tooMuch) {
        subscription(ref).ifPresent(subscription -> subscription.hold = new Hold(number, tooMuch));
    }

    boolean isHeld(ActorRef<RoomEvent> ref, long number) {
        Subscription subscription = byRef.get(ref);
        return subscription != null && subscription.hold != null && subscription.hold.number == number;
    }

    /** Tells a subscriber what they missed, and then what waited. */
    void release(ActorRef<RoomEvent> ref, EventBatch missed) {
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
