package io.teahouse.user;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.teahouse.room.Nick;
import io.teahouse.room.UserId;
import io.teahouse.user.NickRegistry.Claim;
import io.teahouse.user.NickRegistry.Claimed;
import io.teahouse.user.NickRegistry.Command;
import io.teahouse.user.NickRegistry.Free;
import io.teahouse.user.NickRegistry.Lost;
import io.teahouse.user.NickRegistry.Release;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The nicks of all users of a server that is a single node. */
public final class NickRegistryActor extends AbstractBehavior<Command> {
    private record Ended(UserId user, ActorRef<Lost> owner) implements NickRegistry.Internal {}

    /** How often it looks whether the user of an owner that has ended is still listed. */
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final NickTable<ActorRef<Lost>> nicks = new NickTable<>();
    private final Predicate<Nick> isListed;

    public static Behavior<Command> create() {
        return create(List.of(), nick -> false);
    }

    /**
     * A registry in which some nicks are taken already: of two who claim one, the first has it.
     *
     * @param isListed whether a user is still shown with that nick: they keep it as long, although the owner has ended
     */
    public static Behavior<Command> create(List<Claim> taken, Predicate<Nick> isListed) {
        return Behaviors.setup(context -> {
            NickRegistryActor registry = new NickRegistryActor(context, isListed);
            taken.forEach(registry::onClaim);
            return registry;
        });
    }

    private NickRegistryActor(ActorContext<Command> context, Predicate<Nick> isListed) {
        super(context);
        this.isListed = isListed;
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
        if (claim.mine()) {
            free(claim.nick(), claim.user());
        }
        nicks.find(claim.nick()) // the same user, under another id
                .filter(holder -> holder.owner().equals(claim.owner()))
                .ifPresent(holder -> nicks.release(holder.user()));
        Optional<ActorRef<Lost>> before = owner(claim.user());
        Optional<Nick> obstacle = nicks.claim(claim.nick(), claim.user(), claim.owner());
        if (obstacle.isEmpty() && !before.equals(Optional.of(claim.owner()))) {
            before.ifPresent(getContext()::unwatch);
            getContext()
                    .unwatch(claim.owner()); // it may own another user; Akka refuses to watch it with another message
            getContext().watchWith(claim.owner(), new Ended(claim.user(), claim.owner()));
        }
        claim.replyTo().tell(new Claimed(claim.number(), claim.nick(), obstacle));
        return this;
    }

    private Optional<ActorRef<Lost>> owner(UserId user) {
        return nicks.find(user).map(NickTable.Holder::owner);
    }

    private Behavior<Command> onFree(Free free) {
        free(free.nick(), free.user());
        return this;
    }

    private void free(Nick nick, UserId user) {
        for (NickTable.Holder<ActorRef<Lost>> other : nicks.others(nick, user)) {
            other.owner().tell(new Lost(other.nick(), renameToGuest(other)));
        }
    }

    private Nick renameToGuest(NickTable.Holder<ActorRef<Lost>> user) {
        Nick guest;
        do {
            guest = NickRegistry.guest();
        } while (nicks.claim(guest, user.user(), user.owner()).isPresent());
        return guest;
    }

    private Behavior<Command> onRelease(Release release) {
        release(release.user(), release.owner());
        return this;
    }

    private Behavior<Command> onEnded(Ended ended) {
        boolean keeps = nicks.find(ended.user)
                .filter(holder -> holder.owner().equals(ended.owner) && isListed.test(holder.nick()))
                .isPresent();
        if (keeps) {
            getContext().scheduleOnce(AGAIN, getContext().getSelf(), ended);
        } else {
            release(ended.user, ended.owner);
        }
        return this;
    }

    private void release(UserId user, ActorRef<Lost> owner) {
        if (owner(user).filter(owner::equals).isPresent()) {
            nicks.release(user);
            getContext().unwatch(owner);
        }
    }
}
