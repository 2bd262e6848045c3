package io.teahouse.cluster;

import akka.actor.typed.ActorRef;
import io.teahouse.cluster.RelayMembers.Member;
import io.teahouse.cluster.RelayMembers.Subscription;
import io.teahouse.cluster.RelayMessage.Attached;
import io.teahouse.room.EventBatch;
import io.teahouse.room.MemberEvent;
import io.teahouse.room.Publication;
import io.teahouse.room.Ranks;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomActor.Back;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomReply;
import io.teahouse.room.Subscribers;
import io.teahouse.room.UserId;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a room delivers to the subscribers of a {@link RoomRelay}, from one attachment to its end. */
final class RelayDeliveries {
    final ActorRef<RoomActor.Command> room;
    final long attempt;

    private final RoomRelay relay;
    private final RelayMembers members;
    private final RelayedCommands commands;
    private final Subscribers subscribers = new Subscribers();

    /** The number of the next message. */
    private long next = 1;

    /** Those who join again, by the numbers of their joins, which are negative. */
    private final Map<Long, Rejoin> rejoins = new HashMap<>();

    /** The subscribers that have not seen yet what they missed while the room was away. */
    private final Set<ActorRef<RoomEvent>> rejoining = new HashSet<>();

    /** Those whose user is no member any more, until an event says so. */
    private final Map<ActorRef<RoomEvent>, Subscription> leaving = new LinkedHashMap<>();

    /** The seq of the newest event that this room has shown. */
    private long shown;

    /** Whether the room has another name, and goes on under it as another actor. */
    private boolean hasMoved;

    /** The parts of a large operation, so far. */
    private final ByteArrayOutputStream parts = new ByteArrayOutputStream();

    /** Counts the commands, see {@link RoomActor.Passed#place}. */
    private long place;

    /** @param subscription empty: the user is away */
    private record Rejoin(Member member, Optional<Subscription> subscription) {}

    RelayDeliveries(RoomRelay relay, Attached attached) {
        this.relay = relay;
        this.members = relay.members;
        this.commands = relay.commands;
        this.room = attached.room();
        this.attempt = attached.attempt();
        relay.actor.watch(room);
    }

    long next() {
        return next;
    }

    // To the room

    private void pass(long number, RoomActor.Command command) {
        pass(number, command, Optional.empty());
    }

    /**
     * @param number 0: the room may handle it twice
     * @param author see {@link RoomActor.Passed}
     */
    void pass(long number, RoomActor.Command command, Optional<UserId> author) {
        room.tell(new RoomActor.Passed(relay.actor.getSelf(), attempt, ++place, number, command, author));
    }

    /** Asks how much the room has sent. */
    void askNewest() {
        room.tell(new RoomActor.TellNewest(relay.actor.getSelf(), attempt));
    }

    /** A subscriber joins again. */
    void rejoin(Subscription each) {
        each.catchingUp = true;
        rejoining.add(each.subscriber);
        long number = expect(new Rejoin(each.member, Optional.of(each)));
        pass(
                0,
                new RoomActor.Join(
                        commands.owned(each.member.identity),
                        "",
                        each.subscriber,
                        each.delivery,
                        Optional.of(back(each.member, each.since)),
                        number,
                        relay.replies()));
    }

    /** A user without a connection joins again. */
    void rejoin(Member each) {
        long number = expect(new Rejoin(each, Optional.empty()));
        pass(0, RoomActor.Join.away(commands.owned(each.identity), back(each, -1), number, relay.replies()));
    }

    private long expect(Rejoin rejoin) {
        long number = -rejoins.size() - 1L;
        rejoins.put(number, rejoin);
        return number;
    }

    /** If the room has known the member before, it knows who still is one: somebody may have been kicked without our notice. */
    private Back back(Member member, long since) {
        return new Back(since, Ranks.NONE, room.equals(member.knownBy));
    }

    /** Whether all who joined again have seen what they missed. */
    boolean areComplete() {
        return rejoining.isEmpty();
    }

    /** Who is no member any more, and waits for the event that says so; null: nobody. */
    @Nullable
    ActorRef<RoomEvent> oldestLeaving() {
        return leaving.isEmpty() ? null : leaving.keySet().iterator().next();
    }

    boolean hasMoved() {
        return hasMoved;
    }

    private Optional<UserId> author(ActorRef<RoomEvent> subscriber) {
        return Optional.ofNullable(members.subscription(subscriber))
                .or(() -> Optional.ofNullable(leaving.get(subscriber)))
                .map(each -> each.member.identity)
                .map(user -> user.profile().senderId(user.nick()));
    }

    /** The room is gone. What subscribers have seen counts; what was held back for them does not. */
    void end() {
        relay.actor.unwatch(room);
        commands.rewind(this::author);
        if (!relay.name.isConversation()) { // nobody sees the end of one
            leaving.values().forEach(each -> relay.tellLeft(each, ""));
        }
        for (Subscription each : members.subscriptions()) {
            each.since = each.catchingUp ? each.since : Math.max(each.since, shown);
        }
    }

    // Deliveries

    void deliver(RelayMessage.Operation what) {
        next++;
        if (what instanceof RelayMessage.Part part) {
            collect(part);
        } else {
            carryOut(what);
        }
    }

    private void collect(RelayMessage.Part part) {
        part.bytes().writeTo(parts);
        if (part.last()) {
            Object whole = ClusterSerializer.codec(relay.actor.getSystem()).fromBytes(parts.toByteArray());
            parts.reset();
            carryOut((RelayMessage.Operation) whole);
        }
    }

    private void carryOut(RelayMessage.Operation what) {
        if (what instanceof RelayMessage.Publish publish) {
            publish(publish.publication().value());
        } else if (what instanceof RelayMessage.TellSubscriber tell) {
            tell(tell.subscriber(), tell.event());
        } else if (what instanceof RelayMessage.TellUser tell) {
            tell(tell.user(), tell.event());
        } else if (what instanceof RelayMessage.Answer answer) {
            answer(answer.reply());
        } else if (what instanceof RelayMessage.Handled handled) {
            commands.handled(handled.number());
        } else if (what instanceof RelayMessage.Hold hold) {
            hold(hold);
        } else if (what instanceof RelayMessage.Release release) {
            release(release);
        } else {
            changeSubscribers(what);
        }
    }

    private void changeSubscribers(RelayMessage.Operation what) {
        if (what instanceof RelayMessage.Add add) {
            subscribers.add(add.subscriber(), add.user(), add.delivery());
        } else if (what instanceof RelayMessage.ChangeUser change) {
            subscribers.changeUser(change.subscriber(), change.to());
        } else if (what instanceof RelayMessage.Remove remove) {
            rejoining.remove(remove.subscriber());
            members.unsubscribe(remove.subscriber());
            commands.unsubscribed(remove.subscriber());
            subscribers.remove(remove.subscriber());
        } else if (what instanceof RelayMessage.Depart depart) {
            subscribers.depart(depart.subscriber()); // first: it is released if it is catching up
            rejoining.remove(depart.subscriber());
            Subscription ends = members.subscription(depart.subscriber());
            if (ends != null && !relay.name.isConversation()) {
                leaving.put(depart.subscriber(), ends);
            }
            members.depart(depart.subscriber()).ifPresent(commands::left);
            commands.unsubscribed(depart.subscriber());
        }
    }

    private void answer(RoomReply reply) {
        if (reply.number() >= 0) {
            relay.answer(reply);
        } else if (reply instanceof RoomReply.Refused refused) {
            Optional.ofNullable(rejoins.get(reply.number())).ifPresent(rejoin -> onRejoinRefused(rejoin, refused));
        }
    }

    /** A user was removed while this relay could not know it, or one who leaves has left already. */
    private void onRejoinRefused(Rejoin rejoin, RoomReply.Refused refused) {
        relay.log().info("room {}: {} is no member any more: {}", relay.name, rejoin.member.identity.nick(), refused);
        rejoin.subscription.ifPresent(each -> rejoining.remove(each.subscriber));
        String text = "you were removed while this server could not reach the room";
        if (rejoin.subscription
                .filter(each -> members.subscription(each.subscriber) != each)
                .isPresent()) {
            leaving.remove(rejoin.subscription.get().subscriber);
            relay.tellLeft(rejoin.subscription.get(), text); // the user has been told before
        } else {
            rejoins.values().removeIf(each -> each.member == rejoin.member);
            members.subscriptionsOf(rejoin.member).forEach(each -> rejoining.remove(each.subscriber));
            relay.expel(rejoin.member, text);
        }
    }

    private void publish(Publication publication) {
        EventBatch all = publication.all();
        for (int i = 0; i < all.events().size(); i++) {
            ActorRef<RoomEvent> cause =
                    all.causes().isEmpty() ? null : all.causes().get(i);
            if (cause != null) {
                commands.settle(cause, all.events().get(i));
            }
            members.note(all.events().get(i));
        }
        Runnable show = () -> {
            subscribers.tell(publication);
            publication.departures().forEach(departure -> leaving.remove(departure.subscriber()));
            show(all.lastSeq());
        };
        all.newName().ifPresentOrElse(to -> hasMoved |= relay.rename(to, show), show);
    }

    private void show(long seq) {
        shown = Math.max(shown, seq);
    }

    private void tell(ActorRef<RoomEvent> subscriber, RoomEvent event) {
        if (event instanceof RoomEvent.Welcome welcome) {
            welcome(subscriber, welcome);
            return;
        }
        Subscription known = members.subscription(subscriber);
        if (event instanceof RoomEvent.Gap gap && known != null) {
            known.since = gap.next() - 1; // the room may end before it sends the rest
        }
        note(event);
        subscriber.tell(event);
    }

    /** Before this relay had attached, a member may have got another nick by another relay. */
    private void note(RoomEvent event) {
        if (event instanceof EventBatch batch) {
            batch.events().forEach(members::note);
        } else {
            members.note(event);
        }
    }

    private void welcome(ActorRef<RoomEvent> subscriber, RoomEvent.Welcome welcome) {
        Subscription known = members.subscription(subscriber);
        if (known != null) {
            known.member.knownBy = room;
        }
        if (known != null && known.catchingUp) {
            if (welcome.seq() <= known.since) {
                caughtUp(known);
            }
            relay.log()
                    .debug("room {}: {} is back after {}, at {}", relay.name, subscriber, known.since, welcome.seq());
            return;
        }
        commands.joined(subscriber).ifPresent(join -> {
            Subscription fresh = members.subscribe(join, subscriber);
            fresh.member.knownBy = room;
            fresh.since = join.back().map(Back::since).orElse(-1L);
            fresh.catchingUp = fresh.since >= 0 && fresh.since < welcome.seq();
            if (!fresh.catchingUp) {
                fresh.since = welcome.seq(); // the others may be shown that event later
            }
        });
        subscriber.tell(RecordCodec.copy(welcome, "self", relay.self()));
        relay.introductions.answer(subscriber);
    }

    private void tell(ActorRef<MemberEvent> user, MemberEvent event) {
        if (event instanceof MemberEvent.Removed removed) {
            members.find(removed.user()).ifPresent(member -> {
                members.subscriptionsOf(member).forEach(each -> leaving.put(each.subscriber, each));
                members.remove(member);
            });
            commands.left(removed.user());
        } else if (event instanceof MemberEvent.Placed placed) {
            commands.placed(placed.user()).ifPresent(join -> members.hold(join.user()));
            members.find(placed.user()).ifPresent(member -> member.knownBy = room);
        }
        user.tell(RecordCodec.copy(event, "self", relay.self()));
    }

    // Catching up

    private void hold(RelayMessage.Hold hold) {
        ActorRef<RoomEvent> subscriber = hold.subscriber();
        Subscription catching = members.subscription(subscriber);
        if (catching != null) {
            catching.catchingUp = true;
        }
        subscribers.hold(subscriber, hold.hold(), hold.upTo(), () -> {
            if (catching != null) { // perhaps no member any more
                subscriber.tell(new RoomEvent.Gap(relay.name, catching.since, hold.upTo() + 1));
                release(catching, EventBatch.of(relay.name, List.of(), hold.upTo(), List.of()));
            }
        });
    }

    private void release(RelayMessage.Release release) {
        Subscription subscription = members.subscription(release.subscriber());
        if (subscription != null && subscribers.isHeld(release.subscriber(), release.hold())) {
            release(subscription, release.missed());
        }
    }

    private void release(Subscription subscription, EventBatch missed) {
        subscription.since = Math.max(subscription.since, missed.lastSeq());
        subscribers.release(subscription.subscriber, withReceipts(subscription.subscriber, missed));
        caughtUp(subscription);
    }

    private void caughtUp(Subscription subscription) {
        subscription.catchingUp = false;
        rejoining.remove(subscription.subscriber);
    }

    /** What the subscriber missed may hold the answers to its commands, which the former room could not deliver. */
    private EventBatch withReceipts(ActorRef<RoomEvent> subscriber, EventBatch missed) {
        List<@Nullable ActorRef<RoomEvent>> causes =
                new ArrayList<>(missed.events().size());
        for (RoomEvent event : missed.events()) {
            boolean answer = commands.isPending(subscriber, event);
            causes.add(answer ? subscriber : null);
            if (answer) {
                commands.settle(subscriber, event);
            }
        }
        boolean any = causes.stream().anyMatch(subscriber::equals);
        return any ? EventBatch.of(missed.room(), missed.events(), missed.lastSeq(), causes) : missed;
    }
}
