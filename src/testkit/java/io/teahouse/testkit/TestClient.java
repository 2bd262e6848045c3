package io.teahouse.testkit;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import io.teahouse.room.Nick;
import io.teahouse.room.OutgoingMessage;
import io.teahouse.room.Refusal.Reason;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomEvent.Departure;
import io.teahouse.room.RoomEvent.Kind;
import io.teahouse.room.RoomReply;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A client that a script drives: it joins a room of any directory, says something, and expects what others say and do.
 *
 * <p>Expectations are met in the order in which the room tells. Each passes over what comes before it, such as joins before a message,
 * and an {@link AssertionError} lists what has been passed over. Each waits for up to 20 seconds of the
 * machine's clock. Belongs to the thread of the test.
 */
public final class TestClient {
    static final Duration PATIENCE = Duration.ofSeconds(20);

    /** How often it asks the room before nothing of what it was sent earlier can be on its way: the answer may precede a flush. */
    private static final int ROUNDS = 2;

    private enum Control {
        FAIL,
        PAUSE,
        READ
    }

    private final ActorTestKit akka;
    private final ActorRef<RoomDirectory.Command> rooms;
    private final Nick nick;
    private final TestProbe<Object> received;
    private final ActorRef<Object> actor;

    /** What has arrived while it looked for an answer. */
    private final Deque<RoomEvent> waiting = new ArrayDeque<>();

    private @Nullable ActorRef<RoomActor.Command> room;
    private String lastSent = "";

    private TestClient(ActorTestKit akka, ActorRef<RoomDirectory.Command> rooms, String nick) {
        this.akka = akka;
        this.rooms = rooms;
        this.nick = Nick.of(nick);
        this.received = akka.createTestProbe();
        this.actor = akka.spawn(actor(received.ref()));
    }

    /** A client of the rooms of any directory, which may be on several nodes. */
    public static TestClient in(ActorTestKit akka, ActorRef<RoomDirectory.Command> rooms, String nick) {
        return new TestClient(akka, rooms, nick);
    }

    /** Passes on what it gets; stores it while the client does not read. */
    private static Behavior<Object> actor(ActorRef<Object> to) {
        return Behaviors.setup(context -> {
            List<Object> unread = new ArrayList<>();
            boolean[] paused = {false};
            return Behaviors.receiveMessage(message -> {
                if (message == Control.FAIL) {
                    throw new IllegalStateException("the test lets this client fail");
                }
                if (message instanceof Control) {
                    paused[0] = message == Control.PAUSE;
                    if (!paused[0]) {
                        unread.forEach(to::tell);
                        unread.clear();
                    }
                } else if (paused[0]) {
                    unread.add(message);
                } else {
                    to.tell(message);
                }
                return Behaviors.same();
            });
        });
    }

    // What it does

    public Nick nick() {
        return nick;
    }

    /** The actor that is the member, for commands that have no method here. */
    public ActorRef<RoomEvent> member() {
        return actor.unsafeUpcast();
    }

    /** Receives the answers to such commands; {@link #expectAnswer} expects one. */
    public ActorRef<RoomReply> replyTo() {
        return actor.unsafeUpcast();
    }

    /** Sends commands to its room. */
    public TestClient send(RoomActor.Command... commands) {
        for (RoomActor.Command command : commands) {
            room().tell(command);
        }
        return this;
    }

    /** Joins a room, again after it has failed or the client has left it; waits until it is in. */
    public TestClient join(String name) {
        tryToJoin(name);
        expectEvent(RoomEvent.Welcome.class);
        return this;
    }

    /** Joins without waiting, for an attempt that the room may refuse. */
    public TestClient tryToJoin(String name) {
        room = TestRooms.find(akka, rooms, name);
        return send(new RoomActor.Join(nick, member(), replyTo()));
    }

    public TestClient say(String text) {
        return say(text, UUID.randomUUID().toString());
    }

    /** With an id by which a message that is sent again is recognized. */
    public TestClient say(String text, String clientId) {
        lastSent = clientId;
        return send(new RoomActor.Say(member(), new OutgoingMessage(Kind.MESSAGE, text, clientId), replyTo()));
    }

    public TestClient setTopic(String text) {
        return send(new RoomActor.SetTopic(member(), text, replyTo()));
    }

    public TestClient kick(String target) {
        return send(new RoomActor.Kick(member(), Nick.of(target), "", replyTo()));
    }

    public TestClient leave() {
        return send(new RoomActor.Leave(member(), Departure.PARTED, ""));
    }

    /** It is slow from now on: what it gets waits, and no expectation sees it before {@link #readAgain}. Others wait for nothing. */
    public TestClient stopReading() {
        actor.tell(Control.PAUSE);
        return this;
    }

    public TestClient readAgain() {
        actor.tell(Control.READ);
        return this;
    }

    /** It fails: its actor throws an exception, and ends. The others see that it was lost. */
    public void fail() {
        actor.tell(Control.FAIL);
        received.expectTerminated(actor, PATIENCE);
    }

    // What it expects

    /** Somebody says that, in a message or a notice. */
    public RoomEvent.Said expectSaid(String by, String text) {
        return expect(
                RoomEvent.Said.class,
                by + " says " + text,
                said -> is(said.by(), by) && said.text().equals(text));
    }

    /** What it said last has been stored, and shown to all: its own message is the receipt. */
    public RoomEvent.Said expectDelivered() {
        String id = lastSent;
        return expect(
                RoomEvent.Said.class,
                "the receipt of " + id,
                said -> said.clientId().equals(id));
    }

    public RoomEvent.Joined expectJoined(String who) {
        return expect(RoomEvent.Joined.class, who + " joins", joined -> is(joined.nick(), who));
    }

    public RoomEvent.Left expectLeft(String who) {
        return expect(RoomEvent.Left.class, who + " leaves", left -> is(left.nick(), who));
    }

    public RoomEvent.TopicChanged expectTopic(String text) {
        return expect(
                RoomEvent.TopicChanged.class,
                "the topic " + text,
                changed -> changed.text().equals(text));
    }

    /** The next event of that class. */
    public <E extends RoomEvent> E expectEvent(Class<E> type) {
        return expect(type, type.getSimpleName(), event -> true);
    }

    /** The next answer is a refusal, for that reason. */
    public RoomReply.Refused expectRefused(Reason reason) {
        RoomReply.Refused refused = expectAnswer(RoomReply.Refused.class);
        Expect.equal(refused.refusal().reason(), reason, "refusal");
        return refused;
    }

    /** Whether what it said last has been stored is unknown: the log has not answered in time. */
    public void expectInDoubt() {
        Expect.equal(expectAnswer(RoomReply.InDoubt.class).clientId(), lastSent, "message in doubt");
    }

    /** The next answer, of that class. */
    public <R extends RoomReply> R expectAnswer(Class<R> type) {
        while (true) {
            Object next = received.receiveMessage(PATIENCE);
            if (next instanceof RoomEvent event) {
                waiting.add(event);
            } else if (type.isInstance(next)) {
                return type.cast(next);
            } else {
                throw new AssertionError("expected " + type.getSimpleName() + ", but " + nick + " got: " + next);
            }
        }
    }

    /** Nothing more: not by what the room has got until now. Other actors may not have sent it yet what they will send. */
    public void expectNothing() {
        for (int i = 0; i < ROUNDS; i++) {
            send(new RoomActor.Names(replyTo()));
            expectAnswer(RoomReply.NameList.class);
        }
        if (!waiting.isEmpty()) {
            throw new AssertionError("expected nothing, but " + nick + " heard: " + Transcript.of(waiting));
        }
    }

    /** Nothing more within that time of the machine's clock. */
    public void expectNothing(Duration within) {
        if (!waiting.isEmpty()) {
            throw new AssertionError("expected nothing, but " + nick + " heard: " + Transcript.of(waiting));
        }
        received.expectNoMessage(within);
    }

    /** The nicks of all members, as the room has them now. */
    public List<String> members() {
        send(new RoomActor.Names(replyTo()));
        return expectAnswer(RoomReply.NameList.class).members().stream()
                .map(member -> member.nick().text())
                .toList();
    }

    private <E extends RoomEvent> E expect(Class<E> type, String what, Predicate<E> wanted) {
        List<Object> passed = new ArrayList<>();
        while (true) {
            Object next = next(what, passed);
            if (type.isInstance(next) && wanted.test(type.cast(next))) {
                return type.cast(next);
            }
            passed.add(
                    next instanceof RoomEvent event
                            ? Transcript.of(List.of(event)).get(0)
                            : next);
        }
    }

    private Object next(String what, List<Object> passed) {
        RoomEvent kept = waiting.poll();
        if (kept != null) {
            return kept;
        }
        try {
            return received.receiveMessage(PATIENCE);
        } catch (AssertionError e) {
            throw new AssertionError(nick + " expected: " + what + ", but got: " + passed, e);
        }
    }

    private ActorRef<RoomActor.Command> room() {
        if (room == null) {
            throw new IllegalStateException(nick + " has to join a room first");
        }
        return room;
    }

    private static boolean is(Nick nick, String text) {
        return nick.sameAs(Nick.of(text));
    }
}
