package io.teahouse.user;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.teahouse.room.Digits;
import io.teahouse.room.Nick;
import io.teahouse.room.RoomEvent;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** The names of the people on this server. An owner that ends without giving its name back loses it. */
public final class NickRegistryActor extends AbstractBehavior<NickRegistryActor.Command> {
    public sealed interface Command {}

    /**
     * I want to be called so; instead of what I am called now, if I am. Answered by {@link Claimed}.
     *
     * @param mine the name belongs to my account: all others with it, or with one that looks like it, are renamed
     */
    public record Claim(Nick nick, boolean mine, ActorRef<RoomEvent> owner, ActorRef<Claimed> replyTo)
            implements Command {}

    /**
     * The name belongs to the account that I am logged in to: all others with it, or with one that looks like it, are
     * renamed, and notified by {@link Lost}. No answer.
     */
    public record Free(Nick nick, ActorRef<RoomEvent> owner) implements Command {}

    /** I need no name any more. No answer. */
    public record Release(ActorRef<RoomEvent> owner) implements Command {}

    private record Ended(ActorRef<RoomEvent> owner) implements Command {}

    /**
     * The answer to {@link Claim}.
     *
     * @param obstacle the name that stands in the way; empty: the name is yours
     */
    public record Claimed(Nick nick, Optional<Nick> obstacle) {}

    /**
     * The name is no longer yours. Sent to its former owner, found by their reference.
     *
     * @param instead what you are called now
     */
    public record Lost(Nick nick, Nick instead) {}

    /** The name of a user who has lost theirs, followed by a number. */
    private static final String GUEST = "Guest";

    private static final int GUEST_NUMBERS = 100_000;
    private static final int GUEST_DIGITS = 5;

    /** Whether the server may give that name to somebody. */
    public static boolean isGuest(Nick nick) {
        String guest = Nick.of(GUEST).key();
        return nick.key().startsWith(guest) && Digits.are(nick.key().substring(guest.length()), GUEST_DIGITS);
    }

    private final NickTable<ActorRef<RoomEvent>> registry = new NickTable<>();

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
                .onMessage(Free.class, this::onFree)
                .onMessage(Release.class, this::onRelease)
                .onMessage(Ended.class, this::onEnded)
                .build();
    }

    private Behavior<Command> onClaim(Claim claim) {
        if (claim.mine) {
            free(claim.nick, claim.owner);
        }
        boolean known = registry.nick(claim.owner).isPresent();
        Optional<Nick> obstacle = registry.claim(claim.nick, claim.owner);
        if (obstacle.isEmpty() && !known) {
            getContext().watchWith(claim.owner, new Ended(claim.owner));
        }
        claim.replyTo.tell(new Claimed(claim.nick, obstacle));
        return this;
    }

    private Behavior<Command> onFree(Free free) {
        free(free.nick, free.owner);
        return this;
    }

    private void free(Nick nick, ActorRef<RoomEvent> owner) {
        for (ActorRef<RoomEvent> other : registry.others(nick, owner)) {
            Nick lost = registry.nick(other).orElseThrow();
            other.<Object>unsafeUpcast().tell(new Lost(lost, renameToGuest(other)));
        }
    }

    private Nick renameToGuest(ActorRef<RoomEvent> other) {
        Nick guest;
        do {
            guest = Nick.of(GUEST + ThreadLocalRandom.current().nextInt(GUEST_NUMBERS));
        } while (registry.claim(guest, other).isPresent());
        return guest;
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
