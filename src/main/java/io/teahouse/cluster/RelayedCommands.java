package io.teahouse.cluster;

import akka.actor.typed.ActorRef;
import io.teahouse.room.OutgoingMessage;
import io.teahouse.room.Profile;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomOperation;
import io.teahouse.room.RoomReply;
import io.teahouse.room.UserId;
import io.teahouse.room.support.IdGenerator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The commands that a {@link RoomRelay} has accepted and that the room has not answered yet, in order: first those that
 * were sent, then those that wait for their turn. All are sent again when the room starts again elsewhere, and their
 * numbers are the same. A message without a client id gets one here, so that it is shown once.
 */
final class RelayedCommands {
    /** The approximate memory of a command without its text. */
    private static final int BYTES = 512;

    static final class Pending {
        /** Counts the commands of the relay. */
        final long number;

        /** As it came. */
        final RoomActor.Command asked;

        /** With the relay's own number and reference. */
        final RoomActor.Command sent;

        /** The subscriber whose event is the answer, or whose join this is; null: it is answered otherwise. */
        private final @Nullable ActorRef<RoomEvent> sender;

        private final long bytes;

        /** Of a message that is sent again: its author, who may be no member any more. */
        private Optional<UserId> author = Optional.empty();

        /** Whether it was sent to a room, perhaps to one that has ended since. */
        private boolean wasSent;

        /** Whether this room has it. */
        private boolean isUnderWay;

        private boolean isSettled;

        /** The sender has been told that it may be late. */
        private boolean inDoubt;

        private Pending(
                long number, RoomActor.Command asked, RoomActor.Command sent, @Nullable ActorRef<RoomEvent> sender) {
            this.number = number;
            this.asked = asked;
            this.sent = sent;
            this.sender = sender;
            this.bytes = bytes(asked);
        }

        Optional<UserId> author() {
            return author;
        }

        /** Whether it is one of those that the room has at once. One in doubt may be so for long, and delays no others. */
        private boolean fillsWindow() {
            return isUnderWay && !inDoubt;
        }

        /** Whether the room may have done it, and does not recognize it if the client asks again. */
        private boolean mayHaveHappened() {
            boolean mustNotBeRepeated = asked instanceof RoomActor.Asking asking && !asking.isRepeatable();
            return wasSent && (mustNotBeRepeated || asked instanceof RoomActor.Saying);
        }
    }

    private final ActorRef<RoomReply> relay;
    private final long mostBytes;
    private final int window;
    private final Map<Long, Pending> all = new LinkedHashMap<>();
    private final Deque<Pending> unsent = new ArrayDeque<>(0);
    private final Map<ActorRef<RoomEvent>, Deque<Pending>> bySender = new HashMap<>();
    private long numbers;
    private long bytes;
    private int underWay;

    /**
     * @param relay the sender of the commands, as the room knows it
     * @param mostBytes how much may be pending, approximately
     * @param window how many commands the room may have at once: it refuses those that it has no room for
     */
    RelayedCommands(ActorRef<RoomReply> relay, long mostBytes, int window) {
        this.relay = relay;
        this.mostBytes = mostBytes;
        this.window = window;
    }

    private static long bytes(RoomActor.Command command) {
        if (command instanceof RoomActor.Saying saying) {
            OutgoingMessage message = saying.message();
            return BYTES
                    + (long) Character.BYTES * message.text().length()
                    + message.attributes().bytes();
        }
        return command instanceof RoomActor.Signal signal
                ? BYTES + signal.attributes().bytes()
                : BYTES;
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    boolean isFull() {
        return bytes >= mostBytes;
    }

    /** The number of the oldest that the room has, and has said nothing about; 0 if there is none. */
    long oldest() {
        for (Pending each : all.values()) {
            if (each.fillsWindow()) {
                return each.number;
            }
        }
        return 0;
    }

    // To the room

    void add(RoomActor.Command command) {
        long number = ++numbers;
        Pending pending = new Pending(number, command, toSend(command, number), sender(command));
        all.put(number, pending);
        unsent.add(pending);
        bytes += pending.bytes;
        if (pending.sender != null) {
            bySender.computeIfAbsent(pending.sender, sender -> new ArrayDeque<>(4))
                    .add(pending);
        }
    }

    private RoomActor.Command toSend(RoomActor.Command command, long number) {
        if (!(command instanceof RoomActor.Asking)) {
            return command;
        } else if (command instanceof RoomActor.Join join) {
            return RecordCodec.copy(join, "user", owned(join.user()), "number", number, "replyTo", relay);
        }
        return RecordCodec.copy(withClientId(command), "number", number, "replyTo", relay);
    }

    /** The relay owns the members of its node: when the node dies, the room sees one actor end. */
    RoomActor.Identity owned(RoomActor.Identity user) {
        return RecordCodec.copy(user, "owner", relay);
    }

    private static RoomActor.Command withClientId(RoomActor.Command asked) {
        if (!(asked instanceof RoomActor.Saying saying) || !saying.clientId().isEmpty()) {
            return asked;
        }
        OutgoingMessage message = saying.message();
        return RecordCodec.copy(
                asked,
                "message",
                new OutgoingMessage(
                        message.kind(),
                        message.text(),
                        message.attributes(),
                        message.audience(),
                        IdGenerator.process().nextText(),
                        message.query()));
    }

    private static @Nullable ActorRef<RoomEvent> sender(RoomActor.Command asked) {
        if (asked instanceof RoomActor.Say say) {
            return say.member();
        } else if (asked instanceof RoomActor.Signal signal) {
            return signal.member();
        } else if (asked instanceof RoomActor.SetTopic topic) {
            return topic.member();
        } else if (asked instanceof RoomActor.Redact redact) {
            return redact.member();
        } else if (asked instanceof RoomActor.Kick kick) {
            return kick.by();
        } else if (asked instanceof RoomActor.RenameRoom rename) {
            return rename.member();
        } else if (asked instanceof RoomActor.Join join) {
            return join.subscriber().orElse(null);
        } else if (asked instanceof RoomActor.Unsubscribe unsubscribe) {
            return unsubscribe.subscriber();
        }
        return null;
    }

    /** The next one to send; null: none waits, or the room has as many as it may have at once. */
    @Nullable
    Pending next() {
        while (!unsent.isEmpty() && unsent.element().isSettled) {
            unsent.remove();
        }
        return underWay < window ? unsent.peek() : null;
    }

    /** {@link #next} is being sent. */
    void sent(Pending pending) {
        unsent.remove();
        pending.wasSent = true;
        pending.isUnderWay = true;
        underWay += pending.fillsWindow() ? 1 : 0;
    }

    /**
     * The room is gone: all have to be sent again.
     *
     * @param authors the user of a subscriber, as {@link Profile#senderId} has it
     */
    void rewind(Function<ActorRef<RoomEvent>, Optional<UserId>> authors) {
        unsent.clear();
        underWay = 0;
        for (Pending each : all.values()) {
            if (each.wasSent && each.asked instanceof RoomActor.Say say) {
                each.author = each.author.or(() -> authors.apply(say.member()));
            }
            each.isUnderWay = false;
            unsent.add(each);
        }
    }

    // Answers

    /** The command that a reply is for; it is not pending any more, unless more follows. */
    Optional<RoomActor.Asking> answered(RoomReply reply) {
        Pending pending = all.get(reply.number());
        if (pending == null || !(pending.asked instanceof RoomActor.Asking asking)) {
            return Optional.empty();
        } else if (!(reply instanceof RoomReply.InDoubt)) {
            settle(pending);
        } else if (pending.inDoubt) {
            return Optional.empty(); // once is enough
        } else {
            underWay -= pending.fillsWindow() ? 1 : 0;
            pending.inDoubt = true;
        }
        return Optional.of(asking);
    }

    /** An event that this subscriber caused is the answer to their oldest command of the kind. */
    void settle(ActorRef<RoomEvent> sender, RoomEvent event) {
        of(sender).stream()
                .filter(each -> isAnswer(event, each.sent))
                .findFirst()
                .ifPresent(this::settle);
    }

    /** Whether the event is the answer to a command that was sent before the room ended. */
    boolean isPending(ActorRef<RoomEvent> sender, RoomEvent event) {
        return of(sender).stream().anyMatch(each -> isAnswer(event, each.sent));
    }

    private Deque<Pending> of(ActorRef<RoomEvent> sender) {
        return bySender.getOrDefault(sender, new ArrayDeque<>(0));
    }

    private static boolean isAnswer(RoomEvent event, RoomActor.Command sent) {
        if (event instanceof RoomEvent.Said said) {
            return sent instanceof RoomActor.Say say && say.clientId().equals(said.clientId());
        } else if (event instanceof RoomEvent.Signalled) {
            return sent instanceof RoomActor.Signal;
        } else if (event instanceof RoomEvent.TopicChanged changed) {
            return sent instanceof RoomActor.SetTopic topic && topic.text().equals(changed.text());
        } else if (event instanceof RoomEvent.Redacted redacted) {
            return sent instanceof RoomActor.Redact redact && redact.target().equals(redacted.target());
        } else if (event instanceof RoomEvent.RoomRenamed) {
            return sent instanceof RoomActor.RenameRoom;
        }
        return event instanceof RoomEvent.Left && sent instanceof RoomActor.Kick;
    }

    /** The join of a subscriber was accepted, perhaps one before the last attachment; they may have asked more than once. */
    Optional<RoomActor.Join> joined(ActorRef<RoomEvent> subscriber) {
        return settleJoins(List.copyOf(of(subscriber)), (each, join) -> each.wasSent);
    }

    /** Whether the room may be about to accept a user. */
    boolean isJoining(UserId user) {
        return all.values().stream()
                .anyMatch(each -> each.isUnderWay
                        && each.asked instanceof RoomActor.Join join
                        && join.user().id().equals(user));
    }

    /** A user without a connection was accepted. */
    Optional<RoomActor.Join> placed(UserId user) {
        return settleJoins(
                List.copyOf(all.values()),
                (each, join) -> each.isUnderWay
                        && join.subscriber().isEmpty()
                        && join.user().id().equals(user));
    }

    private Optional<RoomActor.Join> settleJoins(List<Pending> some, BiPredicate<Pending, RoomActor.Join> which) {
        Optional<RoomActor.Join> latest = Optional.empty();
        for (Pending each : some) {
            if (each.asked instanceof RoomActor.Join join && which.test(each, join)) {
                settle(each);
                latest = Optional.of(join);
            }
        }
        return latest;
    }

    /** A user is no member any more. */
    void left(UserId user) {
        settleAll(each -> each.isUnderWay
                && each.asked instanceof RoomActor.Leave leave
                && leave.user().equals(user));
    }

    /** The room has ended a subscription. */
    void unsubscribed(ActorRef<RoomEvent> subscriber) {
        settleAll(each -> each.isUnderWay
                && each.asked instanceof RoomActor.Unsubscribe ended
                && ended.subscriber().equals(subscriber));
    }

    /** A command without an answer was handled by this room before. */
    void handled(long number) {
        Optional.ofNullable(all.get(number)).ifPresent(this::settle);
    }

    /** The room has been renamed: returns the commands of operators to do so. */
    List<RoomActor.Operate> renamed(RoomName to) {
        List<RoomActor.Operate> done = new ArrayList<>(1);
        settleAll(each -> each.isUnderWay
                && each.asked instanceof RoomActor.Operate operate
                && operate.what() instanceof RoomOperation.Rename rename
                && rename.to().equals(to)
                && done.add(operate));
        return done;
    }

    private void settleAll(Predicate<Pending> which) {
        List.copyOf(all.values()).stream().filter(which).forEach(this::settle);
    }

    /** It is not pending any more. */
    void settle(Pending pending) {
        if (all.remove(pending.number) == null) {
            return;
        }
        pending.isSettled = true;
        bytes -= pending.bytes;
        underWay -= pending.fillsWindow() ? 1 : 0;
        if (pending.sender != null) {
            bySender.computeIfPresent(pending.sender, (sender, theirs) -> {
                theirs.remove(pending);
                return theirs.isEmpty() ? null : theirs;
            });
        }
    }

    /** What was said, and no room has got, is not sent. */
    void refuseUnsent(Consumer<RoomActor.Asking> refuse) {
        for (Pending each : List.copyOf(unsent)) {
            boolean isSaid = each.asked instanceof RoomActor.Saying || each.asked instanceof RoomActor.Signal;
            if (isSaid && !each.wasSent && !each.isSettled) {
                settle(each);
                refuse.accept((RoomActor.Asking) each.asked);
            }
        }
    }

    /**
     * The room cannot be opened. What it may have done already stays pending.
     *
     * @param refuse is called for what the room has certainly not done
     * @param doubt is called once for the others
     */
    void giveUp(Consumer<RoomActor.Asking> refuse, Consumer<RoomActor.Asking> doubt) {
        for (Pending each : new ArrayList<>(all.values())) {
            if (each.mayHaveHappened()) {
                boolean told = each.inDoubt;
                each.inDoubt = true;
                if (!told) {
                    doubt.accept((RoomActor.Asking) each.asked);
                }
            } else if (each.asked instanceof RoomActor.Asking asking) {
                settle(each);
                refuse.accept(asking);
            }
        }
    }
}
