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
import java.util.function.Consumer;

/**
 * The second phase of a room, in which it is used: gives each command to the part that knows what to do. What happens
 * stands in one {@link Line}, in which it is put by {@link Pacing}, stored by {@link LogWriter}, and shown by
 * {@link Release}.
 */
final class OpenRoom extends AbstractBehavior<Command> {
    private final Room room;
    private final Repeats repeats;
    private final Line line = new Line();
    private final LogWriter writer;
    private final Release release;
    private final Pacing pacing;
    private final Gate gate;
    private final RoomSpeech speech;
    private final Attendance attendance;
    private final Moderation moderation;
    private final RoomMetadata metadata;
    private final NameRequest naming;
    private final PastReader past;
    private final Keeper keeper;

    static Behavior<Command> create(RoomParts parts, RoomLog.Opened opened) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> new OpenRoom(context, timers, parts, opened)));
    }

    private OpenRoom(
            ActorContext<Command> context, TimerScheduler<Command> timers, RoomParts parts, RoomLog.Opened opened) {
        super(context);
        context.setLoggerName(RoomActor.class);
        RoomSettings settings = parts.settings();
        RoomPolicy policy = parts.policy();
        RoomLog log = parts.log();
        Duration patience = settings.appendTimeout();
        Duration lifetime = settings.invitations().lifetime();
        Ticks ticks = new Ticks(parts.clock(), opened.lastTime());
        repeats = new Repeats(settings.repeats(), settings.memory().repeats());
        boolean goesOn = opened.kept().isPresent() || parts.before().isPresent();
        opened.recent().forEach(event -> repeats.remember(event, goesOn ? log.sitting() : RoomLog.FOR_ALL));
        ActorRef<RoomSummary> observer =
                parts.observer().orElseGet(() -> context.getSystem().ignoreRef());
        room = asItWasLeft(parts, opened, ticks);
        writer = new LogWriter(context, timers, log, line, room, opened, settings, ticks);
        release = new Release(context, room, log, repeats, observer, settings);
        pacing = new Pacing(context, timers, room, line, writer, release);
        Consumer<Entry> stand = pacing::stand;
        gate = new Gate(room);
        Sittings sittings = new Sittings(room, policy, log, repeats);
        Submission submission =
                new Submission(room, gate, line, writer, repeats, sittings, ticks, settings.maxPending(), stand);
        speech = new RoomSpeech(room, policy, gate, ticks, opened.identity(), submission, stand);
        keeper = new Keeper(context, timers, log, room, settings.retryInterval());
        attendance = new Attendance(context, room, policy, gate, sittings, keeper, ticks, release, stand, lifetime);
        past = new PastReader(context, room, log, opened, patience);
        naming = new NameRequest(context, room, policy, gate, parts.directory(), ticks, stand, patience);
        metadata = new RoomMetadata(room, policy, gate, ticks, keeper, stand);
        moderation = new Moderation(room, policy, gate, ticks, keeper, stand, lifetime);
    }

    private static Room asItWasLeft(RoomParts parts, RoomLog.Opened opened, Ticks ticks) {
        Room room = new Room(parts.name(), parts.settings(), ticks.now());
        room.count(opened.lastSeq());
        opened.kept().ifPresent(room::keep);
        parts.before().ifPresent(room::goOn);
        opened.openTopic().ifPresent(event -> room.topic(Topic.of(event), RoomLog.FOR_ALL));
        opened.topic()
                .ifPresent(event -> room.topic(Topic.of(event), parts.log().sitting()));
        return room;
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(RoomActor.Say.class, by(speech::say))
                .onMessageEquals(Pacing.Flush.FLUSH, this::onFlush)
                .onMessage(LogWriter.Signal.class, this::onLog)
                .onMessage(RoomActor.Join.class, by(attendance::join))
                .onMessage(RoomActor.Leave.class, by(attendance::leave))
                .onMessage(Attendance.Lost.class, by(attendance::lose))
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
                .onMessage(NameRequest.Late.class, by(naming::onLate))
                .onMessage(RoomActor.SetMetadata.class, by(metadata::set))
                .onMessage(RoomActor.ClearMetadata.class, by(metadata::clear))
                .onMessage(RoomActor.GetMetadata.class, by(metadata::get))
                .onMessage(RoomActor.TellMetadata.class, by(metadata::tell))
                .onMessage(RoomActor.History.class, this::onHistory)
                .onMessage(RoomActor.Redact.class, this::onRedact)
                .onMessage(PastReader.Found.class, this::onFound)
                .onMessage(Keeper.Signal.class, by(keeper::on))
                .onMessage(Release.CaughtUp.class, by(release::onCaughtUp))
                .onMessage(RoomActor.StopIfEmpty.class, this::onStopIfEmpty)
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
        pacing.flush();
        return this;
    }

    private Behavior<Command> onLog(LogWriter.Signal signal) {
        writer.on(signal);
        pacing.advance();
        return this;
    }

    // Questions: what was asked for before them is seen in the answer

    private Behavior<Command> onNames(RoomActor.Names names) {
        pacing.advance();
        attendance.names(names);
        return this;
    }

    private Behavior<Command> onDescribe(RoomActor.Describe describe) {
        pacing.advance();
        moderation.describe(describe);
        return this;
    }

    private Behavior<Command> onHistory(RoomActor.History asked) {
        pacing.advance();
        gate.member(asked, asked.member()).ifPresent(member -> past.read(asked, member));
        return this;
    }

    private Behavior<Command> onRedact(RoomActor.Redact redact) {
        if (gate.member(redact, redact.member()).isPresent()) {
            past.find(redact.target(), found -> speech.redact(redact, found));
        }
        return this;
    }

    private Behavior<Command> onFound(PastReader.Found found) {
        past.on(found);
        pacing.advance();
        return this;
    }

    private Behavior<Command> onStopIfEmpty(RoomActor.StopIfEmpty stop) {
        int unused = room.name().isConversation() ? 1 : 0;
        if (room.size() <= unused && line.isEmpty() && keeper.isSettled()) {
            return Behaviors.stopped();
        }
        stop.replyTo().tell(new RoomActor.StillUsed(room.name()));
        return this;
    }
}
