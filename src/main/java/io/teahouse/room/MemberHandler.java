package io.teahouse.room;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import io.teahouse.room.PendingEntry.Arrival;
import io.teahouse.room.PendingEntry.Exit;
import io.teahouse.room.PendingEntry.Notice;
import io.teahouse.room.RoomActor.Back;
import io.teahouse.room.RoomActor.Join;
import io.teahouse.room.RoomEvent.Departure;
import io.teahouse.room.support.MonotonicClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Handles what concerns the members of a room: they join, leave, are lost or kicked, and change nick or profile.
 * Belongs to one {@link OpenRoom} and runs in it.
 */
final class MemberHandler {
    private final ActorContext<RoomActor.Command> actor;
    private final Room room;
    private final RoomPolicy policy;
    private final RoomContext context;
    private final VisibilitySession sessions;
    private final RegistrationSaver saver;
    private final MonotonicClock time;
    private final EventPublisher publisher;
    private final PendingQueue queue;
    private final Duration lifetime;

    MemberHandler(
            RoomContext context,
            VisibilitySession sessions,
            RegistrationSaver saver,
            EventPublisher publisher,
            PendingQueue queue) {
        this.actor = context.actor();
        this.room = context.room();
        this.policy = context.policy();
        this.context = context;
        this.sessions = sessions;
        this.saver = saver;
        this.time = context.time();
        this.publisher = publisher;
        this.queue = queue;
        this.lifetime = context.settings().invitations().lifetime();
    }

    // Joining

    void join(Join join) {
        Optional<Member> already = join.subscriber().flatMap(room::member);
        if (already.isPresent()) {
            publisher.welcomeAgain(already.get(), join.subscriber().get());
            return;
        }
        Optional<Member> member = room.member(join.user().id());
        Optional<Member> taken = member.filter(known -> isToOwn(known, join));
        taken.ifPresent(known -> own(known, join.user()));
        if (member.isPresent() && join.subscriber().isPresent()) {
            subscribe(member.get(), join, false);
            taken.ifPresent(publisher::placeAgain); // the user's actor may be new, and not know that they are a member
            return;
        } else if (member.isPresent()) {
            publisher.placeAgain(member.get());
            return;
        }
        if (room.size() == 0 && !room.isAwaited()) {
            sessions.begin(time.now());
        }
        room.modes().invitations().expire(time.now().minus(lifetime));
        RoomActor.Identity user = join.user();
        if (join.back().filter(back -> back.member() || isOutdated(back, user)).isPresent()) {
            context.refuse(join, new Refusal(Refusal.Reason.NOT_A_MEMBER, "you are not in " + room.name()));
        } else if (join.back().isPresent()) {
            enter(join, room.takeFormerRanks(user.id(), join.back().get().ranks()));
        } else if (context.permits(
                join, policy.join(room, user.nick(), user.profileWithAddress(), join.key(), user.serverOperator()))) {
            enter(join, policy.ranks(room, user.nick(), user.profile()));
        }
    }

    /** A user who came back after a failure has left since: the connection that rejoins for them does not know it. */
    private boolean isOutdated(Back back, RoomActor.Identity user) {
        return !back.announced() && room.hasDeparted(user.id());
    }

    /**
     * The actor that joined last for a user owns the membership. One that delivers for its node does not take it from
     * another one by a subscriber.
     */
    private boolean isToOwn(Member member, Join join) {
        boolean same = member.owner().equals(join.user().owner());
        return join.subscriber().isEmpty() || (!same && !publisher.isAttached(member.owner()));
    }

    private void own(Member member, RoomActor.Identity user) {
        ActorRef<?> before = member.owner();
        room.own(member, user);
        if (!before.equals(user.owner())) {
            publisher.unwatch(before);
            actor.watch(user.owner());
        }
    }

    private Member enter(Join join, Ranks ranks) {
        Member member = room.register(join.user(), ranks, time.now());
        room.entered(member, join.back().isPresent());
        if (room.modes().invitations().use(join.user().profileWithAddress())) {
            saver.keepIfRegistered(); // otherwise the invitation would be valid again after a restart
        }
        actor.watch(member.owner());
        subscribe(member, join, true);
        return member;
    }

    /** @param first whether it makes the user a member */
    private void subscribe(Member member, Join join, boolean first) {
        join.subscriber().ifPresent(subscriber -> room.subscribe(member, subscriber));
        boolean known = join.back().filter(back -> !back.announced()).isPresent();
        boolean silent = !first || known || room.name().isConversation();
        long since = join.back().map(Back::since).orElse(-1L);
        boolean rejoins = known && join.back().filter(Back::member).isEmpty();
        queue.enqueue(new Arrival(
                member,
                join.subscriber(),
                join.delivery(),
                member.nick(),
                member.profile(),
                first,
                silent,
                since,
                rejoins,
                time.now()));
    }

    void unsubscribe(RoomActor.Unsubscribe unsubscribe) {
        room.member(unsubscribe.subscriber()).ifPresent(member -> {
            room.unsubscribe(member, unsubscribe.subscriber());
            publisher.unsubscribe(unsubscribe.subscriber());
            if (member.id().isService() && member.subscribers().isEmpty()) {
                exit(member, Departure.PARTED, "", member, Optional.empty(), 0);
            }
        });
    }

    // Leaving

    void leave(RoomActor.Leave leave) {
        room.member(leave.user())
                .ifPresent(member -> exit(member, leave.how(), leave.text(), member, leave.by(), leave.cause()));
    }

    /** The owner of memberships has ended. */
    void lose(ActorRef<?> owner) {
        for (Member member : room.ownedBy(owner)) {
            Optional<ActorRef<RoomEvent>> other = member.subscribers().stream()
                    .filter(each -> member.id().isService() && !each.equals(owner))
                    .findFirst();
            if (other.isPresent()) {
                handOver(member, context.fanout().delivererFor(other.get()));
            } else {
                exit(member, Departure.LOST, "", member, member.itself(), member.lossCause());
            }
        }
    }

    /** A service goes on by a subscriber on another node. */
    private void handOver(Member member, ActorRef<?> owner) {
        member.subscribers().stream()
                .filter(member.owner()::equals)
                .forEach(ended -> unsubscribe(new RoomActor.Unsubscribe(ended)));
        own(
                member,
                new RoomActor.Identity(
                        member.id(),
                        member.nick(),
                        member.profile(),
                        member.isServerOperator(),
                        owner,
                        Optional.empty()));
    }

    void kick(RoomActor.Kick kick) {
        Optional<Member> by = context.requireMember(kick, kick.by());
        Optional<Member> target = room.named(kick.target());
        if (by.isPresent() && target.isEmpty()) {
            String name = kick.target().text();
            context.refuse(kick, new Refusal(Refusal.Reason.NO_SUCH_MEMBER, name + " is not in the room", name));
        } else if (by.isPresent() && context.permits(kick, policy.kick(room, by.get(), target.get()))) {
            exit(target.get(), Departure.KICKED, kick.text(), by.get(), Optional.of(kick.by()), 0);
        }
    }

    /** An operator of the server closes the room. */
    void removeAll(Member by, String text) {
        room.all().forEach(member -> exit(member, Departure.KICKED, text, by, Optional.empty(), 0));
    }

    private void exit(
            Member member,
            Departure how,
            String text,
            Member by,
            Optional<ActorRef<RoomEvent>> subscriber,
            long cause) {
        room.unregister(member);
        if (how != Departure.LOST) {
            room.departs(member);
        }
        RoomEvent event = new RoomEvent.Left(
                room.pendingName(),
                member.nick(),
                member.profile(),
                how,
                text,
                by.nick(),
                by.profile(),
                cause,
                time.now());
        List<RoomEvent> published = room.name().isConversation() ? List.of() : List.of(event);
        queue.enqueue(new Exit(member, subscriber, how == Departure.LOST, published));
    }

    // Changes

    void rename(RoomActor.Rename rename) {
        Optional<Member> member = context.requireMember(rename, rename.user());
        if (member.isPresent() && context.permits(rename, policy.rename(room, member.get(), rename.to()))) {
            Nick from = member.get().nick();
            room.rename(member.get(), rename.to());
            queue.enqueue(new Notice(
                    member.get(),
                    new RoomEvent.Renamed(
                            room.pendingName(), from, rename.to(), member.get().profile(), rename.cause(), time.now()),
                    rename));
        }
    }

    /** A guest who logs in stays the same member, under the id of the account, unless that user is a member already. */
    void changeProfile(RoomActor.ChangeProfile change) {
        Optional<Member> member = context.requireMember(change, change.user());
        Optional<UserId> id = member.flatMap(each -> each.newId(change.to()));
        if (member.isPresent() && context.permits(change, id.flatMap(this::isTaken))) {
            id.ifPresent(to -> changeId(member.get(), to));
            changeProfile(change, member.get());
        }
    }

    private Optional<Refusal> isTaken(UserId id) {
        return room.member(id)
                .map(other ->
                        new Refusal(Refusal.Reason.ALREADY_MEMBER, id.name() + " is in the room already", id.name()));
    }

    private void changeId(Member member, UserId to) {
        room.changeId(member, to);
        publisher.changeId(member);
    }

    private void changeProfile(RoomActor.ChangeProfile change, Member member) {
        Profile before = member.profile();
        room.changeProfile(member, change.to());
        queue.enqueue(new Notice(
                member,
                new RoomEvent.ProfileChanged(
                        room.pendingName(), member.nick(), before, member.profile(), change.cause(), time.now()),
                change));
    }

    /** Lists the members whose joins have been published, with the ranks that were. */
    void names(RoomActor.Names names) {
        List<RoomReply.Participant> members = room.inOrder().stream()
                .map(member -> new RoomReply.Participant(member.nick(), member.profile(), member.shownRanks()))
                .toList();
        context.reply(
                names,
                new RoomReply.NameList(room.name(), names.number(), room.modes().has(Mode.SECRET), members));
    }
}
