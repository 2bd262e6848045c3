package io.teahouse.room;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.Signal;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.japi.function.Function;
import io.teahouse.room.RoomActor.Command;
import io.teahouse.room.support.MonotonicClock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The second phase of a room, in which it is used: passes each command to its handler. What the handlers do goes
 * through one {@link PendingQueue}, which stores it and passes it to the {@link EventPublisher}; {@link FlushScheduler}
 * decides when.
 */
final class OpenRoom extends AbstractBehavior<Command> {
    /** The time is over in which users of a relay that has ended could come back. */
    private record NotReturned(ActorRef<?> owner) implements RoomActor.Internal {}

    /** The time is over in which former members were expected to rejoin. */
    private record RejoinOver() implements RoomActor.Internal {}

    /** A list of names that is not complete yet is tried again. */
    private static final Duration SOON = Duration.ofMillis(50);

    private final Fanout.Factory fanout;
    private final Room room;
    private final DuplicateDetector repeats;
    private final EventPublisher publisher;
    private final FlushScheduler scheduler;
    private final PendingQueue queue;
    private final RoomContext shared;
    private final MessageHandler messages;
    private final MemberHandler members;
    private final Moderation moderation;
    private final RoomMetadata metadata;
    private final RenameRequest renames;
    private final PastReader past;
    private final RegistrationSaver saver;
    private final OperatorHandler operators;

    /** How many members there should be soon. */
    private int expected;

    /** @param former the state that members of the room are about to rejoin in */
    static Behavior<Command> create(RoomParts parts, Optional<RoomState> former, RoomLog.Opened opened) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new OpenRoom(context, timers, parts, former, opened)));
    }

    private OpenRoom(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            RoomParts parts,
            Optional<RoomState> former,
            RoomLog.Opened opened) {
        super(context);
        MonotonicClock time = new MonotonicClock(parts.clock(), opened.lastTime());
        room = asItWasLeft(parts, former, opened, time);
        fanout = parts.fanout();
        Fanout subscribers = fanout.create(context, opened.generation());
        shared = new RoomContext(
                context, timers, room, parts.policy(), parts.settings(), parts.log(), opened, time, subscribers);
        repeats = repeats(parts.settings(), former, opened);
        parts.log().readableBy(room.session());
        publisher = new EventPublisher(
                shared,
                repeats,
                parts.observer().orElseGet(() -> context.getSystem().ignoreRef()),
                new MissedChanges(time, former.isPresent()));
        scheduler = new FlushScheduler(shared);
        queue = new PendingQueue(shared, scheduler, publisher::publish);
        VisibilitySession sessions = new VisibilitySession(shared, repeats);
        messages = new MessageHandler(shared, queue, repeats, sessions);
        saver = new RegistrationSaver(shared);
        members = new MemberHandler(shared, sessions, saver, publisher, queue);
        past = new PastReader(shared);
        renames = new RenameRequest(shared, parts.lifecycle(), queue);
        metadata = new RoomMetadata(shared, saver, queue);
        moderation = new Moderation(shared, saver, queue);
        operators = new OperatorHandler(shared, moderation, members, renames, past, saver, queue, sessions);
        if (former.isPresent() && !subscribers.rejoinWithin().isZero()) {
            expected = former.get().members();
            context.scheduleOnce(subscribers.rejoinWithin(), context.getSelf(), new RejoinOver());
        }
    }

    /** Loads the recent messages of the log; if the session continues, with their session. */
    private static DuplicateDetector repeats(RoomSettings settings, Optional<RoomState> former, RoomLog.Opened opened) {
        DuplicateDetector repeats =
                new DuplicateDetector(settings.repeats(), settings.memory().repeats());
        boolean goesOn = opened.kept().isPresent() || former.isPresent();
        opened.recent().forEach(event -> repeats.remember(event, goesOn ? opened.session() : RoomLog.FOR_ALL));
        return repeats;
    }

    private static Room asItWasLeft(
            RoomParts parts, Optional<RoomState> former, RoomLog.Opened opened, MonotonicClock time) {
        Room room = new Room(parts.name(), parts.settings(), time.now());
        room.count(opened.lastSeq());
        room.session(opened.session());
        opened.kept().ifPresent(room::keep);
        former.ifPresent(room::restore);
        opened.openTopic().ifPresent(event -> room.topic(event.topic(), RoomLog.FOR_ALL));
        opened.topic().ifPresent(event -> room.topic(event.topic(), opened.session()));
        return room;
    }

    /** Matches the two commands of every message by hand, and all others by the table. */
    @Override
    public Receive<Command> createReceive() {
        Receive<Command> table = table();
        return new Receive<>() {
            @Override
            public Behavior<Command> receiveMessage(Command command) throws Exception {
                if (command instanceof RoomActor.Say say) {
                    messages.say(say);
                    return OpenRoom.this;
                } else if (command == FlushScheduler.Flush.FLUSH) {
                    return onFlush();
                } else if (command instanceof RoomActor.Passed passed) {
                    return isNew(passed) && !answerIfRepeated(passed)
                            ? receiveMessage(passed.command())
                            : OpenRoom.this;
                }
                return table.receiveMessage(command);
            }

            @Override
            public Behavior<Command> receiveSignal(Signal signal) throws Exception {
                return table.receiveSignal(signal);
            }
        };
    }

    private Receive<Command> table() {
        return newReceiveBuilder()
                .onMessage(PendingQueue.Signal.class, this::onLog)
                .onMessage(RoomActor.Join.class, by(members::join))
                .onMessage(RoomActor.Leave.class, by(members::leave))
                .onMessage(RoomActor.Unsubscribe.class, by(members::unsubscribe))
                .onMessage(RoomActor.Attach.class, by(publisher::attach))
                .onMessage(RoomActor.TellNewest.class, by(shared.fanout()::tellNewest))
                .onMessage(RoomActor.Names.class, this::onNames)
                .onMessage(RoomActor.Signal.class, by(messages::signal))
                .onMessage(RoomActor.SayFromOutside.class, by(messages::sayFromOutside))
                .onMessage(RoomActor.ChangeProfile.class, by(members::changeProfile))
                .onMessage(RoomActor.SetModes.class, by(moderation::setModes))
                .onMessage(RoomActor.ServerOperator.class, by(moderation::serve))
                .onMessage(RoomActor.Describe.class, this::onDescribe)
                .onMessage(RoomActor.Invite.class, by(moderation::invite))
                .onMessage(RoomActor.Rename.class, by(members::rename))
                .onMessage(RoomActor.SetTopic.class, by(messages::setTopic))
                .onMessage(RoomActor.Kick.class, by(members::kick))
                .onMessage(RoomActor.RenameRoom.class, by(renames::ask))
                .onMessage(RoomActor.NameAnswer.class, by(renames::onAnswer))
                .onMessage(RenameRequest.Late.class, by(renames::onLate))
                .onMessage(RoomActor.SetMetadata.class, by(metadata::set))
                .onMessage(RoomActor.ClearMetadata.class, by(metadata::clear))
                .onMessage(RoomActor.GetMetadata.class, by(metadata::get))
                .onMessage(RoomActor.TellMetadata.class, by(metadata::tell))
                .onMessage(RoomActor.History.class, this::onHistory)
                .onMessage(RoomActor.Redact.class, this::onRedact)
                .onMessage(RoomActor.Operate.class, this::onOperate)
                .onMessage(PastReader.Found.class, this::onFound)
                .onMessage(RegistrationSaver.Signal.class, by(saver::on))
                .onMessage(EventPublisher.CaughtUp.class, by(publisher::onCaughtUp))
                .onMessage(EventPublisher.LookedAhead.class, by(publisher::onLookedAhead))
                .onMessage(NotReturned.class, this::onNotReturned)
                .onMessage(RejoinOver.class, over -> onRejoinOver())
                .onMessage(RoomActor.StopIfEmpty.class, this::onStopIfEmpty)
                .onMessage(RoomActor.Stop.class, stop -> Behaviors.stopped())
                .onMessage(RoomActor.Moved.class, this::onMoved)
                .onSignal(Terminated.class, this::onTerminated)
                .onSignal(PostStop.class, stopped -> onStopped())
                .build();
    }

    /** Whether a command that a relay passes on has to be handled; otherwise it is answered again if it was. */
    private boolean isNew(RoomActor.Passed passed) {
        Fanout.Handling handling = shared.fanout().handling(passed);
        if (handling == Fanout.Handling.ANSWER_AGAIN && passed.command() instanceof RoomActor.Asking asked) {
            answerAgain(asked);
        }
        return handling == Fanout.Handling.HANDLE;
    }

    /** Whether it is a message that the room, or a former one, has got before. */
    private boolean answerIfRepeated(RoomActor.Passed passed) {
        return passed.author().isPresent()
                && passed.command() instanceof RoomActor.Say say
                && messages.answerIfRepeated(say, passed.author().get());
    }

    private void answerAgain(RoomActor.Asking asked) {
        if (queue.isStoreAway()) {
            shared.fanout().replyAgain(asked, RoomReply.InDoubt.of(room.name(), asked));
        } else {
            queue.enqueue(new PendingEntry.Repeat(asked));
        }
    }

    private Behavior<Command> onTerminated(Terminated ended) {
        ActorRef<Void> owner = ended.getRef();
        Duration patience = publisher.detach(owner);
        if (patience.isZero()) {
            members.lose(owner);
        } else {
            getContext().scheduleOnce(patience, getContext().getSelf(), new NotReturned(owner));
        }
        return this;
    }

    private Behavior<Command> onNotReturned(NotReturned late) {
        members.lose(late.owner);
        return this;
    }

    private Behavior<Command> onMoved(RoomActor.Moved moved) {
        onStopped();
        return MovedRoom.create(fanout, moved.to());
    }

    /** Also after a failure. */
    private Behavior<Command> onStopped() {
        repeats.close();
        room.close();
        return this;
    }

    /** The handler takes the command, and the room stays open. */
    private <C extends Command> Function<C, Behavior<Command>> by(Consumer<C> part) {
        return command -> {
            part.accept(command);
            return this;
        };
    }

    private Behavior<Command> onFlush() {
        scheduler.flushed();
        queue.flush();
        return this;
    }

    private Behavior<Command> onLog(PendingQueue.Signal signal) {
        queue.on(signal);
        queue.flush();
        return this;
    }

    // Queries: their answers reflect all earlier commands

    /** Waits for those who are about to rejoin, but not for ever: some may have left meanwhile. */
    private Behavior<Command> onNames(RoomActor.Names names) {
        queue.flush();
        if (room.shownCount() < expected) {
            getContext().scheduleOnce(SOON, getContext().getSelf(), names);
        } else {
            expected = 0;
            members.names(names);
        }
        return this;
    }

    private Behavior<Command> onRejoinOver() {
        expected = 0;
        return this;
    }

    private Behavior<Command> onDescribe(RoomActor.Describe describe) {
        queue.flush();
        moderation.describe(describe);
        return this;
    }

    private Behavior<Command> onHistory(RoomActor.History asked) {
        queue.flush();
        shared.requireMember(asked, asked.member()).ifPresent(member -> past.read(asked, member));
        return this;
    }

    private Behavior<Command> onRedact(RoomActor.Redact redact) {
        if (shared.requireMember(redact, redact.member()).isPresent()) {
            past.find(redact.target(), found -> messages.redact(redact, found));
        }
        return this;
    }

    private Behavior<Command> onOperate(RoomActor.Operate operate) {
        queue.flush();
        operators.on(operate);
        return this;
    }

    private Behavior<Command> onFound(PastReader.Found found) {
        past.on(found);
        queue.flush();
        return this;
    }

    private Behavior<Command> onStopIfEmpty(RoomActor.StopIfEmpty stop) {
        int unused = room.name().isConversation() ? 1 : 0;
        if (room.size() <= unused && queue.isEmpty() && saver.isSettled()) {
            return Behaviors.stopped();
        }
        stop.replyTo().tell(new RoomLifecycle.StillUsed(room.name()));
        return this;
    }
}
