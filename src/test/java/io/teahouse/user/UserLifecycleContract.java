package io.teahouse.user;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import io.teahouse.room.Nick;
import io.teahouse.room.Ranks;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomEvent.Departure;
import io.teahouse.room.RoomName;
import io.teahouse.room.UserId;
import io.teahouse.room.local.LocalRooms;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What connections and rooms see of the users of accounts, whatever spawns their actors; one test class per supervisor. All
 * tests share the supervisor, and have accounts of their own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class UserLifecycleContract {
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final Duration LONG = Duration.ofHours(1);
    private static final AtomicInteger NAMES = new AtomicInteger();

    final ActorTestKit akka;
    private final LocalUserDirectory users = new LocalUserDirectory(new NickRules(32, CaseMapping.ASCII));
    private final HeldSaves alwaysOn = new HeldSaves();
    private final ActorRef<RoomDirectory.Command> rooms;
    private final ActorRef<UserSupervisor.Command> supervisor;

    /** A store that no longer answers when users of some accounts are saved. */
    private static final class HeldSaves implements AlwaysOnUsers {
        private final MemoryAlwaysOnUsers store = new MemoryAlwaysOnUsers(10);
        private final Set<String> held = ConcurrentHashMap.newKeySet();

        void hold(String account) {
            held.add(account);
        }

        @Override
        public CompletionStage<Void> save(Stored user) {
            return held.contains(user.account()) ? new CompletableFuture<>() : store.save(user);
        }

        @Override
        public CompletionStage<Void> remove(String account) {
            return store.remove(account);
        }

        @Override
        public CompletionStage<List<Stored>> all(int most) {
            return store.all(most);
        }

        @Override
        public CompletionStage<Optional<Stored>> find(String account) {
            return store.find(account);
        }

        @Override
        public CompletionStage<Optional<Boolean>> choice(String account) {
            return store.choice(account);
        }

        @Override
        public CompletionStage<Void> choose(String account, boolean isAlwaysOn) {
            return store.choose(account, isAlwaysOn);
        }
    }

    /** @param akka with real time */
    UserLifecycleContract(ActorTestKit akka) {
        this.akka = akka;
        this.rooms = akka.spawn(LocalRooms.create());
        UserSettings.AlwaysOn optIn = new UserSettings.AlwaysOn(UserSettings.Mode.OPT_IN, 10, LONG);
        this.supervisor = akka.spawn(create(new UserServices(
                akka.spawn(NickRegistryActor.create()),
                users,
                rooms,
                alwaysOn,
                List.of("akka.actor.default-dispatcher"),
                new UserSettings(3, LONG, 10, optIn, Duration.ofSeconds(5)))));
    }

    abstract Behavior<UserSupervisor.Command> create(UserServices services);

    @AfterAll
    void stop() {
        akka.shutdownTestKit();
    }

    private static String name(String beginning) {
        return beginning + NAMES.incrementAndGet();
    }

    private static RoomName room() {
        return RoomName.of(name("tea"));
    }

    private Device device(String account) {
        return new Device(akka, users, rooms, supervisor, account);
    }

    private Optional<UserSnapshot> user(String account) {
        return users.find(UserId.ofAccount(account));
    }

    private void await(Runnable assertion) {
        TestProbe<Object> probe = akka.createTestProbe();
        probe.awaitAssert(SOON, () -> {
            assertion.run();
            return probe;
        });
    }

    private void awaitConnections(String account, int count) {
        await(() -> assertThat(user(account).map(UserSnapshot::connections))
                .hasValueSatisfying(all -> assertThat(all).hasSize(count)));
    }

    private void awaitGone(String account) {
        await(() -> assertThat(user(account)).isEmpty());
    }

    /** Another user, who sees what happens in a room. */
    private Device witness(RoomName room) {
        Device witness = device(name("bob"));
        witness.joins(room);
        witness.awaitEvent(RoomEvent.Joined.class);
        return witness;
    }

    private static void expectLeft(Device witness, Departure how) {
        assertThat(witness.next())
                .isInstanceOfSatisfying(
                        RoomEvent.Left.class, left -> assertThat(left.how()).isEqualTo(how));
    }

    // Attaching

    @Test
    void whoeverLogsInToTheAccountIsTheSameUserOnOneConnectionMore() {
        String ann = name("ann");
        RoomName room = room();
        Device phone = device(ann);
        phone.joins(room);
        await(() -> assertThat(phone.user().place(room)).isPresent());

        Device laptop = new Device(akka, users, rooms, ann);
        laptop.asks(supervisor, Nick.of("pad"));
        laptop.attaches();

        assertThat(laptop.attached().actor()).isEqualTo(phone.actor());
        assertThat(laptop.attached().user().nick()).isEqualTo(Nick.of(ann));
        assertThat(laptop.attached().rooms()).extracting(UserRoom::room).containsExactly(room);
        assertThat(laptop.user().connections())
                .extracting(ConnectionInfo::number)
                .containsExactly(1, 2);
    }

    @Test
    void oneConnectionMoreThanAllowedIsRefused() {
        String ann = name("ann");
        device(ann);
        device(ann);
        device(ann);
        Device fourth = new Device(akka, users, rooms, ann);

        fourth.asks(supervisor, Nick.of(ann));

        UserEvent.AttachRefused refused = fourth.expect(UserEvent.AttachRefused.class);
        assertThat(refused.obstacle()).isEmpty();
        assertThat(refused.mostConnections()).isEqualTo(3);
        assertThat(user(ann).orElseThrow().connections()).hasSize(3);
    }

    @Test
    void aUserWhoseNickIsTakenIsRefusedAndMayTryAgain() {
        String bob = name("bob");
        device(bob);
        Device ann = new Device(akka, users, rooms, name("ann"));

        ann.asks(supervisor, Nick.of(bob));

        assertThat(ann.expect(UserEvent.AttachRefused.class).obstacle()).contains(Nick.of(bob));
        ann.asks(supervisor, Nick.of(name("ann")));
        ann.attaches();
    }

    @Test
    void whoAttachesWhileTheUserLeavesIsANewUser() {
        String ann = name("ann");
        RoomName room = room();
        Device first = device(ann);
        first.joins(room);
        Device bob = witness(room);

        first.detaches(Departure.QUIT);
        Device second = device(ann);

        expectLeft(bob, Departure.QUIT);
        assertThat(second.attached().rooms()).isEmpty();
        assertThat(second.user().connections()).hasSize(1);
    }

    // Rooms

    @Test
    void theOtherConnectionsSubscribeToARoomThatOneJoins() {
        String ann = name("ann");
        RoomName room = room();
        Device phone = device(ann);
        Device laptop = device(ann);

        phone.joins(room);
        laptop.subscribes();
        phone.awaitEvent(RoomEvent.Joined.class);
        phone.says(room, "hello");

        phone.hears("hello");
        assertThat(laptop.awaitEvent(RoomEvent.Said.class).text()).isEqualTo("hello");
    }

    // The end of a connection

    @Test
    void theUserLeavesWithTheLastConnection() {
        String ann = name("ann");
        RoomName room = room();
        Device phone = device(ann);
        Device laptop = device(ann);
        phone.joins(room);
        laptop.subscribes();
        Device bob = witness(room);

        phone.detaches(Departure.QUIT);
        awaitConnections(ann, 1);
        laptop.says(room, "still here");
        bob.hears("still here");
        laptop.detaches(Departure.QUIT);

        expectLeft(bob, Departure.QUIT);
        awaitGone(ann);
    }

    @Test
    void aConnectionThatStopsWithoutAWordIsLost() {
        String ann = name("ann");
        RoomName room = room();
        Device phone = device(ann);
        phone.joins(room);
        Device bob = witness(room);

        phone.stops();

        expectLeft(bob, Departure.LOST);
    }

    @Test
    void anEndedConnectionIsToldWhy() {
        String ann = name("ann");
        Device phone = device(ann);
        device(ann);

        users.disconnect(UserId.ofAccount(ann), phone.attached().connection(), "ended");

        assertThat(phone.expect(Disconnect.class).reason()).isEqualTo("ended");
        assertThat(user(ann).orElseThrow().connections())
                .extracting(ConnectionInfo::number)
                .containsExactly(2);
    }

    @Test
    void aKilledUserHasAllConnectionsEnded() {
        String ann = name("ann");
        Device phone = device(ann);
        Device laptop = device(ann);

        users.disconnect(UserId.ofAccount(ann), "spam");

        assertThat(phone.expect(Disconnect.class).reason()).isEqualTo("spam");
        assertThat(laptop.expect(Disconnect.class).reason()).isEqualTo("spam");
    }

    @Test
    void aUserWhoMayStayIsAbsentAndComesBack() {
        String ann = name("ann");
        RoomName room = room();
        Device phone = device(ann);
        phone.joins(room);
        Device bob = witness(room);

        phone.detaches(Departure.LOST, true);
        assertThat(bob.next()).isInstanceOf(RoomEvent.ProfileChanged.class);
        await(() -> assertThat(user(ann).orElseThrow().isAbsent()).isTrue());
        bob.says(room, "missed");
        bob.hears("missed");

        Device again = device(ann);
        assertThat(again.attached().absentSince()).isPresent();
        assertThat(again.attached().rooms()).extracting(UserRoom::room).containsExactly(room);
        assertThat(again.user().isAbsent()).isFalse();
    }

    // What others may know

    @Test
    void theUserIsAwayWhenAllConnectionsAre() {
        String ann = name("ann");
        Device phone = device(ann);
        Device laptop = device(ann);

        phone.actor().tell(new UserActor.SetAway(1, phone.told().ref(), "lunch"));
        assertThat(phone.expect(UserEvent.Done.class).number()).isEqualTo(1);
        assertThat(phone.user().profile().isAway()).isFalse();
        laptop.actor().tell(new UserActor.SetAway(2, laptop.told().ref(), "tea"));
        assertThat(laptop.expect(UserEvent.Done.class).number()).isEqualTo(2);

        assertThat(phone.user().profile().away()).isEqualTo("tea");
        phone.expect(UserEvent.Changed.class);
    }

    @Test
    void allConnectionsAreRenamedAndTheOneThatAskedIsAnswered() {
        String ann = name("ann");
        Nick anna = Nick.of(name("anna"));
        RoomName room = room();
        Device phone = device(ann);
        Device laptop = device(ann);
        phone.joins(room);
        laptop.subscribes();
        Device bob = witness(room);

        laptop.actor().tell(new UserActor.Rename(5, laptop.told().ref(), anna, false));

        assertThat(phone.expect(UserEvent.Named.class)).isEqualTo(new UserEvent.Named(0, anna, Nick.of(ann), ""));
        assertThat(laptop.expect(UserEvent.Named.class)).isEqualTo(new UserEvent.Named(5, anna, Nick.of(ann), ""));
        assertThat(laptop.expect(UserEvent.Done.class).number()).isEqualTo(5);
        assertThat(bob.next()).isInstanceOf(RoomEvent.Renamed.class);
    }

    @Test
    void aNickThatIsTakenIsRefused() {
        String bob = name("bob");
        device(bob);
        Device ann = device(name("ann"));

        ann.actor().tell(new UserActor.Rename(5, ann.told().ref(), Nick.of(bob), false));

        assertThat(ann.expect(UserEvent.NickRefused.class))
                .isEqualTo(new UserEvent.NickRefused(5, Nick.of(bob), Nick.of(bob)));
    }

    // The account

    @Test
    void aConnectionBesideOthersThatLogsInElsewhereBecomesAnotherUser() {
        String ann = name("ann");
        String bob = name("bob");
        Device phone = device(ann);
        Device laptop = device(ann);

        laptop.actor().tell(new UserActor.LogIn(8, laptop.as(Nick.of(bob), bob)));
        laptop.attaches();

        assertThat(laptop.user().nick()).isEqualTo(Nick.of(bob));
        assertThat(laptop.actor()).isNotEqualTo(phone.actor());
        awaitConnections(ann, 1);
    }

    @Test
    void whoLogsInToAnAccountWithAUserIsThatUser() {
        String ann = name("ann");
        String bob = name("bob");
        Device phone = device(ann);
        Device other = device(bob);

        other.actor().tell(new UserActor.LogIn(8, other.as(Nick.of(ann), ann)));
        other.attaches();

        assertThat(other.actor()).isEqualTo(phone.actor());
        assertThat(phone.user().connections()).hasSize(2);
        awaitGone(bob);
    }

    @Test
    void whoHasLoggedOutIsNotTheUserOfTheAccount() {
        String ann = name("ann");
        Device phone = device(ann);

        phone.actor().tell(new UserActor.LogOut(9, phone.told().ref()));

        assertThat(phone.expect(UserEvent.Done.class).number()).isEqualTo(9);
        assertThat(user(ann)).isEmpty();
        assertThat(users.find(ann).orElseThrow().profile().account()).isEmpty();
        Device second = new Device(akka, users, rooms, ann);
        second.asks(supervisor, Nick.of(name("pad")));
        second.attaches();
        assertThat(second.actor()).isNotEqualTo(phone.actor());
    }

    // Always-on

    @Test
    void whoChoosesItStaysWithoutAConnection() {
        String ann = name("ann");
        RoomName room = room();
        Device phone = device(ann);
        phone.joins(room);
        Device bob = witness(room);
        phone.actor().tell(new UserActor.ChooseAlwaysOn(4, phone.told().ref(), Optional.of(true)));
        assertThat(phone.expect(UserEvent.Chosen.class).alwaysOn()).isTrue();

        phone.detaches(Departure.QUIT);

        assertThat(bob.next()).isInstanceOf(RoomEvent.ProfileChanged.class);
        await(() -> assertThat(user(ann).orElseThrow().isAbsent()).isTrue());
    }

    @Test
    void whoIsStoredIsThereAgainWithTheirRooms() {
        String ann = name("ann");
        RoomName room = room();
        Device bob = witness(room);
        AlwaysOnUsers.Membership membership = new AlwaysOnUsers.Membership(room, Ranks.NONE, 0);
        alwaysOn.choose(ann, true).toCompletableFuture().join();
        alwaysOn.save(new AlwaysOnUsers.Stored(
                        ann, Nick.of(ann), "u", "Real", "", Instant.now(), Map.of(), List.of(membership)))
                .toCompletableFuture()
                .join();

        supervisor.tell(new UserSupervisor.RestoreUser(ann));

        await(() -> assertThat(user(ann).flatMap(found -> found.place(room))).isPresent());
        assertThat(user(ann).orElseThrow().isAbsent()).isTrue();
        assertThat(bob.next()).isInstanceOf(RoomEvent.Joined.class); // the room has run without them
        bob.says(room, "welcome back");
        bob.hears("welcome back");
        Device again = device(ann);
        assertThat(again.attached().absentSince()).isPresent();
        assertThat(again.awaitEvent(RoomEvent.Said.class).text()).isEqualTo("welcome back");
    }

    @Test
    void whoseAccountIsRenamedIsBackInARoomThatWasNotStoredYet() {
        String ann = name("ann");
        String anna = name("anna");
        RoomName room = room();
        Device phone = device(ann);
        Device bob = witness(room);
        phone.actor().tell(new UserActor.ChooseAlwaysOn(4, phone.told().ref(), Optional.of(true)));
        assertThat(phone.expect(UserEvent.Chosen.class).alwaysOn()).isTrue();
        alwaysOn.hold(ann);
        phone.joins(room);
        await(() -> assertThat(user(ann).flatMap(found -> found.place(room))).isPresent());

        alwaysOn.choose(anna, true).toCompletableFuture().join(); // as the store that has renamed the account
        assertThat(users.accountRenamed(UserId.ofAccount(ann), Nick.of(anna), "asked"))
                .isTrue();

        assertThat(phone.expect(Disconnect.class).reason()).isEqualTo("asked");
        phone.detaches(Departure.QUIT);
        awaitGone(ann);
        await(() -> assertThat(user(anna).flatMap(found -> found.place(room))).isPresent());
        assertThat(user(anna).map(UserSnapshot::nick)).contains(Nick.of(anna));
        assertThat(bob.awaitEvent(RoomEvent.Left.class).nick()).isEqualTo(Nick.of(ann));
    }

    @Test
    void anAccountThatHasNoUserOnlineIsRenamedWithoutThem() {
        assertThat(users.accountRenamed(UserId.ofAccount(name("ann")), Nick.of(name("anna")), ""))
                .isFalse();
    }
}
