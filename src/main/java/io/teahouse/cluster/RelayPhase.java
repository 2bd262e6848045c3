package io.teahouse.cluster;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ReceiveBuilder;
import io.teahouse.cluster.RelayMembers.Member;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomReply;

/** A phase of a {@link RoomRelay}: what is the same in all of them. */
abstract class RelayPhase extends AbstractBehavior<Object> {
    /** An actor that owned members has ended. */
    record OwnerEnded(ActorRef<?> owner) {}

    final RoomRelay relay;

    RelayPhase(RoomRelay relay) {
        super(relay.actor);
        this.relay = relay;
    }

    /** A client has sent a command. */
    abstract Behavior<Object> onCommand(RoomActor.Command command);

    /** Adds what each phase handles; anything else belongs to another phase, and is late. */
    final ReceiveBuilder<Object> withCommon(ReceiveBuilder<Object> own) {
        return own.onMessage(RoomReply.class, this::onReply)
                .onMessage(OwnerEnded.class, this::onOwnerEnded)
                .onMessage(RelayMessage.Introduced.class, this::onIntroduced)
                .onMessage(Introductions.Late.class, this::onIntroducedLate)
                .onMessage(ClusterRooms.Introduce.class, this::onIntroduce)
                .onMessageEquals(RoomRelay.Tick.IDLE, this::onIdle)
                .onMessage(RoomActor.Command.class, this::use)
                .onAnyMessage(late -> this);
    }

    private Behavior<Object> use(RoomActor.Command command) {
        relay.use();
        return onCommand(command);
    }

    Behavior<Object> onReply(RoomReply reply) {
        relay.answer(reply);
        return this;
    }

    private Behavior<Object> onIdle() {
        relay.onIdle();
        return this;
    }

    /** The users of an actor that has ended are lost, see {@link RelayMembers#lose}. */
    private Behavior<Object> onOwnerEnded(OwnerEnded ended) {
        long cause = -1L - Integer.toUnsignedLong(ended.owner.hashCode());
        Behavior<Object> next = this;
        for (Member each : relay.members.ownedBy(ended.owner)) {
            for (RoomActor.Command command : relay.members.lose(each, cause)) {
                next = onCommand(command);
            }
        }
        return next;
    }

    private Behavior<Object> onIntroduced(RelayMessage.Introduced introduced) {
        relay.introductions.introduced(introduced.subscriber());
        return onIntroductions();
    }

    private Behavior<Object> onIntroducedLate(Introductions.Late late) {
        relay.introductions.onLate().ifPresent(relay::giveUp);
        return onIntroductions();
    }

    /** Subscribers of other nodes have joined. */
    Behavior<Object> onIntroductions() {
        return this;
    }

    private Behavior<Object> onIntroduce(ClusterRooms.Introduce introduce) {
        relay.introductions.asked(introduce);
        return use(introduce.join());
    }
}
