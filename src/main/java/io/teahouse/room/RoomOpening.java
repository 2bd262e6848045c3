package io.teahouse.room;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.StashBuffer;
import akka.actor.typed.javadsl.TimerScheduler;
import io.teahouse.room.RoomActor.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The first phase of a room: it asks for its former state, then opens its log. Commands that arrive in the meantime are
 * stashed, up to a limit.
 */
final class RoomOpening extends AbstractBehavior<Command> {
    private static final Refusal AWAY =
            new Refusal(Refusal.Reason.STORE_AWAY, "the store does not answer: try again later");

    private record Answered(int attempt, Optional<RoomState> former) implements RoomActor.Internal {}

    private record Opened(int attempt, RoomLog.Opened state) implements RoomActor.Internal {}

    private record Failed(int attempt, String why) implements RoomActor.Internal {}

    private record Retry() implements RoomActor.Internal {}

    private final RoomParts parts;
    private final StashBuffer<Command> stash;
    private final TimerScheduler<Command> timers;

    /** The answer to the question for the former state; empty: not answered yet. */
    private Optional<Found> found = Optional.empty();

    /** Numbers the attempts: an earlier answer may hold an outdated generation. */
    private int attempt;

    private boolean away;

    /** The reason why nobody may join: then the room never opens. */
    private Optional<Refusal> barred = Optional.empty();

    /**
     * The former state of the room.
     *
     * @param session that of the former members, or a new one
     */
    private record Found(Optional<RoomState> former, long session) {
        static Found of(Optional<RoomState> former) {
            return new Found(former, VisibilitySession.sessionOf(former));
        }
    }

    /** Answers that are complete at once are handled within the setup. */
    static Behavior<Command> create(RoomParts parts) {
        return Behaviors.setup(context -> {
            CompletableFuture<Optional<RoomState>> former = whoIsHere(parts);
            if (!hasSucceeded(former)) {
                return await(parts, opening -> opening.awaitFormer(former));
            }
            Found found = Found.of(former.join());
            CompletableFuture<RoomLog.Opened> log = open(parts, found);
            if (hasSucceeded(log) && log.join().lookAlike().isEmpty()) {
                return OpenRoom.create(parts, found.former, log.join());
            }
            return await(parts, opening -> {
                opening.found = Optional.of(found);
                return opening.awaitLog(log);
            });
        });
    }

    private static Behavior<Command> await(RoomParts parts, Function<RoomOpening, Behavior<Command>> first) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> Behaviors.withStash(
                parts.settings().limits().maxPending(),
                stash -> first.apply(new RoomOpening(context, timers, stash, parts)))));
    }

    private static boolean hasSucceeded(CompletableFuture<?> answer) {
        return answer.isDone() && !answer.isCompletedExceptionally();
    }

    private static CompletableFuture<Optional<RoomState>> whoIsHere(RoomParts parts) {
        return ask(() -> parts.former().find(parts.name()));
    }

    private static CompletableFuture<RoomLog.Opened> open(RoomParts parts, Found found) {
        return ask(() -> parts.log().open(found.session));
    }

    private static <T> CompletableFuture<T> ask(Supplier<CompletionStage<T>> question) {
        try {
            return question.get().toCompletableFuture();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private RoomOpening(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            StashBuffer<Command> stash,
            RoomParts parts) {
        super(context);
        this.timers = timers;
        this.stash = stash;
        this.parts = parts;
    }

    private Behavior<Command> awaitFormer(CompletableFuture<Optional<RoomState>> answer) {
        int number = ++attempt;
        return await(answer, number, former -> new Answered(number, former));
    }

    private Behavior<Command> awaitLog(CompletableFuture<RoomLog.Opened> answer) {
        int number = ++attempt;
        return await(answer, number, state -> new Opened(number, state));
    }

    private <T> Behavior<Command> await(CompletableFuture<T> answer, int number, Function<T, Command> answered) {
        getContext()
                .pipeToSelf(
                        answer,
                        (value, failure) ->
                                failure == null ? answered.apply(value) : new Failed(number, failure.toString()));
        timers.startSingleTimer(
                "open",
                new Failed(number, "no answer in time"),
                parts.settings().log().timeout());
        return this;
    }

    /** Asks all questions that are not answered yet. */
    private Behavior<Command> ask() {
        return found.isEmpty() ? awaitFormer(whoIsHere(parts)) : awaitLog(open(parts, found.get()));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Answered.class, this::onAnswered)
                .onMessage(Opened.class, this::onOpened)
                .onMessage(Failed.class, this::onFailed)
                .onMessage(Retry.class, retry -> ask())
                .onMessage(RoomActor.StopIfEmpty.class, this::onStopIfEmpty)
                .onMessage(RoomActor.Stop.class, stop -> onStop())
                .onMessage(Command.class, this::onOther)
                .build();
    }

    private Behavior<Command> onAnswered(Answered answered) {
        if (answered.attempt != attempt) {
            return this;
        }
        found = Optional.of(Found.of(answered.former));
        return ask();
    }

    private Behavior<Command> onOpened(Opened opened) {
        if (opened.attempt != attempt) {
            return this;
        }
        timers.cancelAll();
        Optional<RoomState> former = found.flatMap(Found::former);
        Optional<RoomName> other = opened.state.lookAlike();
        if (other.isPresent() && former.isEmpty()) {
            barred = Optional.of(Refusal.looksLike(parts.name(), other.get()));
            stash.forEach(this::refuse);
            stash.clear();
            parts.observer()
                    .ifPresent(observer -> observer.tell(
                            RoomSummary.unused(parts.name(), getContext().getSelf())));
            return this;
        }
        putRejoinsFirst();
        return stash.unstashAll(OpenRoom.create(parts, former, opened.state));
    }

    /** Handles rejoins first, so that former members receive the joins of the others. */
    private void putRejoinsFirst() {
        List<Command> waiting = new ArrayList<>(stash.size());
        stash.forEach(waiting::add);
        stash.clear();
        waiting.stream().filter(RoomOpening::isRejoin).forEach(stash::stash);
        waiting.stream().filter(command -> !isRejoin(command)).forEach(stash::stash);
    }

    private static boolean isRejoin(Command command) {
        return command instanceof RoomActor.Join join && join.back().isPresent();
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

    /** Waits: users may be about to join, unless nobody may. */
    private Behavior<Command> onStopIfEmpty(RoomActor.StopIfEmpty stop) {
        if (barred.isPresent()) {
            return Behaviors.stopped();
        }
        stop.replyTo().tell(new RoomLifecycle.StillUsed(parts.name()));
        return this;
    }

    /** Refuses the waiting commands: their senders do not watch the room yet. */
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
        } else if (command instanceof RoomActor.Attach relay && found.isPresent()) {
            // otherwise too few nodes have answered yet: a relay waits for them
            parts.fanout().refuse(relay, barred.orElse(AWAY));
        }
    }
}
