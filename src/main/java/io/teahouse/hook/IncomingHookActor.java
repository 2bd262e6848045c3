package io.teahouse.hook;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.teahouse.room.OutgoingMessage;
import io.teahouse.room.Refusal;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomReply;
import io.teahouse.room.member.Presence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in a room what one program posts, as a member of the room, and tells the program what became of it. A message that waits while the room
 * is away is said again under its client id, by which the room recognizes it.
 */
final class IncomingHookActor extends AbstractBehavior<IncomingHookActor.Command> implements Presence.Owner {
    sealed interface Command {}

    /** Say this. Answered by an {@link Outcome}, in less than {@link #PATIENCE} and a moment. */
    record Post(OutgoingMessage message, ActorRef<Outcome> replyTo) implements Command {}

    private record InRoom(Presence.Signal signal) implements Command {}

    private enum Tick implements Command {
        TICK
    }

    /** What became of a message. */
    sealed interface Outcome {}

    /** It is stored, and everybody in the room can see it. */
    record Shown(RoomEvent.Recorded event, boolean repeated) implements Outcome {}

    /** The room refused it, and nobody saw it. */
    record Refused(Refusal refusal) implements Outcome {}

    /** Nobody saw it, because the hook is not in the room, or too much waits. */
    record NotSaid(String why) implements Outcome {}

    /** It is not known whether it is stored. */
    enum Unknown implements Outcome {
        UNKNOWN
    }

    /** How long a message waits for its outcome. */
    static final Duration PATIENCE = Duration.ofSeconds(8);

    private static final Logger LOG = LoggerFactory.getLogger(IncomingHookActor.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final int MOST_WAITING = 256;

    /** The number of commands; their client ids tell them apart. */
    private static final long SAY = Presence.JOIN + 1;

    private static final class Waiting {
        final OutgoingMessage message;
        final List<ActorRef<Outcome>> askers = new ArrayList<>();
        final long since = System.nanoTime();
        /** To the room as it is now. */
        boolean said;
        /** To any. */
        boolean everSaid;

        Waiting(OutgoingMessage message) {
            this.message = message;
        }
    }

    private final HookSettings.Incoming hook;
    private final Presence<Command> presence;
    private final Map<String, Waiting> waiting = new LinkedHashMap<>();
    private String absence = "the room does not answer";

    static Behavior<Command> create(HookSettings.Incoming hook, ActorRef<RoomDirectory.Command> rooms) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new IncomingHookActor(context, timers, hook, rooms)));
    }

    private IncomingHookActor(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            HookSettings.Incoming hook,
            ActorRef<RoomDirectory.Command> rooms) {
        super(context);
        this.hook = hook;
        this.presence = new Presence<>(context, timers, rooms, hook.room(), HookPerson.of(hook), InRoom::new);
        timers.startTimerWithFixedDelay(Tick.TICK, TICK);
        presence.enter();
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Post.class, this::onPost)
                .onMessage(InRoom.class, this::onSignal)
                .onMessage(Tick.class, this::onTick)
                .onSignal(PostStop.class, stopped -> onStopped())
                .build();
    }

    private Behavior<Command> onPost(Post post) {
        String id = post.message.clientId();
        if (waiting.size() >= MOST_WAITING && !waiting.containsKey(id)) {
            post.replyTo.tell(new NotSaid("too many messages of the hook wait"));
            return this;
        }
        Waiting one = waiting.computeIfAbsent(id, any -> new Waiting(post.message));
        one.askers.add(post.replyTo);
        presence.room().ifPresent(room -> say(one, room));
        return this;
    }

    private void say(Waiting one, ActorRef<RoomActor.Command> room) {
        if (!one.said) {
            one.said = true;
            one.everSaid = true;
            room.tell(new RoomActor.Say(presence.self(), one.message, SAY, presence.replies()));
        }
    }

    private Behavior<Command> onSignal(InRoom in) {
        presence.on(in.signal, this);
        return this;
    }

    @Override
    public void entered(RoomEvent.Welcome welcome) {
        waiting.values().forEach(one -> say(one, welcome.self()));
    }

    @Override
    public void heard(RoomEvent event) {
        if (event instanceof RoomEvent.Said said && presence.isOwn(event)) {
            settle(said.clientId(), new Shown(said, false));
        }
    }

    @Override
    public void answered(RoomReply reply) {
        if (reply instanceof RoomReply.Refused refused) {
            settle(refused.clientId(), new Refused(refused.refusal()));
        } else if (reply instanceof RoomReply.Repeated repeated) {
            settle(repeated.clientId(), new Shown(repeated.original(), true));
        }
    }

    /** Whether the room has stored what was said is unknown; it says so when it is asked again. */
    @Override
    public void absent(String why) {
        if (!why.equals(absence)) {
            LOG.warn("webhook {} is not in {}: {}", hook.id(), hook.room(), why);
        }
        absence = why;
        waiting.values().forEach(one -> one.said = false);
    }

    private void settle(String id, Outcome outcome) {
        Optional.ofNullable(waiting.remove(id)).ifPresent(one -> one.askers.forEach(asker -> asker.tell(outcome)));
    }

    private Behavior<Command> onTick(Tick tick) {
        long now = System.nanoTime();
        Iterator<Waiting> all = waiting.values().iterator();
        while (all.hasNext()) {
            Waiting one = all.next();
            if (now - one.since >= PATIENCE.toNanos()) {
                all.remove();
                giveUp(one, absence);
            }
        }
        return this;
    }

    private static void giveUp(Waiting one, String why) {
        Outcome outcome = one.everSaid ? Unknown.UNKNOWN : new NotSaid(why);
        one.askers.forEach(asker -> asker.tell(outcome));
    }

    private Behavior<Command> onStopped() {
        waiting.values().forEach(one -> giveUp(one, "the settings of the hook have changed"));
        presence.end();
        return this;
    }
}
