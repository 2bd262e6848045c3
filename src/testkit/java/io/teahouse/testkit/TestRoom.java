package io.teahouse.testkit;

import akka.actor.testkit.typed.Effect;
import akka.actor.testkit.typed.javadsl.BehaviorTestKit;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Terminated;
import akka.actor.typed.internal.AdaptMessage;
import io.teahouse.room.MemoryRoomLog;
import io.teahouse.room.RepeatLimits;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomActor.Command;
import io.teahouse.room.RoomLog;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomParts;
import io.teahouse.room.RoomSettings;
import java.time.Duration;
import java.util.Set;

/** A room that runs in the thread of the test. Commands of one call are in its mailbox together. */
public final class TestRoom {
    public static final RoomName TEA = RoomName.of("tea");
    private static final int REMEMBERED = 100;

    private final BehaviorTestKit<Command> kit;

    public TestRoom() {
        this(new MemoryRoomLog(REMEMBERED));
    }

    public TestRoom(RoomLog log) {
        this(new RoomParts(TEA, log, RoomSettings.defaults()));
    }

    public TestRoom(RoomParts parts) {
        kit = BehaviorTestKit.create(RoomActor.create(parts), "tea");
    }

    /** A room without modes. */
    public static RoomSettings limits(int maxMembers, int maxText, int maxPending) {
        Duration second = Duration.ofSeconds(1);
        return RoomSettings.defaults()
                .withLimits(new RoomSettings.Limits(maxMembers, maxText, maxPending, 3, 3, 100))
                .withLog(new RoomSettings.Log(second, second))
                .withKeepEmpty(second)
                .withRules(RoomSettings.Rules.defaults().withModes(Set.of()))
                .withRepeats(new RepeatLimits(10, 100, Duration.ofMinutes(1)));
    }

    /** A user joins; the events of the join are discarded. */
    public InboxGuest enter(String name) {
        InboxGuest guest = new InboxGuest(name);
        ask(guest.join());
        guest.heard();
        return guest;
    }

    /** For an actor that sends commands by itself; {@link #run} lets the room handle them. */
    public ActorRef<Command> ref() {
        return kit.getRef();
    }

    /** Puts the commands into the mailbox, and runs the room until the mailbox is empty. */
    public void ask(Command... commands) {
        for (Command command : commands) {
            kit.run(command);
        }
        run();
    }

    /** Signals the end of an actor that the room watches. */
    public void ended(ActorRef<?> actor) {
        kit.signal(new Terminated(actor.unsafeUpcast()));
        run();
    }

    /** Runs the room until its mailbox is empty. */
    public void run() {
        runAll(kit);
    }

    /** Runs an actor until its mailbox is empty. */
    public static void runAll(BehaviorTestKit<?> kit) {
        while (kit.selfInbox().hasMessages()) {
            runOne(kit);
        }
    }

    /** The test kit of Apache Pekko does not unwrap what {@code pipeToSelf} and adapters send. */
    @SuppressWarnings("unchecked") // the wrapper of a message of that actor
    private static <T> void runOne(BehaviorTestKit<T> kit) {
        T next = kit.selfInbox().receiveMessage();
        Object message = next;
        kit.run(message instanceof AdaptMessage<?, ?> wrapped ? (T) wrapped.adapt() : next);
    }

    /** Fires all timers that the room has started. */
    public void fire() {
        fireTimers(kit);
    }

    /** Fires all timers that an actor has started, and runs it until its mailbox is empty. */
    public static void fireTimers(BehaviorTestKit<?> kit) {
        for (Effect effect : kit.getAllEffects()) {
            if (effect instanceof Effect.TimerScheduled<?> timer) {
                timer.send().apply();
            }
        }
        runAll(kit);
    }

    public boolean isAlive() {
        return kit.isAlive();
    }

    public BehaviorTestKit<Command> kit() {
        return kit;
    }
}
