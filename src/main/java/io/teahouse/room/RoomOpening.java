package io.teahouse.room;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.StashBuffer;
import akka.actor.typed.javadsl.TimerScheduler;
import io.teahouse.room.RoomActor.Command;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The first phase of a room: it opens its log. Commands that arrive in the meantime are stashed, up to a limit. */
final class RoomOpening extends AbstractBehavior<Command> {
    private static final Refusal AWAY =
            new Refusal(Refusal.Reason.STORE_AWAY, "the store does not answer: try again later");

    private record Opened(int attempt, RoomLog.Opened state) implements RoomActor.Internal {}

    private record Failed(int attempt, String why) implements RoomActor.Internal {}

    private record Retry() implements RoomActor.Internal {}

    private final RoomParts parts;
    private final StashBuffer<Command> stash;
    private final TimerScheduler<Command> timers;
    private final long session;

    /** An answer to an earlier attempt may hold a generation that is not the current one any more. */
    private int attempt;

    private boolean away;

    /** Why nobody may enter: then the room never opens. */
    private Optional<Refusal> barred = Optional.empty();

    /** A log that answers at once costs no phase of its own. */
    static Behavior<Command> create(RoomParts parts) {
        return Behaviors.setup(context -> {
            long session = VisibilitySession.sessionOf(parts.before());
            CompletableFuture<RoomLog.Opened> answer = ask(parts.log(), session);
            if (answer.isDone()
                    && !answer.isCompletedExceptionally()
                    && answer.join().lookAlike().isEmpty()) {
                return OpenRoom.create(parts, answer.join());
            }
            return Behaviors.withTimers(timers -> Behaviors.withStash(
                    parts.settings().limits().maxPending(),
                    stash -> new RoomOpening(context, timers, stash, parts, session).await(answer)));
        });
    }

    private static CompletableFuture<RoomLog.Opened> ask(RoomLog log, long session) {
        try {
            return log.open(session).toCompletableFuture();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private RoomOpening(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            StashBuffer<Command> stash,
            RoomParts parts,
            long session) {
        super(context);
        context.setLoggerName(RoomActor.class);
        this.timers = timers;
        this.stash = stash;
        this.parts = parts;
        this.session = session;
    }

    private Behavior<Command> await(CompletableFuture<RoomLog.Opened> answer) {
        int number = ++attempt;
        getContext()
                .pipeToSelf(
                        answer,
                        (state, failure) ->
                                failure == null ? new Opened(number, state) : new Failed(number, failure.toString()));
        timers.startSingleTimer(
                "open",
                new Failed(number, "no answer in time"),
                parts.settings().log().timeout());
        return this;
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Opened.class, this::onOpened)
                .onMessage(Failed.class, this::onFailed)
                .onMessage(Retry.class, retry -> await(ask(parts.log(), session)))
                .onMessage(RoomActor.StopIfEmpty.class, this::onStopIfEmpty)
                .onMessage(RoomActor.Stop.class, stop -> onStop())
                .onMessage(Command.class, this::onOther)
                .build();
    }

    private Behavior<Command> onOpened(Opened opened) {
        if (opened.attempt != attempt) {
            return this;
        }
        timers.cancelAll();
        Optional<RoomName> other = opened.state.lookAlike();
        if (other.isPresent() && parts.before().isEmpty()) {
            barred = Optional.of(Refusal.looksLike(parts.name(), other.get()));
            stash.forEach(this::refuse);
            stash.clear();
            parts.observer()
                    .ifPresent(observer -> observer.tell(
                            RoomSummary.unused(parts.name(), getContext().getSelf())));
            return this;
        }
        return stash.unstashAll(OpenRoom.create(parts, opened.state));
    }

    private Behavior<Command> onFailed(Failed failed) {
        if (failed.attempt != attempt) {
            return this;
        }
        getContext().getLog().warn("room {} cannot be opened: {}", parts.name(), failed.why);
        away = true;
        timers.startSingleTimer("open", new Retry(), parts.settings().log().retryInterval());
        stash.forEach(this::refuse);
        stash.clear();
        return this;
    }

    /** It is not known yet who wants to come in, unless nobody may. */
    private Behavior<Command> onStopIfEmpty(RoomActor.StopIfEmpty stop) {
        if (barred.isPresent()) {
            return Behaviors.stopped();
        }
        stop.replyTo().tell(new RoomLifecycle.StillUsed(parts.name()));
        return this;
    }

    /** Those who wait do not watch the room yet. */
    private Behavior<Command> onStop() {
        stash.forEach(this::refuse);
        return Behaviors.stopped();
    }

    private Behavior<Command> onOther(Command command) {
        if (away || barred.isPresent() || stash.isFull()) {
            refuse(command);
        } else {
            stash.stash(command);
        }
        return this;
    }

    private void refuse(Command command) {
        if (command instanceof RoomActor.Asking asking) {
            asking.replyTo().tell(RoomReply.Refused.of(parts.name(), asking, barred.orElse(AWAY)));
        }
    }
}
