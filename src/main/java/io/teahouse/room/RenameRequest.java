package io.teahouse.room;

import akka.actor.typed.RecipientRef;
import akka.actor.typed.javadsl.ActorContext;
import io.teahouse.room.PendingEntry.Notice;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A room that is to be called otherwise: its directory, which finds it by name, has to agree. Belongs to one
 * {@link OpenRoom} and runs in it.
 */
final class RenameRequest {
    /** The directory has had its time. */
    record Late(RoomActor.RenameRoom asked) implements RoomActor.Internal {}

    private static final Refusal BUSY =
            new Refusal(Refusal.Reason.CANNOT_RENAME, "the room is just being renamed: try again later");

    private record Asked(RoomActor.RenameRoom command, Member by) {}

    private final ActorContext<RoomActor.Command> context;
    private final Room room;
    private final RoomPolicy policy;
    private final CommandGuard guard;
    private final Optional<RecipientRef<RoomDirectory.Command>> directory;
    private final MonotonicClock time;
    private final Consumer<PendingEntry> stand;
    private final Duration patience;
    private Optional<Asked> asked = Optional.empty();

    /**
     * @param directory empty: nobody has to agree
     * @param stand puts something into the room's line
     * @param patience after it, who asked is told that it is not known yet
     */
    RenameRequest(
            ActorContext<RoomActor.Command> context,
            Room room,
            RoomPolicy policy,
            CommandGuard guard,
            Optional<RecipientRef<RoomDirectory.Command>> directory,
            MonotonicClock time,
            Consumer<PendingEntry> stand,
            Duration patience) {
        this.context = context;
        this.room = room;
        this.policy = policy;
        this.guard = guard;
        this.directory = directory;
        this.time = time;
        this.stand = stand;
        this.patience = patience;
    }

    void ask(RoomActor.RenameRoom command) {
        Optional<Member> by = guard.member(command, command.member());
        if (by.isPresent() && guard.lets(command, policy.renameRoom(room, by.get(), command.to()))) {
            ask(command, by.get());
        }
    }

    /** One after the other: a room that is about to have another name is told first. */
    private void ask(RoomActor.RenameRoom command, Member by) {
        if (asked.isPresent() || !room.name().equals(room.nameToCome())) {
            guard.refuse(command, BUSY);
            return;
        }
        asked = Optional.of(new Asked(command, by));
        if (directory.isEmpty()) {
            onAnswer(new RoomActor.NameAnswer(command.to(), Optional.empty()));
        } else {
            directory.get().tell(new RoomDirectory.Rename(room.name(), command.to(), context.getSelf()));
            context.scheduleOnce(patience, context.getSelf(), new Late(command));
        }
    }

    void onAnswer(RoomActor.NameAnswer answer) {
        Optional<Asked> done = asked;
        asked = Optional.empty();
        done.ifPresent(ask -> {
            if (answer.refusal().isPresent()) {
                guard.refuse(ask.command, answer.refusal().get());
                return;
            }
            RoomName from = room.nameToCome();
            room.willBeCalled(answer.to());
            stand.accept(new Notice(
                    ask.command.member(),
                    new RoomEvent.RoomRenamed(
                            from, answer.to(), ask.by.nick(), ask.by.profile(), ask.command.reason(), time.now())));
        });
    }

    /** The answer will come all the same. */
    void onLate(Late late) {
        asked.filter(ask -> ask.command.equals(late.asked))
                .ifPresent(ask -> ask.command.replyTo().tell(RoomReply.InDoubt.of(room.name(), ask.command)));
    }
}
