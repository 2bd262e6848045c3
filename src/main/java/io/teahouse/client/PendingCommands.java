package io.teahouse.client;

import io.teahouse.client.MembershipEffect.Doubt;
import io.teahouse.client.MembershipEffect.Refuse;
import io.teahouse.client.MembershipEffect.Repeat;
import io.teahouse.room.EventBatch;
import io.teahouse.room.Refusal;
import io.teahouse.room.Refusal.Reason;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The commands of one client to one room whose effect it has not seen yet, oldest first. Keeps the {@link
 * MembershipTotals} up to date. Without actors.
 */
final class PendingCommands {
    private static final class Command {
        /** 0: the command has no reply, only its event. */
        final long number;

        final Outcome outcome;

        /** Whether the outcome is late: nothing waits for it any more. */
        boolean inDoubt;

        Command(long number, Outcome outcome) {
            this.number = number;
            this.outcome = outcome;
        }
    }

    private static final ArrayDeque<Command> NONE = new ArrayDeque<>(1);
    private static final Refusal LOST =
            new Refusal(Reason.NOT_STORED, "your last message was not stored, nobody saw it: say it again");

    private final MembershipTotals totals;

    /** An idle client has no deque of its own. */
    private ArrayDeque<Command> commands = NONE;

    private int inDoubt;

    PendingCommands(MembershipTotals totals) {
        this.totals = totals;
    }

    boolean isEmpty() {
        return commands.isEmpty();
    }

    int size() {
        return commands.size();
    }

    boolean contains(long number) {
        return find(number).isPresent();
    }

    private Optional<Command> find(long number) {
        for (Command each : commands) {
            if (each.number == number) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /** @param number 0: the command has no reply, only its event */
    void add(long number, Outcome outcome) {
        if (commands == NONE) {
            commands = new ArrayDeque<>(4);
        }
        commands.addLast(new Command(number, outcome));
        totals.outstanding++;
    }

    void clear() {
        totals.outstanding -= commands.size() - inDoubt;
        commands = NONE;
        inDoubt = 0;
    }

    // Events

    /** Whether an event is the effect of a command of the client; an invitation has a reply instead. */
    static boolean isEffect(EventBatch batch, int index, CurrentUser me) {
        RoomEvent event = batch.events().get(index);
        boolean own = batch.isLive() ? batch.isCausedBy(me.ref(), index) : event.isBy(me.shown());
        return own && !(event instanceof RoomEvent.Invited);
    }

    /** The client has seen the effect of the oldest command: a room publishes the effects of one client in order. */
    void settleOldest() {
        if (!commands.isEmpty()) {
            Command oldest = commands.getFirst();
            settle(oldest);
            oldest.outcome.done();
        }
    }

    private void settle(Command command) {
        commands.removeFirstOccurrence(command);
        commands = commands.isEmpty() ? NONE : commands;
        if (command.inDoubt) {
            inDoubt--;
        } else {
            totals.outstanding--;
        }
    }

    // Replies and failures

    /** The room has replied to a command. */
    void on(RoomReply reply, Consumer<MembershipEffect> effects) {
        find(reply.number()).ifPresent(command -> on(reply, command, effects));
    }

    private void on(RoomReply reply, Command command, Consumer<MembershipEffect> effects) {
        if (reply instanceof RoomReply.Refused refused) {
            settle(command);
            effects.accept(new Refuse(command.outcome, refused));
        } else if (reply instanceof RoomReply.ModesSet set) {
            if (!set.changed()) {
                settle(command);
            }
            for (Refusal why : set.refusals()) {
                effects.accept(new Refuse(command.outcome, new RoomReply.Refused(set.room(), set.number(), "", why)));
            }
        } else if (reply instanceof RoomReply.InDoubt doubt) {
            doubt(command, doubt, effects);
        } else if (reply instanceof RoomReply.Done) { // its event was missed
            settle(command);
            command.outcome.done();
        } else if (reply instanceof RoomReply.Repeated repeated) {
            settle(command);
            effects.accept(new Repeat(command.outcome, repeated));
        }
    }

    /** The room does not answer: nothing waits for any command any more. */
    void doubtAll(RoomName room, Consumer<MembershipEffect> effects) {
        for (Command each : commands) {
            doubt(each, new RoomReply.InDoubt(room, each.number, ""), effects);
        }
    }

    private void doubt(Command command, RoomReply.InDoubt doubt, Consumer<MembershipEffect> effects) {
        if (!command.inDoubt) {
            command.inDoubt = true;
            inDoubt++;
            totals.outstanding--;
            effects.accept(new Doubt(command.outcome, doubt));
        }
    }

    /** The oldest commands were lost when the room failed. */
    void lose(int count, RoomName room, Consumer<MembershipEffect> effects) {
        for (int i = 0; i < count && !commands.isEmpty(); i++) {
            Command lost = commands.getFirst();
            settle(lost);
            effects.accept(new Refuse(lost.outcome, new RoomReply.Refused(room, lost.number, "", LOST)));
        }
    }
}
