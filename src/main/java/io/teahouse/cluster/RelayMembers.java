package io.teahouse.cluster;

import akka.actor.typed.ActorRef;
import io.teahouse.room.Delivery;
import io.teahouse.room.EventBatch;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.UserId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The members of a room on this node, as a {@link RoomRelay} knows them: enough to join them again when the room starts
 * again elsewhere.
 */
final class RelayMembers {
    /** One user in the room. */
    static final class Member {
        RoomActor.Identity identity;
        int subscribers;

        /** The user's actor is on this node: the membership is kept without a connection. */
        boolean held;

        /** The last room that has said that the user is a member. */
        @Nullable
        ActorRef<RoomActor.Command> knownBy;

        Member(RoomActor.Identity identity) {
            this.identity = identity;
        }
    }

    /** One connection of a member. */
    static final class Subscription {
        final ActorRef<RoomEvent> subscriber;
        final Member member;
        final Delivery delivery;

        /** While the subscriber misses events: the seq of the last one that they have seen. */
        long since;

        /** Whether the subscriber misses events that the room is about to send. */
        boolean catchingUp;

        Subscription(ActorRef<RoomEvent> subscriber, Member member, Delivery delivery) {
            this.subscriber = subscriber;
            this.member = member;
            this.delivery = delivery;
        }

        /** Tells it what the room itself does not. */
        void tell(EventBatch batch) {
            if (delivery == Delivery.EACH) {
                batch.events().forEach(subscriber::tell);
            } else {
                subscriber.tell(batch);
            }
        }
    }

    private final Map<UserId, Member> members = new LinkedHashMap<>();
    private final Map<ActorRef<RoomEvent>, Subscription> subscriptions = new LinkedHashMap<>();

    boolean isEmpty() {
        return members.isEmpty();
    }

    /** The actor of a user on this node owns their membership from now on. */
    void hold(RoomActor.Identity user) {
        Member member = members.computeIfAbsent(user.id(), id -> new Member(user));
        member.identity = user;
        member.held = true;
    }

    private Member join(RoomActor.Identity user) {
        Member member = members.computeIfAbsent(user.id(), id -> new Member(user));
        if (!member.held) {
            member.identity = user;
        }
        return member;
    }

    Subscription subscribe(RoomActor.Join join, ActorRef<RoomEvent> subscriber) {
        Member member = join(join.user());
        end(subscriber);
        member.subscribers++;
        Subscription subscription = new Subscription(subscriber, member, join.delivery());
        subscriptions.put(subscriber, subscription);
        return subscription;
    }

    @Nullable
    Subscription subscription(ActorRef<RoomEvent> subscriber) {
        return subscriptions.get(subscriber);
    }

    Iterable<Subscription> subscriptions() {
        return List.copyOf(subscriptions.values());
    }

    List<Member> all() {
        return List.copyOf(members.values());
    }

    /** A connection has unsubscribed. The member stays, but the node of an account's actor is the one that keeps it. */
    void unsubscribe(ActorRef<RoomEvent> subscriber) {
        Subscription ended = end(subscriber);
        if (ended != null && ended.member.subscribers == 0 && isElsewhere(ended.member)) {
            remove(ended.member);
        }
    }

    private @Nullable Subscription end(ActorRef<RoomEvent> subscriber) {
        Subscription ended = subscriptions.remove(subscriber);
        if (ended != null) {
            ended.member.subscribers--;
        }
        return ended;
    }

    private static boolean isElsewhere(Member member) {
        return isOnSeveralNodes(member.identity.id()) && !member.held;
    }

    private static boolean isOnSeveralNodes(UserId user) {
        return user.isAccount() || user.isService();
    }

    /**
     * A connection is one of a member who leaves; without connections, the user is removed when that is told.
     *
     * @return who is no member any more
     */
    Optional<UserId> depart(ActorRef<RoomEvent> subscriber) {
        Subscription ended = end(subscriber);
        if (ended != null && ended.member.subscribers == 0) {
            remove(ended.member);
            return Optional.of(ended.member.identity.id());
        }
        return Optional.empty();
    }

    /**
     * The owner of a member has ended.
     *
     * @return what the room is to be told: the member is lost; or of an account or a service, only their connections here
     *     are, and the account's next actor decides about the rest
     */
    List<RoomActor.Command> lose(Member member, long cause) {
        if (!isOnSeveralNodes(member.identity.id())) {
            return List.of(new RoomActor.Leave(member.identity.id(), RoomEvent.Departure.LOST, "", cause));
        } else if (member.held) {
            member.held = false;
            if (member.subscribers == 0) {
                remove(member);
            }
            return List.of();
        }
        return subscriptions.values().stream()
                .filter(each -> each.member == member)
                .<RoomActor.Command>map(each -> new RoomActor.Unsubscribe(each.subscriber))
                .toList();
    }

    void remove(Member member) {
        if (members.remove(member.identity.id(), member)) {
            subscriptions.values().removeIf(each -> each.member == member);
        }
    }

    Optional<Member> find(UserId user) {
        return Optional.ofNullable(members.get(user));
    }

    boolean contains(ActorRef<RoomEvent> subscriber) {
        return subscriptions.containsKey(subscriber);
    }

    /** A member has changed: another relay may have asked for it. */
    void note(RoomEvent event) {
        if (event instanceof RoomEvent.Renamed renamed) {
            rename(renamed.profile().id(), renamed.to());
        } else if (event instanceof RoomEvent.ProfileChanged changed) {
            UserId user = changed.before().id();
            find(user)
                    .map(member -> member.identity.address())
                    .ifPresent(address -> changeProfile(user, changed.after().withAddress(address)));
        }
    }

    /** The members of an owner that has ended. */
    List<Member> ownedBy(ActorRef<?> owner) {
        List<Member> theirs = new ArrayList<>(1);
        for (Member each : members.values()) {
            if (each.identity.owner().equals(owner)) {
                theirs.add(each);
            }
        }
        return theirs;
    }

    /** All connections of a member. */
    List<Subscription> subscriptionsOf(Member member) {
        return subscriptions.values().stream()
                .filter(each -> each.member == member)
                .toList();
    }

    /** The members without a connection on this node. */
    List<Member> away() {
        return members.values().stream().filter(each -> each.subscribers == 0).toList();
    }

    void rename(UserId user, Nick to) {
        find(user).ifPresent(member -> member.identity = change(member.identity, user, to, profile(member.identity)));
    }

    void changeProfile(UserId user, Profile to) {
        find(user).ifPresent(member -> {
            // an actor that speaks for itself keeps its id
            boolean follows = user.equals(member.identity.profile().id())
                    && to.id().isKnown()
                    && !user.isOf(member.identity.owner());
            UserId id = follows ? to.id() : user;
            members.remove(user);
            member.identity = change(member.identity, id, member.identity.nick(), to);
            members.put(id, member);
        });
    }

    void serverOperator(UserId user, boolean is) {
        find(user).ifPresent(member -> member.identity = RecordCodec.copy(member.identity, "serverOperator", is));
    }

    private static Profile profile(RoomActor.Identity identity) {
        return identity.profile().withAddress(identity.address());
    }

    private static RoomActor.Identity change(RoomActor.Identity before, UserId id, Nick nick, Profile profile) {
        return new RoomActor.Identity(id, nick, profile, before.serverOperator(), before.owner(), before.observer());
    }
}
