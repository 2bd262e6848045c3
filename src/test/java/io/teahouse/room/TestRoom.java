package io.teahouse.room;

import akka.actor.testkit.typed.Effect;
import akka.actor.testkit.typed.javadsl.BehaviorTestKit;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Terminated;
import io.teahouse.room.RoomActor.Command;
import java.time.Duration;
import java.util.Set;

/** A room that runs in the thread of the test. Commands of one call are in its mailbox together. */
final class TestRoom {
    static final RoomName TEA = RoomName.of("tea");

    private final BehaviorTestKit<Command> kit;

    TestRoom() {
        this(new MemoryRoomLog(100));
    }

    TestRoom(RoomLog log) {
        this(new RoomParts(TEA, log, RoomSettings.defaults()));
    }

    TestRoom(RoomParts parts) {
        kit = BehaviorTestKit.create(RoomActor.create(parts), "tea");
    }

    static RoomSettings limits(int maxMembers, int maxText, int maxPending) {
        Duration second = Duration.ofSeconds(1);
        return RoomSettings.defaults()
                .withLimits(new RoomSettings.Limits(maxMembers, maxText, maxPending, 3, 3, 100))
                .withLog(new RoomSettings.Log(second, second))
                .withKeepEmpty(second)
                .withRules(RoomSettings.Rules.defaults().withModes(Set.of()))
                .withRepeats(new RepeatLimits(10, 100, Duration.ofMinutes(1)));
    }

    /** A user joins; the events of the join are discarded. */
    InboxGuest enter(String name) {
        InboxGuest guest = new InboxGuest(name);
        ask(guest.join());
        guest.heard();
        return guest;
    }

    /** Puts the commands into the mailbox, and runs the room until the mailbox is empty. */
    void ask(Command... commands) {
        for (Command command : commands) {
            kit.run(command);
        }
        run();
    }

    /** Signals the end of an actor that the room watches. */
    void ended(ActorRef<?> actor) {
        kit.signal(new Terminated(actor.unsafeUpcast()));
        ask(FlushScheduler.Flush.FLUSH); // the kit runs no tasks after a signal
    }

    /** Runs the room until its mailbox is empty. */
    void run() {
        runAll(kit);
    }

    /** Runs an actor until its mailbox is empty. */
    static void runAll(BehaviorTestKit<?> kit) {
        while (kit.selfInbox().hasMessages()) {
            kit.runOne();
        }
    }

    /** Fires all timers that the room has started. */
    void fire() {
        fireTimers(kit);
    }

    /** Fires all timers that an actor has started, and runs it until its mailbox is empty. */
    static void fireTimers(BehaviorTestKit<?> kit) {
        for (Effect effect : kit.getAllEffects()) {
            if (effect instanceof Effect.TimerScheduled<?> timer) {
                timer.send().apply();
            }
        }
        runAll(kit);
    }

    boolean isAlive() {
        return kit.isAlive();
    }

    BehaviorTestKit<Command> kit() {
        return kit;
    }
}
