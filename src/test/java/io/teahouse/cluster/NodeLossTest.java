package io.teahouse.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.Address;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.cluster.typed.Down;
import io.teahouse.room.MemoryRoomLogs;
import io.teahouse.room.Ranks;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.user.OnlineUser;
import io.teahouse.user.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node of three ends without a word. */
class NodeLossTest {
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

    /** The node on which the room runs. */
    private TestNode host(RoomName room) {
        TestProbe<RoomDirectory.Listing> probe = nodes.get(0).akka.createTestProbe();
        return probe.awaitAssert(TestNode.SOON, () -> {
            nodes.get(0).rooms.tell(new RoomDirectory.ListRooms(probe.ref()));
            RoomDirectory.Listing list = probe.receiveMessage();
            assertThat(list.rooms()).extracting(each -> each.room()).contains(room);
            Address at = list.rooms().get(0).self().path().address();
            return nodes.stream()
                    .filter(node -> at.hasLocalScope()
                            ? node == nodes.get(0)
                            : node.cluster().selfMember().address().equals(at))
                    .findFirst()
                    .orElseThrow();
        });
    }

    private void kill(TestNode node) {
        Address address = node.cluster().selfMember().address();
        node.close();
        nodes.remove(node);
        nodes.get(0).cluster().manager().tell(new Down(address));
    }

    /** A client of each node, and a user in the node's directory. */
    private List<TestNode.Client> members() {
        List<TestNode.Client> members = new ArrayList<>();
        for (TestNode node : nodes) {
            TestNode.Client client = node.client("user" + members.size(), TEA);
            client.joins();
            members.add(client);
            OnlineUser user = node.enter(client, List.of(client.events.ref()));
            user.publish(user.snapshot().withPlace(new Place(TEA, Ranks.NONE, false)), 0);
        }
        for (TestNode.Client each : members) {
            members.get(0).say("to " + each.nick);
            members.forEach(member -> member.hears("to " + each.nick));
        }
        for (TestNode node : nodes) {
            TestProbe<Object> probe = node.akka.createTestProbe();
            probe.awaitAssert(
                    TestNode.SOON, () -> assertThat(node.users.count()).isEqualTo(nodes.size()));
        }
        return members;
    }

    /** All three are members, as soon as those of both nodes have joined again. */
    private static void awaitAllNamed(TestNode.Client by) {
        by.replies.awaitAssert(TestNode.SOON, () -> {
            by.room.tell(new RoomActor.Names(5, by.replies.ref()));
            RoomReply.NameList list = (RoomReply.NameList) by.replies.receiveMessage();
            return assertThat(list.members())
                    .extracting(each -> each.nick().text())
                    .containsExactlyInAnyOrder("user0", "user1", "user2");
        });
    }

    private void isNotNoticedUntilTheyAreLost(TestNode lost) {
        List<TestNode.Client> all = members();
        TestNode.Client gone = all.get(nodes.indexOf(lost));
        List<TestNode.Client> others = new ArrayList<>(all);
        others.remove(gone);

        kill(lost);
        others.get(0).say("go on");
        for (TestNode.Client each : others) {
            assertThat(each.next())
                    .isInstanceOfSatisfying(
                            RoomEvent.Said.class,
                            said -> assertThat(said.text()).isEqualTo("go on"));
        }
        awaitAllNamed(others.get(1));

        for (TestNode.Client each : others) {
            assertThat(each.next()).isInstanceOfSatisfying(RoomEvent.Left.class, left -> {
                assertThat(left.nick()).isEqualTo(gone.nick);
                assertThat(left.how()).isEqualTo(RoomEvent.Departure.LOST);
            });
        }
    }

    @Test
    void theNodeOfTheRoomIsLost() {
        TestNode.Client first = nodes.get(0).client("first", TEA);
        first.joins();
        TestNode host = host(TEA);
        first.room.tell(new RoomActor.Leave(first.id(), RoomEvent.Departure.PARTED, "", 0));
        isNotNoticedUntilTheyAreLost(host);
    }

    @Test
    void aNodeWithoutTheRoomIsLost() {
        TestNode.Client first = nodes.get(0).client("first", TEA);
        first.joins();
        TestNode host = host(TEA);
        first.room.tell(new RoomActor.Leave(first.id(), RoomEvent.Departure.PARTED, "", 0));
        isNotNoticedUntilTheyAreLost(
                nodes.stream().filter(node -> node != host).findFirst().orElseThrow());
    }

    private TestNode fresh() {
        TestNode fresh = new TestNode(new MemoryRoomLogs());
        fresh.join(nodes.get(0));
        nodes.add(fresh);
        return fresh;
    }

    private static void awaitRoom(TestNode node, RoomName room, Predicate<Address> host) {
        TestProbe<RoomDirectory.Listing> probe = node.akka.createTestProbe();
        probe.awaitAssert(TestNode.SOON, () -> {
            node.rooms.tell(new RoomDirectory.ListRooms(probe.ref()));
            return assertThat(probe.receiveMessage().rooms())
                    .filteredOn(each -> each.room().equals(room))
                    .anyMatch(each -> host.test(each.self().path().address()));
        });
    }

    /** So limits hold although all nodes are restarted, one after the other. */
    @Test
    void aNewNodeKnowsWhatWasOpenedOnAnOldOne() {
        RoomDirectory.Opener eve = new RoomDirectory.Opener("a:eve", "192.0.2.7");
        List<RoomName> rooms = IntStream.range(0, TestNode.ROOMS_PER_USER)
                .mapToObj(i -> RoomName.of("room" + i))
                .toList();
        TestNode old = nodes.get(0);
        for (RoomName room : rooms) {
            assertThat(old.locate(room, eve)).isInstanceOf(RoomDirectory.Found.class);
            nodes.get(1).client("bob", room).joins();
        }
        Address gone = old.cluster().selfMember().address();
        kill(old);
        rooms.forEach(room -> awaitRoom(nodes.get(0), room, host -> !host.equals(gone)));

        TestNode fresh = fresh();
        rooms.forEach(room -> awaitRoom(fresh, room, host -> true));
        assertThat(fresh.locate(RoomName.of("another"), eve))
                .isInstanceOfSatisfying(
                        RoomDirectory.NotFound.class,
                        refused -> assertThat(refused.refusal().text())
                                .isEqualTo("you have opened 2 rooms already: leave one first"));
    }
}
