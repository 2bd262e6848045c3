package io.teahouse.client;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.util.ByteString;
import io.teahouse.account.Accounts;
import io.teahouse.account.Cloak;
import io.teahouse.account.MemoryReadMarkers;
import io.teahouse.account.SomeSettings;
import io.teahouse.room.Attributes;
import io.teahouse.room.Batches;
import io.teahouse.room.MemberEvent;
import io.teahouse.room.MemoryRoomLogs;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.Ranks;
import io.teahouse.room.RegistrationLimit;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomEvent.Departure;
import io.teahouse.room.RoomEvent.Kind;
import io.teahouse.room.RoomName;
import io.teahouse.room.Topic;
import io.teahouse.room.local.RegistrationLimitActor;
import io.teahouse.user.CaseMapping;
import io.teahouse.user.Entrance;
import io.teahouse.user.LocalUserDirectory;
import io.teahouse.user.MemoryAlwaysOnUsers;
import io.teahouse.user.NickRegistry;
import io.teahouse.user.NickRules;
import io.teahouse.user.Notification;
import io.teahouse.user.UserEvent;
import io.teahouse.user.UserRoom;
import io.teahouse.user.UserServices;
import io.teahouse.user.UserSettings;
import io.teahouse.user.UserSnapshot;
import io.teahouse.user.UserSupervisor;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A single client: registry, directory and room are probes, its output stays in the outbox, and the test controls time.
 */
final class RunningClient {
    static final RoomName TEA = RoomName.of("tea");
    static final Nick ANN = Nick.of("ann");
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final InetSocketAddress ADDRESS = new InetSocketAddress("192.0.2.1", 4711);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LOOK = Duration.ofMillis(1);
    private static final Accounts ACCOUNTS = SomeSettings.accounts(SomeSettings.off());
    private static final NickRules RULES = new NickRules(32, CaseMapping.ASCII);

    final LocalUserDirectory users = new LocalUserDirectory(RULES);
    final Outbox outbox;
    final ReadWindow intake = new ReadWindow(1 << 20);
    final TestProbe<NickRegistry.Command> nicks;
    final TestProbe<RoomDirectory.Command> directory;
    TestProbe<RoomActor.Command> room;
    private final ActorTestKit akka;
    private final TestProbe<Object> watcher;
    private final AtomicLong nanos = new AtomicLong();
    private final ManualTime time;
    private final ActorRef<ClientActor.Command> ref;
    private RoomActor.Identity user;
    private long seq;
    private int fences;
    private final StringBuilder seen = new StringBuilder();

    /** @param akka made with {@link ManualTime#config} */
    RunningClient(ActorTestKit akka, Dialect dialect, ClientSettings settings, int capacity) {
        this.akka = akka;
        time = ManualTime.get(akka.system());
        nicks = akka.createTestProbe();
        directory = akka.createTestProbe();
        room = akka.createTestProbe();
        watcher = akka.createTestProbe();
        outbox = new Outbox(capacity);
        outbox.attach(() -> {});
        UserSettings perUser = new UserSettings(
                3,
                Duration.ZERO,
                1,
                new UserSettings.AlwaysOn(UserSettings.Mode.OFF, 0, Duration.ofDays(1)),
                Duration.ofSeconds(5));
        UserServices shared = new UserServices(
                nicks.ref(),
                users,
                directory.ref(),
                new MemoryAlwaysOnUsers(1),
                List.of("akka.actor.default-dispatcher"),
                perUser);
        Services services = new Services(
                shared,
                akka.spawn(UserSupervisor.create(shared)),
                directory.ref(),
                akka.spawn(RegistrationLimitActor.create(new MemoryRoomLogs(), RegistrationLimit.Quota.UNLIMITED)),
                new MemoryRoomLogs(),
                new MemoryReadMarkers(10),
                ACCOUNTS,
                RULES,
                Cloak.NONE,
                () -> settings,
                Entrance.OPEN,
                Metrics.NONE);
        Peer peer = new Peer(ADDRESS, false, "plain");
        ref = akka.spawn(
                ClientActor.create(services, dialect, peer, outbox, intake, Allowance.unlimited(), nanos::get));
    }

    static ClientSettings settings(Duration idle, FloodGuard.Rules flood) {
        return new ClientSettings(Duration.ofSeconds(60), idle, 3, Duration.ofSeconds(5), flood);
    }

    // The connection

    void tell(ClientActor.Command command) {
        ref.tell(command);
    }

    /** Sends lines, with their ends. */
    void type(String lines) {
        tell(new ClientActor.Received(ByteString.fromString(lines), true));
    }

    /** Waits until the client has handled all earlier messages; returns the output since the last call. */
    String written() {
        awaitIdle();
        String text = seen.toString();
        seen.setLength(0);
        return text;
    }

    /** Waits for exactly this output since the last call. */
    void shows(String expected) {
        watcher.awaitAssert(PATIENCE, LOOK, () -> {
            if (!take().equals(expected)) {
                throw new AssertionError("not written yet, after " + seen);
            }
            return true;
        });
        seen.setLength(0);
    }

    /** Waits for an answer that the client gives at once, whatever else it waits for. */
    void awaitIdle() {
        RoomName fence = RoomName.of("fence" + fences++);
        String answer = "-- bob invites you to " + fence + ": type /join " + fence + "\n";
        ref.<Object>unsafeUpcast().tell(new Notification.Invited(fence, Nick.of("bob"), Profile.APPLICATION, NOON));
        watcher.awaitAssert(PATIENCE, LOOK, () -> {
            if (!take().endsWith(answer)) {
                throw new AssertionError("not answered yet, after " + seen);
            }
            return true;
        });
        seen.setLength(seen.length() - answer.length());
    }

    /** Waits until the client knows that its connection is lost: later output is dropped. */
    void knowsOfTheEnd() {
        long before = outbox.progress().offered();
        ref.<Object>unsafeUpcast().tell(new Notification.Invited(TEA, Nick.of("bob"), Profile.APPLICATION, NOON));
        watcher.awaitAssert(PATIENCE, LOOK, () -> {
            if (outbox.progress().offered() == before) {
                throw new AssertionError("it still writes");
            }
            return true;
        });
    }

    private String take() {
        return seen.append(outbox.take(Integer.MAX_VALUE).utf8String()).toString();
    }

    /** The final output, when the client has closed its outbox. */
    String lastWords(Outbox.End how) {
        watcher.awaitAssert(PATIENCE, LOOK, () -> {
            if (outbox.end() != how) {
                throw new AssertionError("the outbox is " + outbox.end());
            }
            return true;
        });
        return take();
    }

    void pass(Duration duration) {
        awaitIdle();
        passUnseen(duration);
    }

    /** The same for a client without a connection. */
    void passUnseen(Duration duration) {
        nanos.addAndGet(duration.toNanos());
        time.timePasses(duration);
    }

    void ends() {
        watcher.expectTerminated(ref);
    }

    // The others

    /** Answers a claim in the registry. */
    NickRegistry.Claim claimed(Optional<Nick> obstacle) {
        NickRegistry.Claim claim = nicks.expectMessageClass(NickRegistry.Claim.class);
        claim.replyTo().tell(new NickRegistry.Claimed(claim.number(), claim.nick(), obstacle));
        return claim;
    }

    /** Answers the claims of the client, then of the user's actor. */
    NickRegistry.Claim entered() {
        claimed(Optional.empty());
        NickRegistry.Claim claim = claimed(Optional.empty());
        watcher.awaitAssert(PATIENCE, LOOK, () -> {
            if (!take().contains("-- you are " + claim.nick())) {
                throw new AssertionError("it has not entered, after " + seen);
            }
            return true;
        });
        return claim;
    }

    /** Gives ann her name, and lets her join the room tea. */
    void enterTea() {
        type("ann\n");
        entered();
        type("/join tea\n");
        located();
        joins();
        welcome();
        event(new RoomEvent.Joined(TEA, ANN, Profile.APPLICATION, NOON));
        written();
    }

    void located() {
        RoomDirectory.Locate asked = directory.expectMessageClass(RoomDirectory.Locate.class);
        asked.replyTo().tell(new RoomDirectory.Found(asked.room(), asked.number(), room.ref()));
    }

    RoomActor.Join joins() {
        RoomActor.Join join = room.expectMessageClass(RoomActor.Join.class);
        user = join.user();
        return join;
    }

    /** Another connection of the user has joined the room tea. */
    void isPlaced() {
        UserSnapshot now = users.find("ann").orElseThrow();
        ref.<Object>unsafeUpcast()
                .tell(new MemberEvent.Placed(TEA, room.ref(), now.id(), now.nick(), Ranks.NONE, false, seq));
        ref.<Object>unsafeUpcast().tell(new UserEvent.Subscribe(new UserRoom(TEA, seq)));
    }

    void isRemoved() {
        ref.<Object>unsafeUpcast()
                .tell(new MemberEvent.Removed(
                        TEA, users.find("ann").orElseThrow().id(), room.ref()));
    }

    void welcome() {
        welcome(0);
    }

    /** @param missed the number of missed messages that are still to come */
    void welcome(int missed) {
        user.observer()
                .orElseThrow()
                .tell(new MemberEvent.Placed(TEA, room.ref(), user.id(), user.nick(), Ranks.NONE, false, seq + missed));
        told(new RoomEvent.Welcome(
                TEA, room.ref(), ANN, seq + missed, Topic.NONE, Ranks.NONE, false, missed == 0 && seq == 0));
    }

    void event(RoomEvent event) {
        told(isHers(event) ? Batches.causedBy(ref.unsafeUpcast(), event) : Batches.of(event));
    }

    private static boolean isHers(RoomEvent event) {
        return event instanceof RoomEvent.Joined joined
                ? joined.nick().equals(ANN)
                : event instanceof RoomEvent.Renamed renamed
                        ? renamed.from().equals(ANN)
                        : event instanceof RoomEvent.Deed deed && deed.by().equals(ANN);
    }

    private void told(RoomEvent event) {
        ref.<RoomEvent>unsafeUpcast().tell(event);
    }

    /** Ends the room; from now on {@link #room} is the next one to be located. */
    void roomEnds() {
        room.stop();
        room = akka.createTestProbe();
    }

    /** Publishes the receipt of the next message to the room. */
    RoomActor.Say receipt() {
        RoomActor.Say say = room.expectMessageClass(RoomActor.Say.class);
        show("ann", say.message().text());
        return say;
    }

    void show(String by, String text) {
        seq++;
        event(new RoomEvent.Said(
                TEA,
                seq,
                "id" + seq,
                NOON,
                Nick.of(by),
                Profile.APPLICATION,
                Kind.MESSAGE,
                text,
                Attributes.NONE,
                io.teahouse.room.Audience.ALL,
                ""));
    }

    void left(Departure how) {
        event(new RoomEvent.Left(TEA, ANN, Profile.APPLICATION, how, "", ANN, Profile.APPLICATION, 0, NOON));
    }
}
