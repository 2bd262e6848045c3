package io.teahouse.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import io.teahouse.room.MemberEvent;
import io.teahouse.room.MemoryRoomLogs;
import io.teahouse.room.Nick;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rooms of a cluster that has one node. */
class ClusterRoomsTest {
    private static final RoomName TEA = RoomName.of("Tea");

    private final MemoryRoomLogs logs = new MemoryRoomLogs();
    private final TestNode node = new TestNode(logs);

    @BeforeEach
    void form() {
        node.join(node);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void whatIsSaidIsHeardByAllAndIsTheReceipt() {
        TestNode.Client ann = node.client("ann", TEA);
        TestNode.Client bob = node.client("bob", TEA);
        assertThat(ann.joins()).returns(ann.room, RoomEvent.Welcome::self).returns(true, RoomEvent.Welcome::joined);
        assertThat(bob.joins().room().text()).isEqualTo("Tea");
        ann.say("hi");
        assertThat(bob.hears("hi")).returns(1L, RoomEvent.Said::seq);
        assertThat(ann.hears("hi").id()).isNotEmpty();
        assertThat(ann.user.expectMessageClass(MemberEvent.Placed.class).self()).isEqualTo(ann.room);
    }

    @Test
    void aRoomThatStartsAgainIsNotNoticed() {
        TestNode.Client ann = node.client("ann", TEA);
        TestNode.Client bob = node.client("bob", TEA);
        ann.joins();
        bob.joins();
        ann.say("before");
        ann.hears("before");
        bob.hears("before");

        ClusterSharding.get(node.akka.system())
                .entityRefFor(HostedRooms.ROOM, TEA.key())
                .tell(new RoomActor.Stop());
        ann.say("after");

        assertThat(ann.next())
                .isInstanceOfSatisfying(
                        RoomEvent.Said.class, said -> assertThat(said.text()).isEqualTo("after"));
        assertThat(bob.next())
                .isInstanceOfSatisfying(
                        RoomEvent.Said.class, said -> assertThat(said.seq()).isEqualTo(2));
        ann.replies.expectNoMessage();
        ann.room.tell(new RoomActor.Names(5, ann.replies.ref()));
        assertThat(ann.replies.expectMessageClass(RoomReply.NameList.class))
                .returns(5L, RoomReply.NameList::number)
                .satisfies(list -> assertThat(list.members())
                        .extracting(each -> each.nick() + " " + each.ranks().operator())
                        .containsExactlyInAnyOrder("ann true", "bob false"));
    }

    /** Asks the directory to introduce a user of another node; returns once it has handled that. */
    private TestProbe<RelayMessage> introduces(ActorRef<RoomEvent> subscriber) {
        TestProbe<RelayMessage> relay = node.akka.createTestProbe();
        RoomActor.Join join = new RoomActor.Join(
                Nick.of("bob"), subscriber, node.akka.system().ignoreRef());
        node.rooms.tell(new ClusterRooms.Introduce(TEA, join, relay.ref()));
        TestProbe<RoomDirectory.Count> next = node.akka.createTestProbe();
        node.rooms.tell(new RoomDirectory.CountRooms(next.ref()));
        next.expectMessageClass(RoomDirectory.Count.class, TestNode.SOON);
        return relay;
    }

    private <T> ActorRef<T> resolve(String ref) {
        return ActorRefResolver.get(node.akka.system()).resolveActorRef(ref);
    }

    /** A second node, where nobody has rooms: it does not answer. */
    private ActorTestKit silentNode() {
        ActorTestKit silent = ActorTestKit.create(
                node.akka.system().name(), node.akka.system().settings().config());
        Cluster.get(silent.system())
                .manager()
                .tell(Join.create(node.cluster().selfMember().address()));
        node.akka
                .createTestProbe()
                .awaitAssert(
                        TestNode.SOON,
                        () -> assertThat(node.cluster().state().getMembers()).hasSize(2));
        return silent;
    }

    private <T> ActorRef<T> actorOf(ActorTestKit other) {
        return resolve(ActorRefResolver.get(other.system())
                .toSerializationFormat(other.<T>createTestProbe().ref()));
    }

    @Test
    void aUserOfANodeWhoseRoomsAreNotKnownYetIsNotGivenUp() {
        ActorTestKit silent = silentNode();
        try {
            introduces(actorOf(silent)).expectNoMessage(Duration.ZERO);
        } finally {
            silent.shutdownTestKit();
        }
    }

    @Test
    void whatIsSaidToAUserWhoseNodeDoesNotAnswerIsRefused() {
        TestNode.Client ann = node.client("ann", RoomName.conversation("a:ann", "a:bob"));
        ann.joins();
        ActorTestKit silent = silentNode();
        try {
            ann.room.tell(new RoomActor.Join(Nick.of("bob"), actorOf(silent), ann.replies.ref()));
            ann.say("psst", 42);
            assertThat(ann.replies.receiveMessage(TestNode.SOON))
                    .isInstanceOfSatisfying(
                            RoomReply.Refused.class,
                            refused -> assertThat(refused)
                                    .returns(42L, RoomReply.Refused::number)
                                    .returns(
                                            "the server of bob does not answer: try again later",
                                            any -> any.refusal().text()));
            ann.say("anybody?", 43);
            assertThat(ann.hears("anybody?").seq())
                    .as("the first was not stored")
                    .isEqualTo(1);
        } finally {
            silent.shutdownTestKit();
        }
    }

    @Test
    void aUserOfANodeThatIsNoMemberIsGivenUpAtOnce() {
        ActorRef<RoomEvent> gone = resolve("akka://teahouse@127.0.0.1:1/user/gone");

        introduces(gone).expectMessage(TestNode.SOON, new RelayMessage.Introduced(gone));
    }

    private static RoomName conversation(int i) {
        return RoomName.conversation("a:ann", "a:user" + i);
    }

    private void isRefused(RoomName room, String why) {
        assertThat(node.find(room))
                .isInstanceOfSatisfying(
                        RoomDirectory.NotFound.class,
                        refused -> assertThat(refused.refusal().text()).isEqualTo(why));
    }

    @Test
    void conversationsCountApartFromRooms() {
        for (int i = 0; i < TestNode.MOST_ROOMS; i++) {
            node.locate(conversation(i));
        }
        isRefused(conversation(TestNode.MOST_ROOMS), "there are 100 conversations already: try again later");
        for (int i = 0; i < TestNode.MOST_ROOMS; i++) {
            node.locate(RoomName.of("room" + i));
        }
        isRefused(TEA, "there are 100 rooms already: try again later");
    }
}
