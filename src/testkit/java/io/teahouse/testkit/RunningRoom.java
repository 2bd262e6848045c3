package io.teahouse.testkit;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import io.teahouse.room.Fanout;
import io.teahouse.room.FormerState;
import io.teahouse.room.RepeatLimits;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomActor.Command;
import io.teahouse.room.RoomParts;
import io.teahouse.room.RoomSettings;
import io.teahouse.room.Subscribers;
import java.time.Duration;
import java.util.Set;

/**
 * A room in an actor system whose time passes when the test says so. Its log waits for the test to answer it; {@link ScriptedLog#recover}
 * makes it store at once. {@link #start} comes first.
 */
public final class RunningRoom {
    public static final Duration APPEND_TIMEOUT = Duration.ofSeconds(5);
    public static final Duration RETRY = Duration.ofSeconds(1);

    private final ScriptedLog log = new ScriptedLog();
    private final ActorTestKit akka;
    private final ManualTime time;
    private final ProbeGuest stranger;
    private ActorRef<Command> ref;

    /** @param akka made with {@link ManualTime#config} */
    public RunningRoom(ActorTestKit akka) {
        this.akka = akka;
        this.time = ManualTime.get(akka.system());
        this.stranger = new ProbeGuest("stranger", akka);
        this.ref = akka.system().deadLetters();
    }

    /** Small limits, no modes, and the timeouts above. */
    public static RoomSettings settings() {
        Duration hour = Duration.ofHours(1);
        return RoomSettings.defaults()
                .withLimits(new RoomSettings.Limits(100, 100, 4, 3, 3, 100))
                .withLog(new RoomSettings.Log(APPEND_TIMEOUT, RETRY))
                .withRules(RoomSettings.Rules.defaults().withModes(Set.of()))
                .withRepeats(new RepeatLimits(10, 100, hour));
    }

    public RunningRoom start() {
        return start(FormerState.NONE);
    }

    /** Starts it as one that has failed. */
    public RunningRoom start(FormerState former) {
        return start(former, (room, generation) -> new Subscribers());
    }

    public RunningRoom start(FormerState former, Fanout.Factory fanout) {
        return start(new RoomParts(TestRoom.TEA, log, settings())
                .restoringFrom(former)
                .deliveredBy(fanout));
    }

    /** Starts it with parts of the application, such as its policy; the log of the parts is the one that counts. */
    public RunningRoom start(RoomParts parts) {
        ref = akka.spawn(RoomActor.create(parts));
        return this;
    }

    public ScriptedLog log() {
        return log;
    }

    public ActorRef<Command> ref() {
        return ref;
    }

    public void ask(Command... commands) {
        for (Command command : commands) {
            ref.tell(command);
        }
    }

    public ProbeGuest guest(String name) {
        return new ProbeGuest(name, akka);
    }

    /** A user joins; the events of the join are discarded. */
    public ProbeGuest enter(String name) {
        ProbeGuest guest = guest(name);
        ask(guest.join());
        guest.hears("welcome " + name + " after " + log.kept().size(), "+" + name);
        return guest;
    }

    /** Waits until the room has handled all earlier commands, then lets time pass. */
    public void pass(Duration duration) {
        awaitIdle();
        time.timePasses(duration);
        awaitIdle();
    }

    /** Waits until the room has handled all earlier commands: a stranger's command is refused after them. */
    public void awaitIdle() {
        for (int i = 0; i < 2; i++) {
            ask(stranger.say("?"));
            stranger.replies().receiveMessage();
        }
    }

    public void nothingMoreFor(ProbeGuest... guests) {
        awaitIdle();
        for (ProbeGuest guest : guests) {
            guest.events().expectNoMessage(Duration.ZERO);
        }
    }

    /** Expects that the room ends. */
    public void ends() {
        TestProbe<Object> watcher = akka.createTestProbe();
        watcher.expectTerminated(ref);
    }
}
