package io.teahouse.cluster;

import akka.actor.Address;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.BehaviorInterceptor;
import akka.actor.typed.PostStop;
import akka.actor.typed.Signal;
import akka.actor.typed.Terminated;
import akka.actor.typed.TypedActorContext;
import akka.actor.typed.javadsl.Behaviors;
import io.teahouse.cluster.ClusterUsers.RemoteUser;
import io.teahouse.room.MemberEvent;
import io.teahouse.user.OnlineUser;
import io.teahouse.user.OnlineUsers;
import io.teahouse.user.UserActor;
import io.teahouse.user.UserDelivery;
import io.teahouse.user.UserEvent;
import io.teahouse.user.UserServices;
import io.teahouse.user.UserSupervisor;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Around the {@link UserActor} of an account in a cluster: delivers its events through the {@link UserRelay} of each
 * connection's node, which learns what has changed about the user before. When it ends without a word, the user stays in the
 * directory: the next actor goes on.
 */
final class LinkedUser extends BehaviorInterceptor<Object, Object> implements UserDelivery {
    private static final class Route {
        final ActorRef<Object> relay;
        final long attempt;
        long number;

        /** What the relay knows of the user; empty: nothing yet. */
        Optional<RemoteUser> told = Optional.empty();

        Route(ActorRef<Object> relay, long attempt) {
            this.relay = relay;
            this.attempt = attempt;
        }

        void tell(UserRelay.News news) {
            relay.tell(new UserRelay.Delivered(attempt, ++number, news));
        }
    }

    private final ActorRef<UserActor.Command> self;
    private final ActorSystem<?> system;
    private final OnlineUsers users;
    private final ForeignUsers foreign;
    private final Duration returnWithin;
    private final Map<Address, Route> routes = new HashMap<>();
    private @Nullable OnlineUser online;
    private boolean hasLeft;

    static Behavior<Object> create(
            UserServices services,
            ActorRef<UserSupervisor.Command> supervisor,
            ForeignUsers foreign,
            Duration returnWithin) {
        return Behaviors.setup(context -> {
            LinkedUser linked = new LinkedUser(
                    context.getSelf().narrow(), context.getSystem(), services.users(), foreign, returnWithin);
            return Behaviors.intercept(() -> linked, UserActor.create(services, supervisor, linked));
        });
    }

    private LinkedUser(
            ActorRef<UserActor.Command> self,
            ActorSystem<?> system,
            OnlineUsers users,
            ForeignUsers foreign,
            Duration returnWithin) {
        super(Object.class);
        this.self = self;
        this.system = system;
        this.users = users;
        this.foreign = foreign;
        this.returnWithin = returnWithin;
    }

    @Override
    public Behavior<Object> aroundReceive(
            TypedActorContext<Object> context, Object message, ReceiveTarget<Object> target) {
        if (message instanceof UserRelay.Link link) {
            Behavior<Object> next = link.former().isEmpty()
                    ? Behaviors.same()
                    : target.apply(
                            context,
                            new UserActor.Resume(
                                    link.former().get().user(),
                                    link.former().get().connections(),
                                    returnWithin));
            Route route = new Route(link.relay(), link.attempt());
            routes.put(link.relay().path().address(), route);
            link.relay().tell(new UserRelay.Linked(self, link.attempt()));
            flush();
            return next;
        }
        if (message instanceof UserActor.Adopt adopt
                && users.online(adopt.guest().id()).isEmpty()) { // this node has not heard of the guest yet
            users.enter(adopt.guest(), self, List.of(adopt.newcomer().subscriber()));
        }
        Behavior<Object> next = target.apply(context, message);
        if (message instanceof MemberEvent event && event.room().isConversation()) {
            routes.values().forEach(route -> route.relay.tell(event)); // they remember it for the next actor
        }
        flush();
        return next;
    }

    @Override
    public Behavior<Object> aroundSignal(
            TypedActorContext<Object> context, Signal signal, SignalTarget<Object> target) {
        if (signal instanceof PostStop) {
            if (online != null && !hasLeft) {
                foreign.moved(online.snapshot().id());
            }
            return target.apply(context, signal);
        } else if (signal instanceof Terminated ended && isNodeLost(ended.getRef())) {
            self.tell(new UserActor.LoseConnection(
                    ended.getRef().<Object>unsafeUpcast().narrow(), returnWithin));
            return Behaviors.same();
        }
        Behavior<Object> next = target.apply(context, signal);
        flush();
        return next;
    }

    private boolean isNodeLost(ActorRef<Void> ended) {
        Address node = ended.path().address();
        return node.hasGlobalScope() && !ClusterMembers.addresses(system).contains(node);
    }

    // What the relays are told

    @Override
    public void entered(OnlineUser user) {
        online = user;
        foreign.end(user.snapshot().id());
    }

    @Override
    public boolean outlivesActor() {
        return true;
    }

    @Override
    public void left() {
        hasLeft = true;
        flush();
        routes.values().forEach(route -> route.tell(new UserRelay.Left()));
    }

    @Override
    public void tell(ActorRef<UserEvent> connection, UserEvent event) {
        Route route = routes.get(connection.path().address());
        if (route != null) {
            flush(route);
            route.tell(new UserRelay.Event(connection, event));
        }
    }

    private void flush() {
        routes.values().forEach(this::flush);
    }

    private void flush(Route route) {
        if (online != null) {
            RemoteUser now = new RemoteUser(online.snapshot(), self, online.subscribers());
            if (route.told.filter(before -> isKnown(before, now)).isEmpty()) {
                route.told = Optional.of(now);
                route.tell(new UserRelay.Changed(now));
            }
        }
    }

    private static boolean isKnown(RemoteUser before, RemoteUser now) {
        return before.snapshot().isSameApartFromActivity(now.snapshot())
                && before.subscribers().equals(now.subscribers());
    }
}
