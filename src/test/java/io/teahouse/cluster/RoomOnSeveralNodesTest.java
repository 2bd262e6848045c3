package io.teahouse.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.FishingOutcomes;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.Refusal;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.room.UserId;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One room, with members on three nodes. */
class RoomOnSeveralNodesTest {
    private static final List<TestNode> NODES = TestNode.three();

    @BeforeAll
    static void form() {
        TestNode.form(NODES);
    }

    @AfterAll
    static void stop() {
        NODES.forEach(TestNode::close);
    }

    private static List<TestNode.Client> members(RoomName room) {
        List<TestNode.Client> members = List.of(
                NODES.get(0).client("ann", room),
                NODES.get(1).client("bob", room),
                NODES.get(2).client("cyd", room));
        members.forEach(TestNode.Client::joins);
        members.get(0).expect(RoomEvent.Joined.class); // ann herself
        for (int i = 1; i < members.size(); i++) {
            assertThat(members.get(0).expect(RoomEvent.Joined.class).nick()).isEqualTo(members.get(i).nick);
        }
        return members;
    }

    @Test
    void allMembersHearTheSameInTheSameOrder() {
        List<TestNode.Client> members = members(RoomName.of("Order"));
        for (TestNode.Client each : members) {
            each.say("from " + each.nick);
        }
        List<List<String>> heard = members.stream()
                .map(each -> List.of(
                        each.expect(RoomEvent.Said.class).id(),
                        each.expect(RoomEvent.Said.class).id(),
                        each.expect(RoomEvent.Said.class).id()))
                .toList();
        assertThat(heard.get(0)).doesNotHaveDuplicates();
        assertThat(heard).allMatch(heard.get(0)::equals);
    }

    @Test
    void aRoomThatStartsAgainIsNotNoticedOnAnyNode() {
        RoomName room = RoomName.of("Again");
        List<TestNode.Client> members = members(room);
        members.get(1).say("before");
        members.forEach(each -> each.hears("before"));

        ClusterSharding.get(NODES.get(2).akka.system())
                .entityRefFor(HostedRooms.ROOM, room.key())
                .tell(new RoomActor.Stop());
        members.get(2).say("after");

        for (TestNode.Client each : members) {
            assertThat(each.next())
                    .isInstanceOfSatisfying(
                            RoomEvent.Said.class,
                            said -> assertThat(said.text()).isEqualTo("after"));
        }
        TestNode.Client ann = members.get(0);
        ann.replies.awaitAssert(
                TestNode.SOON,
                () -> { // some may be about to join again
                    ann.room.tell(new RoomActor.Names(5, ann.replies.ref()));
                    RoomReply.NameList list = (RoomReply.NameList) ann.replies.receiveMessage();
                    return assertThat(list.members())
                            .extracting(each -> each.nick() + " " + each.ranks().operator())
                            .containsExactlyInAnyOrder("ann true", "bob false", "cyd false");
                });
    }

    @Test
    void aUserWithConnectionsOnTwoNodesIsOneMember() {
        RoomName room = RoomName.of("Twice");
        List<TestNode.Client> members = members(room);
        TestNode.Client second = NODES.get(1).client("ann", room);
        assertThat(second.joins().joined()).isFalse();
        second.say("from the other node");
        assertThat(members.get(0).hears("from the other node").by()).isEqualTo(second.nick);
        members.get(2).hears("from the other node");
    }

    @Test
    void whatIsRefusedOnAnotherNodeIsRefusedToTheSender() {
        RoomName room = RoomName.of("Refused");
        TestNode.Client ann = NODES.get(2).client("ann", room);
        ann.say("not in it", 42);
        assertThat(ann.replies.receiveMessage(TestNode.SOON))
                .isInstanceOf(RoomReply.Refused.class)
                .returns(42L, RoomReply::number)
                .returns("Refused", reply -> reply.room().text());
    }

    /** Its id is its reference, which looks different on the node of the room. */
    @Test
    void anActorThatSpeaksForItselfKeepsItsIdOnAnyNode() {
        RoomName room = RoomName.of("Bots");
        for (TestNode node : NODES) {
            ActorRef<RoomActor.Command> relay = node.locate(room);
            TestProbe<RoomEvent> bot = node.akka.createTestProbe();
            TestProbe<RoomReply> replies = node.akka.createTestProbe();
            relay.tell(new RoomActor.Join(Nick.of("bot" + NODES.indexOf(node)), bot.ref(), replies.ref()));
            bot.fishForMessage(
                    TestNode.SOON,
                    event -> event instanceof RoomEvent.Welcome
                            ? FishingOutcomes.complete()
                            : FishingOutcomes.continueAndIgnore());
            for (String account : List.of("one", "two")) {
                Profile profile = Profile.APPLICATION.withAccount(account + NODES.indexOf(node));
                relay.tell(new RoomActor.ChangeProfile(UserId.of(bot.ref()), profile, 0, 5, replies.ref()));
                assertThat(replies.receiveMessage(TestNode.SOON)).isInstanceOf(RoomReply.Done.class);
            }
        }
    }

    private static void awaitLookup(TestNode node, RoomName room, Class<? extends RoomDirectory.Location> answer) {
        TestProbe<RoomDirectory.Location> found = node.akka.createTestProbe();
        found.awaitAssert(TestNode.SOON, () -> {
            node.rooms.tell(new RoomDirectory.Lookup(room, found.ref()));
            return assertThat(found.receiveMessage()).isInstanceOf(answer);
        });
    }

    private static RoomReply.NameList names(TestNode.Client by) {
        by.room.tell(new RoomActor.Names(5, by.replies.ref()));
        return (RoomReply.NameList) by.replies.receiveMessage(TestNode.SOON);
    }

    /** It becomes another actor, perhaps on another node, and nobody notices that. */
    @Test
    void aRoomIsRenamedOnAllNodes() {
        RoomName before = RoomName.of("Old");
        RoomName after = RoomName.of("New");
        List<TestNode.Client> members = members(before);
        TestNode.Client ann = members.get(0);
        ann.say("before");
        members.forEach(each -> each.hears("before"));

        ann.room.tell(new RoomActor.RenameRoom(ann.events.ref(), after, "why", 3, ann.replies.ref()));
        for (TestNode.Client each : members) {
            assertThat(each.next())
                    .isInstanceOfSatisfying(
                            RoomEvent.RoomRenamed.class,
                            renamed -> assertThat(renamed.to()).isEqualTo(after));
        }
        members.get(1).say("after");
        for (TestNode.Client each : members) {
            assertThat(each.next())
                    .isInstanceOfSatisfying(
                            RoomEvent.Said.class,
                            said -> assertThat(said)
                                    .returns("after", RoomEvent.Said::text)
                                    .returns(after, RoomEvent.Said::room)
                                    .returns(2L, RoomEvent.Said::seq));
        }
        ann.replies.awaitAssert(
                TestNode.SOON,
                () -> // some may be about to join again
                assertThat(names(ann).members())
                        .extracting(each -> each.nick() + " " + each.ranks().operator())
                        .containsExactlyInAnyOrder("ann true", "bob false", "cyd false"));
        for (TestNode node : NODES) {
            awaitLookup(node, after, RoomDirectory.Found.class);
            awaitLookup(node, before, RoomDirectory.NotFound.class);
        }

        TestNode.Client eve = NODES.get(1).client("eve", before);
        assertThat(eve.joins()).returns(before, RoomEvent.Welcome::room).returns(0L, RoomEvent.Welcome::seq);
        ann.room.tell(new RoomActor.RenameRoom(ann.events.ref(), before, "back", 4, ann.replies.ref()));
        assertThat(ann.replies.receiveMessage(TestNode.SOON))
                .isInstanceOfSatisfying(
                        RoomReply.Refused.class,
                        refused -> assertThat(refused.refusal().reason()).isEqualTo(Refusal.Reason.ROOM_NAME_IN_USE));
    }

    @Test
    void anotherSpellingIsTheSameRoom() {
        List<TestNode.Client> members = members(RoomName.of("Spelled"));
        TestNode.Client ann = members.get(0);
        ann.say("before");
        members.forEach(each -> each.hears("before"));
        RoomName other = RoomName.of("SPELLED");
        ann.room.tell(new RoomActor.RenameRoom(ann.events.ref(), other, "", 3, ann.replies.ref()));
        for (TestNode.Client each : members) {
            assertThat(each.next()).isInstanceOf(RoomEvent.RoomRenamed.class);
        }
        members.get(2).say("hi");
        for (TestNode.Client each : members) {
            assertThat(each.hears("hi").room().text()).isEqualTo("SPELLED");
        }
    }

    @Test
    void aRoomIsListedOnAllNodes() {
        RoomName room = RoomName.of("Listed");
        TestNode.Client ann = NODES.get(0).client("ann", room);
        ann.joins();
        TestNode other = NODES.get(1);
        TestProbe<RoomDirectory.Location> found = other.akka.createTestProbe();
        found.awaitAssert(TestNode.SOON, () -> {
            other.rooms.tell(new RoomDirectory.Lookup(room, found.ref()));
            return assertThat(found.receiveMessage()).isInstanceOf(RoomDirectory.Found.class);
        });
    }
}
