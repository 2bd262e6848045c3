package io.teahouse.room;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import io.teahouse.room.RoomActor.Command;
import java.time.Duration;
import java.util.Set;

/** A room in an actor system whose time passes when the test says so. */
final class RunningRoom {
    static final Duration APPEND_TIMEOUT = Duration.ofSeconds(5);
    static final Duration RETRY = Duration.ofSeconds(1);

    final ScriptedLog log = new ScriptedLog();
    private final ActorTestKit akka;
    private final ManualTime time;
    private final ProbeGuest stranger;
    private ActorRef<Command> ref;

    /** @param akka made with {@link ManualTime#config} */
    RunningRoom(ActorTestKit akka) {
        this.akka = akka;
        this.time = ManualTime.get(akka.system());
        this.stranger = new ProbeGuest("stranger", akka);
    }

    static RoomSettings settings() {
        Duration hour = Duration.ofHours(1);
        return RoomSettings.defaults()
                .withLimits(new RoomSettings.Limits(100, 100, 4, 3, 3, 100))
                .withLog(new RoomSettings.Log(APPEND_TIMEOUT, RETRY))
                .withRules(RoomSettings.Rules.defaults().withModes(Set.of()))
                .withRepeats(new RepeatLimits(10, 100, hour));
    }

    RunningRoom start() {
        return start(FormerState.NONE);
    }

    RunningRoom start(FormerState former) {
        return start(former, (room, generation) -> new Subscribers());
    }

    RunningRoom start(FormerState former, Fanout.Factory fanout) {
        ref = akka.spawn(RoomActor.create(new RoomParts(TestRoom.TEA, log, settings())
                .restoringFrom(former)
                .deliveredBy(fanout)));
        return this;
    }

    ActorRef<Command> ref() {
        return ref;
    }

    void ask(Command... commands) {
        for (Command command : commands) {
            ref.tell(command);
        }
    }

    ProbeGuest guest(String name) {
        return new ProbeGuest(name, akka);
    }

    /** A user joins; the events of the join are discarded. */
    ProbeGuest enter(String name) {
        ProbeGuest guest = guest(name);
        ask(guest.join());
        guest.hears("welcome " + name + " after " + log.kept.size(), "+" + name);
        return guest;
    }

    /** Waits until the room has handled all earlier commands, then lets time pass. */
    void pass(Duration duration) {
        awaitIdle();
        time.timePasses(duration);
        awaitIdle();
    }

    /** Waits until the room has handled all earlier commands: a stranger's command is refused after them. */
    void awaitIdle() {
        for (int i = 0; i < 2; i++) {
            ask(stranger.say("?"));
            stranger.replies.receiveMessage();
        }
    }

    void nothingMoreFor(ProbeGuest... guests) {
        awaitIdle();
        for (ProbeGuest guest : guests) {
            guest.events.expectNoMessage(Duration.ZERO);
        }
    }

    void ends() {
        TestProbe<Object> watcher = akka.createTestProbe();
        watcher.expectTerminated(ref);
    }
}
