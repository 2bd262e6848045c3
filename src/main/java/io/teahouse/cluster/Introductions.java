package io.teahouse.cluster;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.TimerScheduler;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import io.teahouse.room.UserId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Conversations with users of other nodes: a user joins them by the relay of the other's node. What is said waits until
 * that relay has joined the other. Belongs to one {@link RoomRelay} and runs in it.
 */
final class Introductions {
    /** Nobody has answered in time. */
    enum Late {
        LATE
    }

    /** So often the other node is asked, once a second: longer than it takes the cluster to remove a node that is silent. */
    private static final int MOST_ATTEMPTS = 8;

    private final RoomName name;
    private final ActorRef<RoomDirectory.Command> directory;
    private final TimerScheduler<Object> timers;
    private final ActorRef<RelayMessage> relay;

    /** The joins of subscribers of other nodes. */
    private final Map<ActorRef<RoomEvent>, RoomActor.Join> joining = new LinkedHashMap<>(2);

    /** Users who have joined by one of several subscribers. */
    private final Set<UserId> joined = new HashSet<>(2);

    private int attempts;

    /** Those who wait for subscribers of this node to join. */
    private final Map<ActorRef<RoomEvent>, ActorRef<RelayMessage>> askers = new HashMap<>(2);

    Introductions(
            RoomName name,
            ActorRef<RoomDirectory.Command> directory,
            TimerScheduler<Object> timers,
            ActorRef<RelayMessage> relay) {
        this.name = name;
        this.directory = directory;
        this.timers = timers;
        this.relay = relay;
    }

    /** Whether a join is for a subscriber of another node. */
    static boolean isNeeded(RoomActor.Join join) {
        return join.subscriber()
                .filter(subscriber -> subscriber.path().address().hasGlobalScope())
                .isPresent();
    }

    boolean areDone() {
        return joining.isEmpty();
    }

    /** Asks the relay of the subscriber's node to join them. */
    void begin(RoomActor.Join join) {
        joining.put(join.subscriber().orElseThrow(), join);
        attempts = 0;
        ask(join);
    }

    private void ask(RoomActor.Join join) {
        timers.startSingleTimer(Late.LATE, RoomRelay.PATIENCE);
        directory.tell(new ClusterRooms.Introduce(name, join, relay));
    }

    /** The subscriber of another node has joined, or cannot. */
    void introduced(ActorRef<RoomEvent> subscriber) {
        RoomActor.Join join = joining.remove(subscriber);
        if (join != null) {
            joined.add(join.user().id());
        }
        forgetIfDone();
    }

    private void forgetIfDone() {
        if (joining.isEmpty()) {
            joined.clear();
        }
    }

    /**
     * Asks again: a message may have been lost, or their node was not known yet. But what is said must not wait for ever.
     *
     * @return a user who cannot be joined, because their node does not answer
     */
    Optional<RoomActor.Identity> onLate() {
        if (++attempts < MOST_ATTEMPTS) {
            joining.values().forEach(this::ask);
            return Optional.empty();
        }
        Optional<RoomActor.Identity> absent = joining.values().stream()
                .map(RoomActor.Join::user)
                .filter(user -> !joined.contains(user.id()))
                .findFirst();
        joining.clear();
        forgetIfDone();
        return absent;
    }

    // For others

    /** The relay of another node asks to join a subscriber of this one. */
    void asked(ClusterRooms.Introduce introduce) {
        askers.put(introduce.join().subscriber().orElseThrow(), introduce.replyTo());
    }

    /** A subscriber of this node has joined, or may not. */
    void answer(ActorRef<RoomEvent> subscriber) {
        ActorRef<RelayMessage> asker = askers.remove(subscriber);
        if (asker != null) {
            asker.tell(new RelayMessage.Introduced(subscriber));
        }
    }
}
