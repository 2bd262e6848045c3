package io.teahouse.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.cluster.typed.Down;
import io.teahouse.room.Attributes;
import io.teahouse.room.Delivery;
import io.teahouse.room.MemberEvent;
import io.teahouse.room.MemoryRoomLogs;
import io.teahouse.room.Nick;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.user.Notification;
import io.teahouse.user.OnlineUser;
import io.teahouse.user.OnlineUsers;
import io.teahouse.user.UserMode;
import io.teahouse.user.UserSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is online, on two nodes. */
class ClusterUsersTest {
    private final MemoryRoomLogs logs = new MemoryRoomLogs();
    private final TestNode here = new TestNode(logs);
    private final TestNode there = new TestNode(logs);
    private final TestProbe<Object> ann = here.akka.createTestProbe();
    private final TestProbe<Object> watcher = there.akka.createTestProbe();

    @BeforeEach
    void form() {
        TestNode.form(List.of(here, there));
    }

    @AfterEach
    void stop() {
        here.close();
        there.close();
    }

    private UserSnapshot seenThere(String nick) {
        return watcher.awaitAssert(TestNode.SOON, () -> {
            Optional<UserSnapshot> found = there.users.find(nick);
            assertThat(found).isPresent();
            return found.get();
        });
    }

    @Test
    void aUserOfOneNodeIsKnownOnTheOther() {
        OnlineUser user = here.enter("ann", ann.ref(), List.of());
        assertThat(seenThere("ann")).isEqualTo(user.snapshot());
        assertThat(there.users.count()).isEqualTo(1);

        there.users.notify(user.snapshot().id(), new Notification.ServerNotice("hello"));
        assertThat(ann.receiveMessage(TestNode.SOON)).isEqualTo(new Notification.ServerNotice("hello"));
    }

    @Test
    void whoWatchesANickIsToldOfWhatHappensOnTheOtherNode() {
        there.users.watch("ann", watcher.ref());
        OnlineUser user = here.enter("ann", ann.ref(), List.of());
        assertThat(watcher.receiveMessage(TestNode.SOON)).isInstanceOf(Notification.Online.class);

        user.publish(user.snapshot().withNick(Nick.of("anna")), 0);
        assertThat(watcher.receiveMessage(TestNode.SOON)).isEqualTo(new Notification.Offline(Nick.of("ann")));
        assertThat(seenThere("anna").id()).isEqualTo(user.snapshot().id());

        user.publish(user.snapshot().withMode(UserMode.BOT, true), 0);
        watcher.awaitAssert(
                TestNode.SOON, () -> assertThat(there.users.count(UserMode.BOT)).isEqualTo(1));

        user.leave();
        watcher.awaitAssert(TestNode.SOON, () -> assertThat(there.users.count()).isZero());
    }

    @Test
    void moreUsersThanFitIntoAMessageAreKnown() {
        List<OnlineUser> users = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            users.add(here.enter("user" + i, ann.ref(), List.of()));
        }
        watcher.awaitAssert(TestNode.SOON, () -> assertThat(there.users.count()).isEqualTo(1_000));
        users.subList(0, 900).forEach(OnlineUser::leave);
        watcher.awaitAssert(TestNode.SOON, () -> assertThat(there.users.count()).isEqualTo(100));
    }

    /** Such as a member of an application with the same nick on each node. */
    @Test
    void aUserOfBothNodesIsKnownAsLongAsOneOfThemHasThem() {
        TestProbe<Object> other = there.akka.createTestProbe();
        OnlineUser mine = here.enter("desk", ann.ref(), List.of());
        OnlineUser theirs = there.enter("desk", other.ref(), List.of());
        here.enter("lasthere", ann.ref(), List.of());
        there.enter("lastthere", other.ref(), List.of());
        seenThere("lasthere");
        watcher.awaitAssert(
                TestNode.SOON, () -> assertThat(here.users.find("lastthere")).isPresent());

        mine.leave();
        watcher.awaitAssert(TestNode.SOON, () -> {
            assertThat(here.users.online(theirs.snapshot().id()))
                    .map(user -> user.actor().path().name())
                    .contains(other.ref().path().name());
            return null;
        });
        theirs.leave();
        watcher.awaitAssert(
                TestNode.SOON, () -> assertThat(here.users.find("desk")).isEmpty());
    }

    @Test
    void usersOfANodeThatIsGoneAreForgotten() {
        here.enter("ann", ann.ref(), List.of());
        seenThere("ann");
        there.cluster().manager().tell(new Down(here.cluster().selfMember().address()));
        watcher.awaitAssert(TestNode.SOON, () -> assertThat(there.users.count()).isZero());
    }

    @Test
    void absentUsersOfBothNodesCount() {
        assertThat(here.users.mayBeAbsent(OnlineUsers.Absence.ALWAYS_ON, 2)).isTrue();
        assertThat(here.users.mayBeAbsent(OnlineUsers.Absence.LOST, 2)).isTrue();
        watcher.awaitAssert(TestNode.SOON, () -> {
            assertThat(there.users.absent(OnlineUsers.Absence.ALWAYS_ON)).isEqualTo(1);
            assertThat(there.users.absent(OnlineUsers.Absence.LOST)).isEqualTo(1);
            return null;
        });
        assertThat(there.users.mayBeAbsent(OnlineUsers.Absence.ALWAYS_ON, 2)).isTrue();
        assertThat(there.users.mayBeAbsent(OnlineUsers.Absence.ALWAYS_ON, 2)).isFalse();
        assertThat(there.users.mayStayAbsent(OnlineUsers.Absence.ALWAYS_ON, 2)).isTrue();

        there.users.absenceEnded(OnlineUsers.Absence.ALWAYS_ON);
        here.users.absenceEnded(OnlineUsers.Absence.ALWAYS_ON);
        watcher.awaitAssert(
                TestNode.SOON,
                () -> assertThat(there.users.mayBeAbsent(OnlineUsers.Absence.ALWAYS_ON, 2))
                        .isTrue());
        there.cluster().manager().tell(new Down(here.cluster().selfMember().address()));
        watcher.awaitAssert(
                TestNode.SOON,
                () -> assertThat(there.users.absent(OnlineUsers.Absence.LOST)).isZero());
    }

    private void introduce() {
        RoomName conversation = RoomName.conversation("a:ann", "a:bob");
        TestNode.Client ann = here.client("ann", conversation);
        TestNode.Client bob = there.client("bob", conversation);
        ann.joins();
        join(ann, bob);
        bob.expect(RoomEvent.Welcome.class);
    }

    private static RoomDirectory.Location locate(TestNode node, String room) {
        return node.locate(RoomName.of(room), new RoomDirectory.Opener("a:eve", "192.0.2.7"));
    }

    @Test
    void theRoomsThatAUserMayOpenAreCountedOnBothNodes() {
        for (int i = 0; i < TestNode.ROOMS_PER_USER; i++) {
            assertThat(locate(here, "room" + i)).isInstanceOf(RoomDirectory.Found.class);
        }
        introduce(); // goes the same way, after what was opened
        assertThat(locate(there, "another"))
                .isInstanceOfSatisfying(
                        RoomDirectory.NotFound.class,
                        refused -> assertThat(refused.refusal().text())
                                .isEqualTo("you have opened 2 rooms already: leave one first"));
        assertThat(locate(there, "room0")).as("is open already").isInstanceOf(RoomDirectory.Found.class);
    }

    /** Somebody writes to a user of another node, who has not opened the conversation. */
    @Test
    void theFirstMessageOfAConversationArrivesOnTheOtherNode() {
        RoomName conversation = RoomName.conversation("a:ann", "a:bob");
        TestNode.Client ann = here.client("ann", conversation);
        TestNode.Client bob = there.client("bob", conversation);
        ann.joins();
        join(ann, bob);
        ann.say("psst");
        assertThat(bob.expect(RoomEvent.Welcome.class).self()).isEqualTo(bob.room);
        assertThat(bob.hears("psst").attributes()).isEqualTo(Attributes.NONE);
        ann.replies.expectNoMessage(Duration.ZERO);
    }

    /** Here, ann's node joins bob, who is there. */
    private void join(TestNode.Client ann, TestNode.Client bob) {
        ActorRef<MemberEvent> user = here.resolve(bob.user.ref(), there);
        RoomActor.Identity identity =
                new RoomActor.Identity(bob.id(), bob.nick, bob.identity().profile(), false, user, Optional.of(user));
        ann.room.tell(new RoomActor.Join(
                identity,
                "",
                here.resolve(bob.events.ref(), there),
                Delivery.BATCHED,
                Optional.empty(),
                0,
                here.akka.<RoomReply>createTestProbe().ref()));
    }
}
