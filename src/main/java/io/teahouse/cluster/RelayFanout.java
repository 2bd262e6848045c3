package io.teahouse.cluster;

import akka.actor.Address;
import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import io.teahouse.cluster.RelayMessage.Operation;
import io.teahouse.room.Delivery;
import io.teahouse.room.EventBatch;
import io.teahouse.room.Fanout;
import io.teahouse.room.MemberEvent;
import io.teahouse.room.Publication;
import io.teahouse.room.Refusal;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.room.UserId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Delivers what a room publishes through one {@link RoomRelay} per node, which has the subscribers of its node. A
 * publication goes once to each node that has any. Runs in the room's actor.
 */
final class RelayFanout implements Fanout {
    /** Relays notice within a second that a room has started again. */
    private static final Duration REJOIN_WITHIN = Duration.ofSeconds(2);

    private static final class Route {
        final ActorRef<RelayMessage> relay;
        final long attempt;
        final HandledCommands handled;
        private final boolean isElsewhere;
        private final OperationDivider divider;
        long number;
        int subscribers;

        /** Whether a subscription ends with the next publication. */
        boolean departing;

        /** The {@link RoomActor.Passed#place} of the next command. */
        private long place = 1;

        private boolean hasLostCommand;

        Route(ActorRef<RelayMessage> relay, long attempt, HandledCommands handled, OperationDivider divider) {
            this.relay = relay;
            this.attempt = attempt;
            this.handled = handled;
            this.divider = divider;
            this.isElsewhere = relay.path().address().hasGlobalScope();
        }

        void tell(Operation what) {
            if (isElsewhere) {
                divider.divide(what).forEach(this::send);
            } else {
                send(what);
            }
        }

        private void send(Operation what) {
            relay.tell(new RelayMessage.Relayed(attempt, ++number, what));
        }

        Handling handling(RoomActor.Passed command) {
            if (command.attempt() != attempt || command.place() < place) {
                return Handling.IGNORE;
            } else if (command.place() > place) {
                if (!hasLostCommand) {
                    hasLostCommand = true;
                    relay.tell(new RelayMessage.CommandLost(attempt));
                }
                return Handling.IGNORE;
            }
            place++;
            if (handled.isNew(command)) {
                return Handling.HANDLE;
            } else if (!(command.command() instanceof RoomActor.Asking)) {
                tell(new RelayMessage.Handled(command.number()));
            }
            return Handling.ANSWER_AGAIN;
        }
    }

    private static final class Subscription {
        final Route route;

        /** The number of the hold; 0: none. */
        long hold;

        Subscription(Route route) {
            this.route = route;
        }
    }

    private final ActorContext<RoomActor.Command> room;
    private final Duration returnWithin;
    private final OperationDivider divider;
    private final Map<Address, Route> routes = new HashMap<>();
    private final Map<ActorRef<RoomEvent>, Subscription> subscriptions = new HashMap<>();

    /** @param returnWithin see {@link Fanout#returnWithin} */
    RelayFanout(ActorContext<RoomActor.Command> room, Duration returnWithin) {
        this.room = room;
        this.returnWithin = returnWithin;
        this.divider = new OperationDivider(() -> ClusterSerializer.codec(room.getSystem()));
    }

    /** @param returnWithin see {@link Fanout#returnWithin} */
    static Factory factory(Duration returnWithin) {
        return new Factory() {
            @Override
            public Fanout create(ActorContext<RoomActor.Command> room, long generation) {
                return new RelayFanout(room, returnWithin);
            }

            @Override
            public void refuse(RoomActor.Attach attach, Refusal why) {
                attach.relay().<RelayMessage>unsafeUpcast().tell(new RelayMessage.NotOpen(attach.attempt(), why));
            }

            @Override
            public void moved(RoomActor.Attach attach, RoomName to) {
                attach.relay().<RelayMessage>unsafeUpcast().tell(new RelayMessage.Moved(attach.attempt(), to));
            }
        };
    }

    private @Nullable Route route(ActorRef<?> actor) {
        return routes.get(actor.path().address());
    }

    // Relays

    @Override
    public List<ActorRef<RoomEvent>> attach(RoomActor.Attach attach) {
        ActorRef<RelayMessage> relay = attach.relay().unsafeUpcast();
        Route before = route(relay);
        HandledCommands handled = new HandledCommands();
        if (before != null && before.relay.equals(relay)) {
            if (before.attempt > attach.attempt()) {
                return List.of(); // overtaken: the relay has asked again since
            }
            handled = before.handled;
        }
        List<ActorRef<RoomEvent>> gone = before == null ? List.of() : subscribers(before);
        gone.forEach(subscriptions::remove);
        routes.put(relay.path().address(), new Route(relay, attach.attempt(), handled, divider));
        relay.tell(new RelayMessage.Attached(room.getSelf(), attach.attempt()));
        return gone;
    }

    private List<ActorRef<RoomEvent>> subscribers(Route route) {
        return subscriptions.entrySet().stream()
                .filter(each -> each.getValue().route == route)
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public Handling handling(RoomActor.Passed command) {
        Route route = relayRoute(command.relay());
        return route == null ? Handling.IGNORE : route.handling(command);
    }

    @Override
    public void tellNewest(RoomActor.TellNewest asked) {
        Route route = relayRoute(asked.relay());
        if (route != null && route.attempt == asked.attempt()) {
            route.relay.tell(new RelayMessage.Newest(route.attempt, route.number));
        }
    }

    /** The route of a relay that is attached. */
    private @Nullable Route relayRoute(ActorRef<?> relay) {
        Route route = route(relay);
        return route != null && route.relay.equals(relay) ? route : null;
    }

    @Override
    public boolean isAttached(ActorRef<?> relay) {
        return relayRoute(relay) != null;
    }

    @Override
    public ActorRef<?> delivererFor(ActorRef<RoomEvent> subscriber) {
        Subscription subscription = subscriptions.get(subscriber);
        return subscription == null ? subscriber : subscription.route.relay;
    }

    @Override
    public List<ActorRef<RoomEvent>> detach(ActorRef<Void> relay) {
        Route route = routes.remove(relay.path().address());
        List<ActorRef<RoomEvent>> gone = route == null ? List.of() : subscribers(route);
        gone.forEach(subscriptions::remove);
        return gone;
    }

    @Override
    public Duration rejoinWithin() {
        return REJOIN_WITHIN;
    }

    @Override
    public Duration returnWithin() {
        return returnWithin;
    }

    // Subscribers

    @Override
    public int count() {
        return subscriptions.size();
    }

    @Override
    public boolean contains(ActorRef<RoomEvent> subscriber) {
        return subscriptions.containsKey(subscriber);
    }

    @Override
    public void add(ActorRef<RoomEvent> subscriber, UserId user, Delivery delivery) {
        Route route = route(subscriber);
        if (route != null && subscriptions.putIfAbsent(subscriber, new Subscription(route)) == null) {
            route.subscribers++;
            route.tell(new RelayMessage.Add(subscriber, user, delivery));
        }
    }

    @Override
    public void changeUser(ActorRef<RoomEvent> subscriber, UserId to) {
        tellRelay(subscriber, new RelayMessage.ChangeUser(subscriber, to));
    }

    @Override
    public void remove(ActorRef<RoomEvent> subscriber) {
        tellRelay(subscriber, new RelayMessage.Remove(subscriber));
        end(subscriber);
    }

    @Override
    public void depart(ActorRef<RoomEvent> subscriber) {
        tellRelay(subscriber, new RelayMessage.Depart(subscriber));
        end(subscriber);
    }

    private void end(ActorRef<RoomEvent> subscriber) {
        Subscription ended = subscriptions.remove(subscriber);
        if (ended != null) {
            ended.route.subscribers--;
            ended.route.departing = true;
        }
    }

    private void tellRelay(ActorRef<RoomEvent> subscriber, Operation what) {
        Subscription subscription = subscriptions.get(subscriber);
        if (subscription != null) {
            subscription.route.tell(what);
        }
    }

    // Events

    @Override
    public void tell(Publication publication) {
        if (publication.isEmpty()) {
            return; // those who arrive or leave have been told so already
        }
        RelayMessage.Publish publish = new RelayMessage.Publish(new Encoded<>(publication));
        for (Route route : routes.values()) {
            if (route.subscribers > 0 || route.departing) {
                route.departing = false;
                route.tell(publish);
            }
        }
    }

    @Override
    public void tell(ActorRef<RoomEvent> subscriber, RoomEvent event) {
        Route route = route(subscriber);
        if (route != null) {
            route.tell(new RelayMessage.TellSubscriber(subscriber, event));
        }
    }

    /** A user whose node has no relay of this room has no connection in it. */
    @Override
    public void tell(ActorRef<MemberEvent> user, MemberEvent event) {
        Route route = route(user);
        if (route == null) {
            user.tell(event);
        } else {
            route.tell(new RelayMessage.TellUser(user, event));
        }
    }

    // Answers: in order with the events, so that a relay notices a lost one

    @Override
    public void reply(RoomActor.Asking command, RoomReply reply) {
        Route route = relayRoute(command.replyTo());
        if (route == null) {
            command.replyTo().tell(reply);
        } else {
            route.handled.answered(command, reply);
            route.tell(new RelayMessage.Answer(reply));
        }
    }

    @Override
    public void replyAgain(RoomActor.Asking command, RoomReply otherwise) {
        Route route = relayRoute(command.replyTo());
        if (route != null) {
            route.tell(new RelayMessage.Answer(route.handled.answer(command).orElse(otherwise)));
        }
    }

    // Catching up

    /** The relay bounds what it holds back. */
    @Override
    public void hold(ActorRef<RoomEvent> subscriber, long number, long upTo, Runnable tooMuch) {
        Subscription subscription = subscriptions.get(subscriber);
        if (subscription != null) {
            subscription.hold = number;
            subscription.route.tell(new RelayMessage.Hold(subscriber, number, upTo));
        }
    }

    @Override
    public boolean isHeld(ActorRef<RoomEvent> subscriber, long number) {
        Subscription subscription = subscriptions.get(subscriber);
        return subscription != null && subscription.hold == number;
    }

    @Override
    public void release(ActorRef<RoomEvent> subscriber, EventBatch missed) {
        Subscription subscription = subscriptions.get(subscriber);
        if (subscription != null) {
            subscription.route.tell(new RelayMessage.Release(subscriber, subscription.hold, missed));
            subscription.hold = 0;
        }
    }
}
