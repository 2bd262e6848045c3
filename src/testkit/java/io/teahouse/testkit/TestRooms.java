package io.teahouse.testkit;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomName;
import io.teahouse.room.local.LocalRooms;
import java.util.function.UnaryOperator;

/**
 * Rooms for tests of an application: a directory in an actor system, clients that a script drives, and logs that do what the test says.
 * Messages are stored at once until then.
 */
public final class TestRooms {
    private final ActorTestKit akka;
    private final ScriptedLogs logs = new ScriptedLogs();
    private final ActorRef<RoomDirectory.Command> ref;

    private TestRooms(ActorTestKit akka, UnaryOperator<LocalRooms.Builder> with) {
        this.akka = akka;
        this.ref = akka.spawn(with.apply(LocalRooms.builder().logs(logs)).create());
    }

    /** Rooms with the defaults. */
    public static TestRooms on(ActorTestKit akka) {
        return new TestRooms(akka, builder -> builder);
    }

    /** Rooms with settings, a policy or ranks of the application. */
    public static TestRooms on(ActorTestKit akka, UnaryOperator<LocalRooms.Builder> with) {
        return new TestRooms(akka, with);
    }

    /** What the application takes as its directory of rooms. */
    public ActorRef<RoomDirectory.Command> ref() {
        return ref;
    }

    /** A new client, in no room. */
    public TestClient client(String nick) {
        return TestClient.in(akka, ref, nick);
    }

    /** The log of that room. */
    public ScriptedLog log(String room) {
        return logs.of(RoomName.of(room));
    }

    /** The room, which is opened if it is not open. */
    public ActorRef<RoomActor.Command> find(String room) {
        return find(akka, ref, room);
    }

    static ActorRef<RoomActor.Command> find(ActorTestKit akka, ActorRef<RoomDirectory.Command> rooms, String room) {
        TestProbe<RoomDirectory.Location> location = akka.createTestProbe();
        rooms.tell(new RoomDirectory.Locate(RoomName.of(room), location.ref()));
        RoomDirectory.Location answer = location.receiveMessage(TestClient.PATIENCE);
        location.stop();
        if (answer instanceof RoomDirectory.Found found) {
            return found.ref();
        }
        throw new AssertionError("there is no room " + room + ": " + answer);
    }

    /**
     * The room fails: it ends at once, as by an exception or with its node, and is opened again with what its log has kept. Clients join
     * it again; other members do so by themselves, if they can.
     */
    public void failRoom(String room) {
        ActorRef<RoomActor.Command> failing = find(room);
        failing.tell(new RoomActor.Stop());
        TestProbe<Object> watcher = akka.createTestProbe();
        watcher.expectTerminated(failing, TestClient.PATIENCE);
        watcher.awaitAssert(TestClient.PATIENCE, () -> {
            if (find(room).equals(failing)) {
                throw new AssertionError("the directory has not noticed that " + room + " has failed");
            }
            return room;
        });
        watcher.stop();
    }
}
