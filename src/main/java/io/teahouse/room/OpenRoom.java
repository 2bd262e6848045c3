package io.teahouse.room;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.japi.function.Function;
import io.teahouse.room.RoomActor.Command;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The second phase of a room, in which it is used: gives each command to the part that knows what to do. What happens
 * stands in one {@link PendingQueue}, in which it is put by {@link FlushScheduler}, stored by {@link LogWriter}, and shown by
 * {@link EventPublisher}.
 */
final class OpenRoom extends AbstractBehavior<Command> {
    private final Room room;
    private final DuplicateDetector repeats;
    private final PendingQueue line = new PendingQueue();
    private final LogWriter writer;
    private final EventPublisher publisher;
    private final FlushScheduler scheduler;
    private final CommandGuard guard;
    private final MessageHandler speech;
    private final MemberHandler attendance;
    private final Moderation moderation;
    private final RoomMetadata metadata;
    private final RenameRequest naming;
    private final PastReader past;
    private final RegistrationSaver saver;

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
        context.setLoggerName(RoomActor.class);
        RoomSettings settings = parts.settings();
        RoomPolicy policy = parts.policy();
        RoomLog log = parts.log();
        Duration patience = settings.log().timeout();
        Duration lifetime = settings.invitations().lifetime();
        MonotonicClock time = new MonotonicClock(parts.clock(), opened.lastTime());
        repeats = new DuplicateDetector(settings.repeats(), settings.memory().repeats());
        boolean goesOn = opened.kept().isPresent() || former.isPresent();
        opened.recent().forEach(event -> repeats.remember(event, goesOn ? opened.session() : RoomLog.FOR_ALL));
        ActorRef<RoomSummary> observer =
                parts.observer().orElseGet(() -> context.getSystem().ignoreRef());
        room = asItWasLeft(parts, former, opened, time);
        log.readableBy(room.session());
        writer = new LogWriter(context, timers, log, line, room, opened, settings, time);
        Subscribers subscribers = new Subscribers();
        publisher =
                new EventPublisher(context, room, subscribers, log, opened.generation(), repeats, observer, settings);
        scheduler = new FlushScheduler(context, timers, subscribers, line, writer, publisher);
        Consumer<PendingEntry> stand = scheduler::stand;
        guard = new CommandGuard(room);
        VisibilitySession sessions = new VisibilitySession(room, policy, log, repeats);
        Submission submission = new Submission(
                room,
                guard,
                line,
                writer,
                repeats,
                sessions,
                time,
                settings.limits().maxPending(),
                stand);
        speech = new MessageHandler(room, policy, guard, time, opened.identity(), submission, stand);
        saver = new RegistrationSaver(
                context, timers, log, opened.generation(), room, settings.log().retryInterval());
        attendance = new MemberHandler(context, room, policy, guard, sessions, saver, time, publisher, stand, lifetime);
        past = new PastReader(context, room, log, opened, patience);
        naming = new RenameRequest(context, room, policy, guard, parts.lifecycle(), time, stand, patience);
        metadata = new RoomMetadata(room, policy, guard, time, saver, stand);
        moderation = new Moderation(room, policy, guard, time, saver, stand, lifetime);
    }

    private static Room asItWasLeft(
            RoomParts parts, Optional<RoomState> former, RoomLog.Opened opened, MonotonicClock time) {
        Room room = new Room(parts.name(), parts.settings(), time.now());
        room.count(opened.lastSeq());
        room.session(opened.session());
        opened.kept().ifPresent(room::keep);
        former.ifPresent(room::goOn);
        opened.openTopic().ifPresent(event -> room.topic(Topic.of(event), RoomLog.FOR_ALL));
        opened.topic().ifPresent(event -> room.topic(Topic.of(event), opened.session()));
        return room;
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(RoomActor.Say.class, by(speech::say))
                .onMessageEquals(FlushScheduler.Flush.FLUSH, this::onFlush)
                .onMessage(LogWriter.Signal.class, this::onLog)
                .onMessage(RoomActor.Join.class, by(attendance::join))
                .onMessage(RoomActor.Leave.class, by(attendance::leave))
                .onMessage(RoomActor.Unsubscribe.class, by(attendance::unsubscribe))
                .onMessage(MemberHandler.Lost.class, by(attendance::lose))
                .onMessage(RoomActor.Names.class, this::onNames)
                .onMessage(RoomActor.Signal.class, by(speech::signal))
                .onMessage(RoomActor.SayFromOutside.class, by(speech::sayFromOutside))
                .onMessage(RoomActor.ChangeProfile.class, by(attendance::changeProfile))
                .onMessage(RoomActor.SetModes.class, by(moderation::setModes))
                .onMessage(RoomActor.ServerOperator.class, by(moderation::serve))
                .onMessage(RoomActor.Describe.class, this::onDescribe)
                .onMessage(RoomActor.Invite.class, by(moderation::invite))
                .onMessage(RoomActor.Rename.class, by(attendance::rename))
                .onMessage(RoomActor.SetTopic.class, by(speech::setTopic))
                .onMessage(RoomActor.Kick.class, by(attendance::kick))
                .onMessage(RoomActor.RenameRoom.class, by(naming::ask))
                .onMessage(RoomActor.NameAnswer.class, by(naming::onAnswer))
                .onMessage(RenameRequest.Late.class, by(naming::onLate))
                .onMessage(RoomActor.SetMetadata.class, by(metadata::set))
                .onMessage(RoomActor.ClearMetadata.class, by(metadata::clear))
                .onMessage(RoomActor.GetMetadata.class, by(metadata::get))
                .onMessage(RoomActor.TellMetadata.class, by(metadata::tell))
                .onMessage(RoomActor.History.class, this::onHistory)
                .onMessage(RoomActor.Redact.class, this::onRedact)
                .onMessage(PastReader.Found.class, this::onFound)
                .onMessage(RegistrationSaver.Signal.class, by(saver::on))
                .onMessage(EventPublisher.CaughtUp.class, by(publisher::onCaughtUp))
                .onMessage(RoomActor.StopIfEmpty.class, this::onStopIfEmpty)
                .onMessage(RoomActor.Stop.class, stop -> Behaviors.stopped())
                .onSignal(PostStop.class, stopped -> onStopped())
                .build();
    }

    /** Also after a failure. */
    private Behavior<Command> onStopped() {
        repeats.close();
        room.close();
        return this;
    }

    /** The part does it, and the room goes on. */
    private <C extends Command> Function<C, Behavior<Command>> by(Consumer<C> part) {
        return command -> {
            part.accept(command);
            return this;
        };
    }

    private Behavior<Command> onFlush() {
        scheduler.flush();
        return this;
    }

    private Behavior<Command> onLog(LogWriter.Signal signal) {
        writer.on(signal);
        scheduler.advance();
        return this;
    }

    // Questions: what was asked for before them is seen in the answer

    private Behavior<Command> onNames(RoomActor.Names names) {
        scheduler.advance();
        attendance.names(names);
        return this;
    }

    private Behavior<Command> onDescribe(RoomActor.Describe describe) {
        scheduler.advance();
        moderation.describe(describe);
        return this;
    }

    private Behavior<Command> onHistory(RoomActor.History asked) {
        scheduler.advance();
        guard.member(asked, asked.member()).ifPresent(member -> past.read(asked, member));
        return this;
    }

    private Behavior<Command> onRedact(RoomActor.Redact redact) {
        if (guard.member(redact, redact.member()).isPresent()) {
            past.find(redact.target(), found -> speech.redact(redact, found));
        }
        return this;
    }

    private Behavior<Command> onFound(PastReader.Found found) {
        past.on(found);
        scheduler.advance();
        return this;
    }

    private Behavior<Command> onStopIfEmpty(RoomActor.StopIfEmpty stop) {
        int unused = room.name().isConversation() ? 1 : 0;
        if (room.size() <= unused && line.isEmpty() && saver.isSettled()) {
            return Behaviors.stopped();
        }
        stop.replyTo().tell(new RoomLifecycle.StillUsed(room.name()));
        return this;
    }
}
