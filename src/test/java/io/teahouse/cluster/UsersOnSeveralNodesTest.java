package io.teahouse.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.Address;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.typed.Down;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomEvent.Departure;
import io.teahouse.room.RoomName;
import io.teahouse.room.UserId;
import io.teahouse.user.ConnectionInfo;
import io.teahouse.user.Device;
import io.teahouse.user.Disconnect;
import io.teahouse.user.Notification;
import io.teahouse.user.OnlineUser;
import io.teahouse.user.OnlineUsers;
import io.teahouse.user.UserActor;
import io.teahouse.user.UserEvent;
import io.teahouse.user.UserRoom;
import io.teahouse.user.UserSnapshot;
import io.teahouse.user.UserSupervisor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One user of an account with connections to several nodes. */
class UsersOnSeveralNodesTest {
    private static final RoomName TEA = RoomName.of("Tea");

    private final List<TestNode> nodes = new ArrayList<>(TestNode.three());

    @BeforeEach
    void form() {
        TestNode.form(nodes);
    }

    @AfterEach
    void stop() {
        nodes.forEach(TestNode::close);
    }

    private static Device device(TestNode node, String account) {
        return new Device(node.akka, node.users, node.rooms, node.supervisor, account);
    }

    /** The node that has the user's actor. */
    private TestNode host(String account) {
        return nodes.get(0)
                .akka
                .<Object>createTestProbe()
                .awaitAssert(
                        TestNode.SOON,
                        () -> nodes.stream()
                                .filter(node -> node.users
                                        .online(UserId.ofAccount(account))
                                        .filter(node.foreign::isOwn)
                                        .isPresent())
                                .findFirst()
                                .orElseThrow());
    }

    /** The name of an account whose user is on that node. */
    private String accountOn(TestNode host) {
        for (int i = 0; ; i++) {
            String account = "ann" + i;
            Device probe = device(nodes.get(0), account);
            boolean is = host(account) == host;
            probe.detaches(Departure.QUIT);
            nodes.forEach(node -> awaitGone(node, account));
            if (is) {
                return account;
            }
        }
    }

    private static void awaitGone(TestNode node, String account) {
        TestProbe<Object> wait = node.akka.createTestProbe();
        wait.awaitAssert(TestNode.SOON, () -> {
            assertThat(node.users.find(UserId.ofAccount(account))).isEmpty();
            return wait;
        });
    }

    private void kill(TestNode node) {
        Address address = node.cluster().selfMember().address();
        node.close();
        nodes.remove(node);
        nodes.get(0).cluster().manager().tell(new Down(address));
    }

    private static void awaitUser(Device device, Consumer<UserSnapshot> check) {
        device.told().awaitAssert(TestNode.SOON, () -> {
            check.accept(device.user());
            return device;
        });
    }

    private Device bob(TestNode node) {
        Device bob = device(node, "bob");
        bob.joins(TEA);
        bob.says(TEA, "here");
        bob.awaitEvent(RoomEvent.Said.class);
        return bob;
    }

    @Test
    void connectionsToTwoNodesAreOneUser() {
        Device bob = bob(nodes.get(2));
        Device phone = device(nodes.get(0), "ann");
        Device laptop = device(nodes.get(1), "ann");
        assertThat(laptop.attached().user().nick()).isEqualTo(Nick.of("ann"));
        awaitUser(
                phone,
                user -> assertThat(user.connections())
                        .extracting(ConnectionInfo::number)
                        .containsExactly(1, 2));

        phone.joins(TEA);
        laptop.subscribes();
        assertThat(bob.next()).isInstanceOf(RoomEvent.Joined.class);
        awaitUser(laptop, user -> assertThat(user.place(TEA)).isPresent());
        phone.awaitEvent(RoomEvent.Joined.class);

        phone.says(TEA, "hello");
        phone.hears("hello");
        laptop.hears("hello");
        bob.hears("hello");

        laptop.parts(TEA);
        assertThat(phone.next()).isInstanceOf(RoomEvent.Left.class);
        assertThat(laptop.next()).isInstanceOf(RoomEvent.Left.class);
        assertThat(bob.next()).isInstanceOf(RoomEvent.Left.class);
        awaitUser(phone, user -> assertThat(user.places()).isEmpty());
    }

    @Test
    void theUserQuitsWithTheLastConnection() {
        Device bob = bob(nodes.get(2));
        Device phone = device(nodes.get(0), "ann");
        Device laptop = device(nodes.get(1), "ann");
        phone.joins(TEA);
        laptop.subscribes();
        assertThat(bob.next()).isInstanceOf(RoomEvent.Joined.class);

        phone.detaches(Departure.QUIT);
        awaitUser(laptop, user -> assertThat(user.connections()).hasSize(1));
        laptop.says(TEA, "still here");
        bob.hears("still here");

        laptop.detaches(Departure.QUIT);
        assertThat(bob.next())
                .isInstanceOfSatisfying(
                        RoomEvent.Left.class, left -> assertThat(left.how()).isEqualTo(Departure.QUIT));
        bob.told()
                .awaitAssert(
                        TestNode.SOON,
                        () -> assertThat(nodes.get(2).users.find(UserId.ofAccount("ann")))
                                .isEmpty());
    }

    @Test
    void whatOneConnectionChangesTheOthersAreTold() {
        Device phone = device(nodes.get(0), "ann");
        Device laptop = device(nodes.get(1), "ann");

        phone.actor().tell(new UserActor.Rename(5, phone.told().ref(), Nick.of("anna"), false));
        assertThat(laptop.expect(UserEvent.Named.class).to()).isEqualTo(Nick.of("anna"));
        assertThat(laptop.user().nick()).isEqualTo(Nick.of("anna")); // before the connection is told
        assertThat(phone.expect(UserEvent.Done.class).number()).isEqualTo(5);

        phone.actor().tell(new UserActor.NotifyOthers(phone.told().ref(), new Notification.Read("tea", Instant.EPOCH)));
        assertThat(laptop.expect(Notification.Read.class).target()).isEqualTo("tea");

        TestNode third = nodes.get(2); // may not have heard of the user yet
        phone.told()
                .awaitAssert(
                        TestNode.SOON,
                        () -> assertThat(third.users.find("anna")).isPresent());
        third.users.disconnect(UserId.ofAccount("ann"), "enough");
        assertThat(phone.expect(Disconnect.class).reason()).isEqualTo("enough");
        assertThat(laptop.expect(Disconnect.class).reason()).isEqualTo("enough");
    }

    @Test
    void whoHasLoggedOutIsNotTheUserOfTheAccount() {
        String account = accountOn(nodes.get(2));
        Device phone = device(nodes.get(0), account);
        phone.actor().tell(new UserActor.LogOut(5, phone.told().ref()));
        assertThat(phone.expect(UserEvent.Done.class).number()).isEqualTo(5);
        assertThat(nodes.get(0).users.find(account).orElseThrow().profile().account())
                .isEmpty();

        phone.actor().tell(new UserActor.Rename(6, phone.told().ref(), Nick.of("guest"), false));
        assertThat(phone.expect(UserEvent.Done.class).number()).isEqualTo(6);
        Device again = device(nodes.get(0), account);
        assertThat(again.actor()).isNotEqualTo(phone.actor());
        assertThat(again.user().connections()).hasSize(1);
        assertThat(nodes.get(0).users.find("guest")).isPresent();
    }

    /** A guest of one node, whom the node of the account has not heard of yet. */
    @Test
    void aGuestWhoLogsInGoesOnAsTheUserOfTheAccount() {
        String account = accountOn(nodes.get(2));
        TestNode node = nodes.get(0);
        TestProbe<UserEvent> told = node.akka.createTestProbe();
        TestProbe<RoomEvent> events = node.akka.createTestProbe();
        TestProbe<UserSupervisor.LoggedIn> login = node.akka.createTestProbe();
        Profile profile = new Profile("u", "host", "Real", "", "", false).withGuest(UserId.ofGuest("eve~1"));
        ConnectionInfo connection = new ConnectionInfo(77, 1, "irc", "192.0.2.1", true, Instant.now(), 0);
        UserSnapshot eve = UserSnapshot.online(Nick.of("eve"), profile, connection);
        OnlineUser entry =
                node.users.enter(eve, told.ref().<Object>unsafeUpcast().narrow());
        UserActor.Newcomer newcomer = new UserActor.Newcomer(
                Nick.of(account),
                true,
                UserId.generate(),
                profile.withAccount(account),
                "irc",
                true,
                told.ref(),
                events.ref());

        node.supervisor.tell(new UserSupervisor.LogIn(1, account, "", Optional.empty(), login.ref()));
        UserSupervisor.LoggedIn answer = login.receiveMessage(TestNode.SOON);
        assertThat(answer.fresh()).isTrue();
        answer.user().tell(new UserActor.Adopt(2, newcomer, eve, List.of(), 3, login.ref()));

        assertThat(told.receiveMessage(TestNode.SOON)).isEqualTo(new UserEvent.Adopted(answer.user(), 3));
        assertThat(told.receiveMessage(TestNode.SOON)).isEqualTo(new UserEvent.Done(2));
        told.awaitAssert(TestNode.SOON, () -> {
            assertThat(entry.snapshot().id()).isEqualTo(UserId.ofAccount(account));
            return entry;
        });
        assertThat(node.users.online(UserId.ofAccount(account))).containsSame(entry);
        Device phone = device(nodes.get(1), account);
        assertThat(phone.attached().user().nick()).isEqualTo(Nick.of("eve"));
        awaitUser(phone, user -> assertThat(user.connections()).hasSize(2));

        UserSupervisor.LoggedIn second = new UserSupervisor.LoggedIn(4, answer.user(), false);
        answer.user().tell(new UserActor.Adopt(2, newcomer, eve, List.of(), 4, login.ref()));
        assertThat(login.receiveMessage(TestNode.SOON)).isEqualTo(second); // the account has a user
    }

    @Test
    void nobodyNoticesThatTheNodeOfTheUserDies() {
        String account = accountOn(nodes.get(2));
        Device bob = bob(nodes.get(0));
        Device phone = device(nodes.get(0), account);
        Device laptop = device(nodes.get(1), account);
        phone.joins(TEA);
        laptop.subscribes();
        assertThat(bob.next()).isInstanceOf(RoomEvent.Joined.class);
        awaitUser(phone, user -> assertThat(user.place(TEA)).isPresent());
        RoomName talk = RoomName.conversation(
                UserId.ofAccount(account).value(), UserId.ofAccount("bob").value());
        phone.joins(talk);
        laptop.subscribes();

        kill(nodes.get(2));
        phone.actor().tell(new UserActor.SetRealName(6, phone.told().ref(), "Ann"));
        assertThat(phone.expect(UserEvent.Done.class).number()).isEqualTo(6);
        assertThat(bob.next()).isInstanceOf(RoomEvent.ProfileChanged.class);
        awaitUser(laptop, user -> {
            assertThat(user.profile().realName()).isEqualTo("Ann");
            assertThat(user.connections()).hasSize(2);
        });
        bob.hearsNothing(TestNode.SHORTLY.plusSeconds(1)); // longer than rooms wait for lost members
        laptop.says(TEA, "going on");
        RoomEvent heard = bob.next();
        while (heard instanceof RoomEvent.ProfileChanged) {
            heard = bob.next();
        }
        assertThat(heard).isInstanceOf(RoomEvent.Said.class);

        Device tablet = device(nodes.get(0), account);
        assertThat(tablet.attached().rooms()).extracting(UserRoom::room).containsExactlyInAnyOrder(TEA, talk);
        bob.joins(talk);
        bob.says(talk, "psst");
        for (Device each : List.of(phone, laptop, tablet)) {
            RoomEvent.Said said = each.awaitEvent(RoomEvent.Said.class);
            while (said.room().equals(TEA)) {
                said = each.awaitEvent(RoomEvent.Said.class);
            }
            assertThat(said.text()).isEqualTo("psst");
        }

        laptop.parts(TEA);
        assertThat(phone.awaitEvent(RoomEvent.Left.class).how()).isEqualTo(Departure.PARTED);
        awaitUser(laptop, user -> assertThat(user.places()).isEmpty());
    }

    @Test
    void whoseNodeDiesIsExpectedBackElsewhere() {
        String account = accountOn(nodes.get(2));
        Device bob = bob(nodes.get(0));
        Device phone = device(nodes.get(1), account);
        phone.joins(TEA);
        assertThat(bob.next()).isInstanceOf(RoomEvent.Joined.class);
        awaitUser(phone, user -> assertThat(user.place(TEA)).isPresent());

        kill(nodes.get(1));
        Device again = device(nodes.get(0), account);
        again.says(TEA, "back");
        bob.hears("back");
        bob.hearsNothing(TestNode.SHORTLY.plusSeconds(1));
        again.says(TEA, "and still here");
        bob.hears("and still here");
    }

    @Test
    void whoDoesNotComeBackIsLost() {
        String account = accountOn(nodes.get(2));
        Device bob = bob(nodes.get(0));
        Device phone = device(nodes.get(1), account);
        phone.joins(TEA);
        assertThat(bob.next()).isInstanceOf(RoomEvent.Joined.class);
        awaitUser(phone, user -> assertThat(user.place(TEA)).isPresent());

        kill(nodes.get(1));
        assertThat(bob.next())
                .isInstanceOfSatisfying(
                        RoomEvent.Left.class, left -> assertThat(left.how()).isEqualTo(Departure.LOST));
        bob.told()
                .awaitAssert(
                        TestNode.SOON,
                        () -> assertThat(nodes.get(0).users.find(UserId.ofAccount(account)))
                                .isEmpty());
    }

    @Test
    void anAlwaysOnUserStaysThoughTheirNodeDies() {
        String account = accountOn(nodes.get(2));
        Device bob = bob(nodes.get(0));
        Device phone = device(nodes.get(1), account);
        phone.actor().tell(new UserActor.ChooseAlwaysOn(4, phone.told().ref(), Optional.of(true)));
        assertThat(phone.expect(UserEvent.Chosen.class).alwaysOn()).isTrue();
        Nick other = Nick.of("other" + account);
        phone.actor().tell(new UserActor.Rename(5, phone.told().ref(), other, false));
        assertThat(phone.expect(UserEvent.Done.class).number()).isEqualTo(5);
        phone.joins(TEA);
        assertThat(bob.next()).isInstanceOf(RoomEvent.Joined.class);
        awaitUser(phone, user -> assertThat(user.place(TEA)).isPresent());
        phone.detaches(Departure.QUIT);
        awaitUser(phone, user -> assertThat(user.isAbsent()).isTrue());
        assertThat(bob.next()).isInstanceOf(RoomEvent.ProfileChanged.class); // away

        kill(nodes.get(2));
        nodes.get(0)
                .akka
                .createTestProbe()
                .expectNoMessage(TestNode.SHORTLY.plusSeconds(2)); // longer than others would be expected back
        Device again = device(nodes.get(1), account);
        assertThat(again.attached().absentSince()).isPresent();
        assertThat(again.attached().user().nick()).isEqualTo(other);
        if (again.attached().rooms().isEmpty()) { // the room itself has been moved, too
            again.subscribes();
        }
        again.says(TEA, "back");
        RoomEvent heard = bob.next();
        while (heard instanceof RoomEvent.ProfileChanged) { // the store has no host; away no longer
            heard = bob.next();
        }
        assertThat(heard).isInstanceOf(RoomEvent.Said.class); // neither a leave nor a join
    }

    /** As it does when its shard is moved. */
    @Test
    void anAlwaysOnUserWhoseActorStartsAgainCountsOnce() {
        TestNode node = nodes.get(2);
        String account = accountOn(node);
        UserId id = UserId.ofAccount(account);
        Device phone = device(nodes.get(1), account);
        phone.actor().tell(new UserActor.ChooseAlwaysOn(4, phone.told().ref(), Optional.of(true)));
        assertThat(phone.expect(UserEvent.Chosen.class).alwaysOn()).isTrue();
        phone.detaches(Departure.QUIT);
        phone.told()
                .awaitAssert(
                        TestNode.SOON,
                        () -> assertThat(node.users.absentHere(OnlineUsers.Absence.ALWAYS_ON))
                                .isEqualTo(1));
        ActorRef<UserActor.Command> former = node.users.online(id).orElseThrow().actor();

        ClusterUserSupervisor.entity(ClusterSharding.get(node.akka.system()), account)
                .tell(new AccountEntity.Stop());
        phone.told()
                .awaitAssert(
                        TestNode.SOON,
                        () -> assertThat(node.users.online(id).orElseThrow().actor())
                                .isNotEqualTo(former));
        assertThat(node.users.absentHere(OnlineUsers.Absence.ALWAYS_ON)).isEqualTo(1);
    }

    @Test
    void aRelayThatIsAboutToBeUsedDoesNotEnd() {
        TestNode node = nodes.get(0);
        Device phone = device(node, "ann");
        ActorRef<Object> relay = phone.actor().<Object>unsafeUpcast();
        ActorRef<Object> supervisor = node.supervisor.unsafeUpcast();
        phone.detaches(Departure.QUIT);
        awaitGone(node, "ann");

        supervisor.tell(new ClusterUserSupervisor.RelayIdle("ann", relay, 0)); // it did not know of the phone yet
        Device again = device(node, "ann");
        assertThat(again.actor()).isEqualTo(phone.actor());
        again.detaches(Departure.QUIT);
        awaitGone(node, "ann");

        supervisor.tell(new ClusterUserSupervisor.RelayIdle("ann", relay, 2));
        again.told().expectTerminated(relay, TestNode.SOON);
        assertThat(device(node, "ann").actor()).isNotEqualTo(relay);
    }
}
