package io.teahouse.user;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.Behaviors;
import io.teahouse.room.Delivery;
import io.teahouse.room.EventBatch;
import io.teahouse.room.Nick;
import io.teahouse.room.OutgoingMessage;
import io.teahouse.room.Profile;
import io.teahouse.room.Ranks;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomEvent.Departure;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.room.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** One connection of the user of an account, which does what a client does. */
public final class Device {
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final Duration RETRY = Duration.ofMillis(100);
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final ActorTestKit akka;
    private final LocalUserDirectory users;
    private final ActorRef<RoomDirectory.Command> rooms;
    private final TestProbe<UserEvent> told;
    private final TestProbe<RoomEvent> events;
    private final TestProbe<RoomReply> replies;
    private final UserId claimant = UserId.generate();
    private final List<RoomEvent> unread = new ArrayList<>();
    private String account;
    private UserEvent.Attached attached;

    /** It attaches, under the name of the account, and subscribes to the rooms of the user. */
    public Device(
            ActorTestKit akka,
            LocalUserDirectory users,
            ActorRef<RoomDirectory.Command> rooms,
            ActorRef<UserSupervisor.Command> supervisor,
            String account) {
        this(akka, users, rooms, account);
        asks(supervisor, Nick.of(account));
        attaches();
    }

    /** It does nothing yet. */
    Device(ActorTestKit akka, LocalUserDirectory users, ActorRef<RoomDirectory.Command> rooms, String account) {
        this.akka = akka;
        this.users = users;
        this.rooms = rooms;
        this.account = account;
        this.told = akka.createTestProbe();
        this.events = akka.createTestProbe();
        this.replies = akka.createTestProbe();
    }

    UserActor.Newcomer as(Nick nick, String to) {
        Profile profile = new Profile("u", "host", "Real", to, "", false)
                .withGuest(UserId.ofGuest(account + "~1"))
                .withAddress("192.0.2.1");
        return new UserActor.Newcomer(
                nick, nick.text().equals(to), claimant, profile, "irc", true, told.ref(), events.ref());
    }

    void asks(ActorRef<UserSupervisor.Command> supervisor, Nick nick) {
        supervisor.tell(new UserActor.Attach(NUMBERS.incrementAndGet(), as(nick, account)));
    }

    void attaches() {
        attached = expect(UserEvent.Attached.class);
        account = attached.user().profile().account();
        attached.rooms().forEach(this::subscribe);
    }

    /** It has logged in to that account, without a new actor. */
    void isNow(String other) {
        account = other;
    }

    /** What it was told of the user when it was attached. */
    public UserEvent.Attached attached() {
        return attached;
    }

    /** What the user tells it. */
    public TestProbe<UserEvent> told() {
        return told;
    }

    /** The user as its node knows them. */
    public UserSnapshot user() {
        return users.find(UserId.ofAccount(account)).orElseThrow();
    }

    public ActorRef<UserActor.Command> actor() {
        return attached.actor();
    }

    /** The next event of that type; others before it are passed over. */
    public <E extends UserEvent> E expect(Class<E> type) {
        while (true) {
            UserEvent event = told.receiveMessage(SOON);
            if (type.isInstance(event)) {
                return type.cast(event);
            }
        }
    }

    // Rooms

    private ActorRef<RoomActor.Command> locate(RoomName room) {
        TestProbe<RoomDirectory.Location> probe = akka.createTestProbe();
        rooms.tell(new RoomDirectory.Locate(room, probe.ref()));
        return probe.expectMessageClass(RoomDirectory.Found.class, SOON).ref();
    }

    private void join(RoomName room, Optional<RoomActor.Back> back, ActorRef<RoomReply> replyTo) {
        locate(room)
                .tell(new RoomActor.Join(
                        user().identity("", actor()), "", events.ref(), Delivery.BATCHED, back, 1, replyTo));
    }

    public void joins(RoomName room) {
        join(room, Optional.empty(), replies.ref());
        awaitEvent(RoomEvent.Welcome.class);
    }

    /** As a client does: while the room, after a failure, does not know the user yet, it tries again. */
    private void subscribe(UserRoom room) {
        Optional<RoomActor.Back> back = Optional.of(new RoomActor.Back(room.since(), Ranks.NONE, true));
        ActorRef<RoomReply> refused = akka.spawn(Behaviors.receive((context, reply) -> {
            Runnable again = () -> join(room.room(), back, context.getSelf());
            akka.scheduler().scheduleOnce(RETRY, again, akka.system().executionContext());
            return Behaviors.same();
        }));
        join(room.room(), back, refused);
        awaitEvent(RoomEvent.Welcome.class);
    }

    public void subscribes() {
        subscribe(expect(UserEvent.Subscribe.class).room());
    }

    public void says(RoomName room, String text) {
        locate(room)
                .tell(new RoomActor.Say(
                        events.ref(), new OutgoingMessage(RoomEvent.Kind.MESSAGE, text), 7, replies.ref()));
    }

    public void parts(RoomName room) {
        locate(room).tell(new RoomActor.Leave(user().id(), Departure.PARTED, "bye", Optional.of(events.ref()), 0));
    }

    public void detaches(Departure how) {
        detaches(how, false);
    }

    void detaches(Departure how, boolean mayStay) {
        actor().tell(new UserActor.Detach(told.ref(), how, "bye", mayStay, List.of(), Instant.now()));
    }

    /** Its actor ends without a word. */
    void stops() {
        told.stop();
    }

    public RoomEvent next() {
        while (unread.isEmpty()) {
            RoomEvent event = events.receiveMessage(SOON);
            unread.addAll(event instanceof EventBatch batch ? batch.events() : List.of(event));
        }
        return unread.remove(0);
    }

    /** The next event of that type; others before it are passed over. */
    public <E extends RoomEvent> E awaitEvent(Class<E> type) {
        while (true) {
            RoomEvent event = next();
            if (type.isInstance(event)) {
                return type.cast(event);
            }
        }
    }

    public void hearsNothing(Duration during) {
        assertThat(unread).isEmpty();
        events.expectNoMessage(during);
    }

    /** The next event is that message. */
    public void hears(String text) {
        assertThat(next())
                .isInstanceOfSatisfying(
                        RoomEvent.Said.class, said -> assertThat(said.text()).isEqualTo(text));
    }
}
