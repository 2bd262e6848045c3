package io.teahouse.client;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.teahouse.room.Nick;
import io.teahouse.room.RoomEvent;
import java.util.Optional;

/** The names of the people on this server. An owner that ends without giving its name back loses it. */
public final class NickRegistryActor extends AbstractBehavior<NickRegistryActor.Command> {
    public sealed interface Command {}

    /**
     * I want to be called so; instead of what I am called now, if I am. Answered by {@link Claimed}.
     *
     * @param mine the name is that of my account: whoever else has it loses it, and is told by {@link Lost}
     */
    public record Claim(Nick nick, boolean mine, ActorRef<RoomEvent> owner, ActorRef<Claimed> replyTo)
            implements Command {}

    /** I need no name any more. No answer. */
    public record Release(ActorRef<RoomEvent> owner) implements Command {}

    private record Ended(ActorRef<RoomEvent> owner) implements Command {}

    /**
     * The answer to {@link Claim}.
     *
     * @param obstacle the name that stands in the way; empty: the name is yours
     */
    public record Claimed(Nick nick, Optional<Nick> obstacle) {}

    /** The name is not yours any more. Told to the owner, whom it finds by his reference. */
    public record Lost(Nick nick) {}

    private final NickRegistry<ActorRef<RoomEvent>> registry = new NickRegistry<>();

    public static Behavior<Command> create() {
        return Behaviors.setup(NickRegistryActor::new);
    }

    private NickRegistryActor(ActorContext<Command> context) {
        super(context);
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Claim.class, this::onClaim)
                .onMessage(Release.class, this::onRelease)
                .onMessage(Ended.class, this::onEnded)
                .build();
    }

    private Behavior<Command> onClaim(Claim claim) {
        if (claim.mine) {
            registry.owner(claim.nick)
                    .filter(other -> !other.equals(claim.owner))
                    .ifPresent(other -> take(claim.nick, other));
        }
        boolean known = registry.nick(claim.owner).isPresent();
        Optional<Nick> obstacle = registry.claim(claim.nick, claim.owner);
        if (obstacle.isEmpty() && !known) {
            getContext().watchWith(claim.owner, new Ended(claim.owner));
        }
        claim.replyTo.tell(new Claimed(claim.nick, obstacle));
        return this;
    }

    private void take(Nick nick, ActorRef<RoomEvent> from) {
        registry.release(from);
        getContext().unwatch(from);
        from.<Object>unsafeUpcast().tell(new Lost(nick));
    }

    private Behavior<Command> onRelease(Release release) {
        registry.release(release.owner);
        getContext().unwatch(release.owner);
        return this;
    }

    private Behavior<Command> onEnded(Ended ended) {
        registry.release(ended.owner);
        return this;
    }
}
