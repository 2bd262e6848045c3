package io.teahouse.cluster;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Receive;
import io.teahouse.cluster.RelayMessage.Attached;
import io.teahouse.cluster.RelayMessage.Moved;
import io.teahouse.cluster.RelayMessage.NotOpen;
import io.teahouse.cluster.RoomRelay.Tick;
import io.teahouse.room.Refusal;
import io.teahouse.room.RoomActor;
import java.util.Optional;

/**
 * The phase of a {@link RoomRelay} in which it asks the room to deliver to it, again and again: the room may be starting
 * on another node. Commands wait.
 */
final class AttachingRelay extends RelayPhase {
    /** After so many attempts, which are longer than a fail-over takes, waiting commands are refused. */
    private static final int MOST_ATTEMPTS = 15;

    /** The latest; answers to earlier ones are late. */
    private long attempt;

    private int attempts;

    /** Why the room cannot be opened now: nobody waits for it. */
    private Optional<Refusal> closed = Optional.empty();

    /** Asks at once. */
    static AttachingRelay now(RoomRelay relay) {
        AttachingRelay attaching = new AttachingRelay(relay);
        attaching.attempt = relay.attach();
        return attaching;
    }

    private AttachingRelay(RoomRelay relay) {
        super(relay);
    }

    @Override
    public Receive<Object> createReceive() {
        return withCommon(newReceiveBuilder()
                        .onMessage(Attached.class, this::onAttached)
                        .onMessage(NotOpen.class, this::onNotOpen)
                        .onMessage(Moved.class, this::onMoved)
                        .onMessageEquals(Tick.ATTACH, this::onAttachAgain))
                .build();
    }

    @Override
    Behavior<Object> onCommand(RoomActor.Command command) {
        if (closed.isPresent() && command instanceof RoomActor.Asking asking) {
            relay.refuse(asking, closed.get());
        } else {
            relay.accept(command);
        }
        return this;
    }

    private Behavior<Object> onAttachAgain() {
        if (++attempts > MOST_ATTEMPTS) {
            giveUp(RoomRelay.AWAY);
        }
        if (!relay.isNeeded()) {
            return new DetachedRelay(relay);
        }
        attempt = relay.attach();
        return this;
    }

    private void giveUp(Refusal why) {
        closed = Optional.of(why);
        relay.giveUp(why);
    }

    /** The room is asked again later if anybody needs it: a store that is away may come back. */
    private Behavior<Object> onNotOpen(NotOpen answer) {
        if (answer.attempt() != attempt) {
            return this;
        }
        giveUp(answer.why());
        if (answer.why().reason() != Refusal.Reason.STORE_AWAY) {
            relay.members.all().forEach(each -> relay.expel(each, answer.why().text()));
        }
        return this;
    }

    /** The event was lost. Who wants to join the room of the old name waits until the former one has ended. */
    private Behavior<Object> onMoved(Moved moved) {
        if (moved.attempt() == attempt && !relay.members.isEmpty()) {
            relay.tellMoved(moved.to());
            attempt = relay.attach();
        }
        return this;
    }

    private Behavior<Object> onAttached(Attached attached) {
        if (attached.attempt() != attempt) {
            return this;
        }
        relay.timers.cancel(Tick.ATTACH);
        relay.log().debug("room {} is at {}", relay.name, attached.room());
        return RejoiningRelay.begin(relay, attached);
    }
}
