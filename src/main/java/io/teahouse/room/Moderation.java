package io.teahouse.room;

import akka.actor.typed.ActorRef;
import io.teahouse.room.PendingEntry.Notice;
import io.teahouse.room.support.MonotonicClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Handles modes, ranks and invitations of a room. Belongs to one {@link OpenRoom}. */
final class Moderation {
    private final Room room;
    private final RoomPolicy policy;
    private final RoomContext context;
    private final MonotonicClock time;
    private final RegistrationSaver saver;
    private final PendingQueue queue;
    private final Duration lifetime;

    Moderation(RoomContext context, RegistrationSaver saver, PendingQueue queue) {
        this.room = context.room();
        this.policy = context.policy();
        this.context = context;
        this.time = context.time();
        this.saver = saver;
        this.queue = queue;
        this.lifetime = context.settings().invitations().lifetime();
    }

    void serve(RoomActor.ServerOperator serve) {
        room.member(serve.user()).ifPresent(member -> member.serverOperator(serve.is()));
    }

    void setModes(RoomActor.SetModes set) {
        context.requireMember(set, set.member())
                .ifPresent(member -> setModes(set, set.changes(), member, Optional.of(set.member())));
    }

    /**
     * Makes the permitted changes, and publishes them as one event.
     *
     * @param cause the subscriber who asked for it, if any
     */
    void setModes(RoomActor.Asking set, List<ModeChange> changes, Member by, Optional<ActorRef<RoomEvent>> cause) {
        Instant now = time.now();
        List<ModeChange> done = new ArrayList<>();
        List<Refusal> refusals = new ArrayList<>();
        Map<Member, Ranks> ranked = new LinkedHashMap<>(2);
        for (ModeChange change : changes) {
            Optional<Refusal> refusal = policy.setMode(room, by, change);
            if (refusal.isEmpty()) {
                apply(change, by, now, ranked).ifPresent(done::add);
            } else if (refusals.stream().noneMatch(refusal.get()::equals)) {
                refusals.add(refusal.get());
            }
        }
        context.reply(set, new RoomReply.ModesSet(room.name(), set.number(), !done.isEmpty(), refusals));
        if (!done.isEmpty()) {
            keep(by, done);
            queue.enqueue(new Notice(
                    cause,
                    new RoomEvent.ModesChanged(room.pendingName(), by.nick(), by.profile(), List.copyOf(done), now),
                    ranked,
                    Optional.empty()));
        }
    }

    /** Stores the settings of a registered room, and deletes those of one that is not registered any more. */
    private void keep(Member by, List<ModeChange> done) {
        Optional<ModeChange> registered =
                done.stream().filter(change -> change.mode() == Mode.REGISTERED).findFirst();
        registered.ifPresent(change -> room.founder(change.set() ? by.profile().account() : ""));
        boolean ofTheRoom = done.stream().anyMatch(change -> change.mode().kind() != Mode.Kind.RANK);
        if (registered.isPresent() || (ofTheRoom && room.kept().isPresent())) {
            saver.keep();
        }
    }

    /** @param ranked collects the new ranks of members */
    Optional<ModeChange> apply(ModeChange change, Member by, Instant now, Map<Member, Ranks> ranked) {
        if (change.mode().kind() != Mode.Kind.RANK) {
            return room.modes().apply(change, by.nick().text(), now);
        }
        return room.byName(change.value())
                .filter(target -> target.ranks().holds(change.mode()) != change.set())
                .map(target -> {
                    target.ranks(target.ranks().with(change.mode(), change.set()));
                    ranked.put(target, target.ranks());
                    return new ModeChange(
                            change.set(), change.mode(), target.nick().text());
                });
    }

    void invite(RoomActor.Invite invite) {
        Optional<Member> by = context.requireMember(invite, invite.member());
        room.modes().invitations().expire(time.now().minus(lifetime));
        if (by.isPresent() && context.permits(invite, policy.invite(room, by.get(), invite.target()))) {
            invite(invite, by.get());
        }
    }

    private void invite(RoomActor.Invite invite, Member by) {
        if (policy.admitsByInvitation(room, by)) {
            room.modes()
                    .invitations()
                    .add(new Invitation(invite.user(), by.profile().id(), time.now()));
            saver.keepIfRegistered();
        }
        context.reply(invite, new RoomReply.Invitation(room.name(), invite.number(), invite.target()));
        queue.enqueue(new Notice(
                invite.member(),
                new RoomEvent.Invited(room.pendingName(), by.nick(), by.profile(), invite.target(), time.now())));
    }

    void describe(RoomActor.Describe describe) {
        boolean member = room.member(describe.asker()).isPresent();
        List<Modes.Entry> list = describe.list().map(room.modes()::list).orElse(List.of());
        context.reply(
                describe,
                new RoomReply.Description(
                        room.name(),
                        describe.number(),
                        member,
                        room.created(),
                        room.topic(),
                        room.modes().settings(),
                        list));
    }
}
