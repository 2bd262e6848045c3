package io.teahouse.room;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import io.teahouse.room.PendingEntry.Arrival;
import io.teahouse.room.PendingEntry.Exit;
import io.teahouse.room.PendingEntry.Notice;
import io.teahouse.room.RoomActor.Back;
import io.teahouse.room.RoomActor.Join;
import io.teahouse.room.RoomEvent.Departure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Who is in a room: members come, go, and are called or seen otherwise. Belongs to one {@link OpenRoom} and runs in it.
 */
final class MemberHandler {
    /** A member has ended. */
    record Lost(ActorRef<RoomEvent> ref) implements RoomActor.Internal {}

    private final ActorContext<RoomActor.Command> context;
    private final Room room;
    private final RoomPolicy policy;
    private final CommandGuard guard;
    private final VisibilitySession sessions;
    private final RegistrationSaver saver;
    private final MonotonicClock time;
    private final EventPublisher publisher;
    private final Consumer<PendingEntry> stand;
    private final Duration lifetime;

    /**
     * @param stand puts something into the room's line
     * @param lifetime of invitations
     */
    MemberHandler(
            ActorContext<RoomActor.Command> context,
            Room room,
            RoomPolicy policy,
            CommandGuard guard,
            VisibilitySession sessions,
            RegistrationSaver saver,
            MonotonicClock time,
            EventPublisher publisher,
            Consumer<PendingEntry> stand,
            Duration lifetime) {
        this.context = context;
        this.room = room;
        this.policy = policy;
        this.guard = guard;
        this.sessions = sessions;
        this.saver = saver;
        this.time = time;
        this.publisher = publisher;
        this.stand = stand;
        this.lifetime = lifetime;
    }

    // They come

    void join(Join join) {
        Optional<Member> already = room.member(join.member());
        if (already.isPresent()) {
            if (already.get().slot >= 0) { // else his welcome is still to come, in its turn
                publisher.welcome(already.get(), already.get().nick());
            }
            return;
        }
        if (room.size() == 0 && !room.isAwaited()) {
            sessions.begin(time.now());
        }
        room.modes().invitations().expire(time.now().minus(lifetime));
        Optional<ActorRef<RoomEvent>> instead = join.back().flatMap(Back::instead);
        if (instead.isPresent()) {
            guard.member(join, instead.get()).ifPresent(other -> replace(other, join));
        } else if (join.back().isPresent()) {
            enter(join, join.back().get().ranks());
        } else if (guard.lets(
                join, policy.join(room, join.nick(), join.profile(), join.key(), join.serverOperator()))) {
            enter(join, room.initialRanks(join.profile()));
        }
    }

    /** One goes and one comes, and it is the same to everybody else, but for what they may know of him. */
    private void replace(Member other, Join join) {
        room.unregister(other);
        stand.accept(new Exit(other, other, List.of()));
        Member member = enter(join, other.ranks());
        if (!other.profile().withConnection("").equals(member.profile().withConnection(""))
                && !room.name().isConversation()) {
            stand.accept(new Notice(
                    member,
                    new RoomEvent.ProfileChanged(
                            room.name(), join.nick(), other.profile(), member.profile(), 0, time.now())));
        }
    }

    private Member enter(Join join, Ranks ranks) {
        room.entered();
        Member member = room.register(join.nick(), join.profile(), join.member(), join.delivery(), ranks, time.now());
        member.serverOperator(join.serverOperator());
        if (room.modes().invitations().use(join.nick(), join.profile())) {
            saver.keepIfRegistered(); // or it would hold good again after a restart
        }
        context.watchWith(join.member(), new Lost(join.member()));
        boolean silent = join.back().isPresent() || room.name().isConversation();
        long since = join.back().map(Back::since).orElse(-1L);
        stand.accept(new Arrival(member, join.nick(), member.profile(), silent, since, time.now()));
        return member;
    }

    // They go

    void leave(RoomActor.Leave leave) {
        room.member(leave.member()).ifPresent(member -> exit(member, leave.how(), leave.text(), member, leave.cause()));
    }

    void lose(Lost lost) {
        room.member(lost.ref).ifPresent(member -> {
            member.gone();
            exit(member, Departure.LOST, "", member, member.refHash());
        });
    }

    void kick(RoomActor.Kick kick) {
        Optional<Member> by = guard.member(kick, kick.by());
        Optional<Member> target = room.named(kick.target());
        if (by.isPresent() && target.isEmpty()) {
            String name = kick.target().text();
            guard.refuse(kick, new Refusal(Refusal.Reason.NO_SUCH_MEMBER, name + " is not in the room", name));
        } else if (by.isPresent() && guard.lets(kick, policy.kick(room, by.get(), target.get()))) {
            exit(target.get(), Departure.KICKED, kick.text(), by.get(), 0);
        }
    }

    private void exit(Member member, Departure how, String text, Member by, long cause) {
        room.unregister(member);
        RoomEvent event = new RoomEvent.Left(
                room.nameToCome(),
                member.nick(),
                member.profile(),
                how,
                text,
                by.nick(),
                by.profile(),
                cause,
                time.now());
        stand.accept(new Exit(member, by, room.name().isConversation() ? List.of() : List.of(event)));
    }

    // They change

    void rename(RoomActor.Rename rename) {
        Optional<Member> member = guard.member(rename, rename.member());
        if (member.isPresent() && guard.lets(rename, policy.rename(room, member.get(), rename.to()))) {
            Nick from = member.get().nick();
            room.rename(member.get(), rename.to());
            stand.accept(new Notice(
                    member.get(),
                    new RoomEvent.Renamed(
                            room.nameToCome(), from, rename.to(), member.get().profile(), rename.cause(), time.now())));
        }
    }

    void changeProfile(RoomActor.ChangeProfile change) {
        room.member(change.member()).ifPresent(member -> {
            Profile before = member.profile();
            room.changeProfile(member, change.to());
            stand.accept(new Notice(
                    member,
                    new RoomEvent.ProfileChanged(
                            room.nameToCome(), member.nick(), before, member.profile(), change.cause(), time.now())));
        });
    }

    /** Who is here? As far as everybody has seen it. */
    void names(RoomActor.Names names) {
        List<RoomReply.Participant> members = room.inOrder().stream()
                .map(member -> new RoomReply.Participant(member.nick(), member.profile(), member.ranks()))
                .toList();
        names.replyTo().tell(new RoomReply.NameList(room.name(), room.modes().has(Mode.SECRET), members));
    }
}
