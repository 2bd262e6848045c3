package io.teahouse.room;

import akka.actor.typed.ActorRef;
import akka.actor.typed.RecipientRef;
import akka.actor.typed.javadsl.ActorContext;
import io.teahouse.room.PendingEntry.Notice;
import io.teahouse.room.support.MonotonicClock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Renames a room, if its {@link RoomLifecycle} agrees. Belongs to one {@link OpenRoom} and runs in it. */
final class RenameRequest {
    /** The answer is late. */
    record Late(RoomActor.Asking asked) implements RoomActor.Internal {}

    private static final Refusal BUSY =
            new Refusal(Refusal.Reason.CANNOT_RENAME, "the room is just being renamed: try again later");

    /** @param cause the subscriber who asked for it, if any */
    private record Asked(
            RoomActor.Asking command, Optional<ActorRef<RoomEvent>> cause, RoomName to, String reason, Member by) {}

    private final ActorContext<RoomActor.Command> actor;
    private final Room room;
    private final RoomPolicy policy;
    private final RoomContext context;
    private final Optional<RecipientRef<RoomLifecycle.Command>> lifecycle;
    private final MonotonicClock time;
    private final PendingQueue queue;
    private final Duration patience;
    private Optional<Asked> asked = Optional.empty();

    /** @param lifecycle empty: every rename is allowed */
    RenameRequest(RoomContext context, Optional<RecipientRef<RoomLifecycle.Command>> lifecycle, PendingQueue queue) {
        this.actor = context.actor();
        this.room = context.room();
        this.policy = context.policy();
        this.context = context;
        this.lifecycle = lifecycle;
        this.time = context.time();
        this.queue = queue;
        this.patience = context.settings().log().timeout();
    }

    void ask(RoomActor.RenameRoom command) {
        Optional<Member> by = context.requireMember(command, command.member());
        if (by.isPresent() && context.permits(command, policy.renameRoom(room, by.get(), command.to()))) {
            ask(command, Optional.of(command.member()), command.to(), command.reason(), by.get());
        }
    }

    /**
     * One at a time: a rename is published before the next one begins.
     *
     * @param cause the subscriber who asked for it, to whom the event is the answer; empty: {@link RoomReply.Done} is
     */
    void ask(RoomActor.Asking command, Optional<ActorRef<RoomEvent>> cause, RoomName to, String reason, Member by) {
        if (asked.isPresent() || !room.name().equals(room.pendingName())) {
            context.refuse(command, BUSY);
            return;
        }
        asked = Optional.of(new Asked(command, cause, to, reason, by));
        if (lifecycle.isEmpty()) {
            onAnswer(new RoomActor.NameAnswer(to, Optional.empty()));
        } else {
            actor.scheduleOnce(patience, actor.getSelf(), new Late(command));
            lifecycle.get().tell(new RoomLifecycle.Rename(room.name(), to, actor.getSelf()));
        }
    }

    void onAnswer(RoomActor.NameAnswer answer) {
        Optional<Asked> done = asked;
        asked = Optional.empty();
        done.ifPresent(ask -> {
            if (answer.refusal().isPresent()) {
                context.refuse(ask.command, answer.refusal().get());
                return;
            }
            RoomName from = room.pendingName();
            room.setPendingName(answer.to());
            queue.enqueue(new Notice(
                    ask.cause,
                    new RoomEvent.RoomRenamed(
                            from, answer.to(), ask.by.nick(), ask.by.profile(), ask.reason, time.now()),
                    Map.of(),
                    ask.cause.isEmpty() ? Optional.of(ask.command) : Optional.empty()));
        });
    }

    /** The answer is late, and may still come. */
    void onLate(Late late) {
        asked.filter(ask -> ask.command.equals(late.asked))
                .ifPresent(ask -> context.reply(ask.command, RoomReply.InDoubt.of(room.name(), ask.command)));
    }
}
