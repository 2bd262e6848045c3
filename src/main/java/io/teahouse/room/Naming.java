package io.teahouse.room;

import akka.actor.typed.RecipientRef;
import akka.actor.typed.javadsl.ActorContext;
import io.teahouse.room.Entry.Notice;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How a room comes to be called otherwise: its directory, which finds it by name, has to agree. Belongs to one
 * {@link RoomActor} and runs in it.
 */
final class Naming {
    /** The directory has had its time. */
    record Late(RoomActor.RenameRoom asked) implements RoomActor.Internal {}

    private static final Refusal BUSY =
            new Refusal(Refusal.Reason.CANNOT_RENAME, "the room is just being renamed: try again later");

    private record Asked(RoomActor.RenameRoom command, Member by) {}

    private final ActorContext<RoomActor.Command> context;
    private final Room room;
    private final Optional<RecipientRef<RoomDirectory.Command>> directory;
    private final Ticks ticks;
    private final Consumer<Entry> stand;
    private final Duration patience;
    private Optional<Asked> asked = Optional.empty();

    /**
     * @param directory empty: nobody has to agree
     * @param stand puts something into the room's line
     * @param patience after it, who asked is told that it is not known yet
     */
    Naming(
            ActorContext<RoomActor.Command> context,
            Room room,
            Optional<RecipientRef<RoomDirectory.Command>> directory,
            Ticks ticks,
            Consumer<Entry> stand,
            Duration patience) {
        this.context = context;
        this.room = room;
        this.directory = directory;
        this.ticks = ticks;
        this.stand = stand;
        this.patience = patience;
    }

    /** One after the other: a room that is about to have another name is told first. */
    void ask(RoomActor.RenameRoom command, Member by) {
        if (asked.isPresent() || !room.name().equals(room.nameToCome())) {
            command.replyTo().tell(new RoomReply.Refused(room.name(), command, BUSY));
            return;
        }
        asked = Optional.of(new Asked(command, by));
        if (directory.isEmpty()) {
            on(new RoomActor.NameAnswer(command.to(), Optional.empty()));
        } else {
            directory.get().tell(new RoomDirectory.Rename(room.name(), command.to(), context.getSelf()));
            context.scheduleOnce(patience, context.getSelf(), new Late(command));
        }
    }

    void on(RoomActor.NameAnswer answer) {
        Optional<Asked> done = asked;
        asked = Optional.empty();
        done.ifPresent(ask -> {
            if (answer.refusal().isPresent()) {
                Refusal why = answer.refusal().get();
                ask.command.replyTo().tell(new RoomReply.Refused(room.name(), ask.command, why));
                return;
            }
            RoomName from = room.nameToCome();
            room.willBeCalled(answer.to());
            stand.accept(new Notice(
                    ask.by,
                    new RoomEvent.RoomRenamed(
                            from, answer.to(), ask.by.nick(), ask.by.profile(), ask.command.reason(), ticks.now())));
        });
    }

    /** The answer will come all the same. */
    void on(Late late) {
        asked.filter(ask -> ask.command.equals(late.asked))
                .ifPresent(ask -> ask.command.replyTo().tell(new RoomReply.InDoubt(room.name(), ask.command)));
    }
}
