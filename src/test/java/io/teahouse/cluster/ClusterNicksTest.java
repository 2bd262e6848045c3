package io.teahouse.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.cluster.sharding.ShardRegion;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.pattern.Patterns;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.UserId;
import io.teahouse.user.ConnectionInfo;
import io.teahouse.user.NickRegistry.Claim;
import io.teahouse.user.NickRegistry.Claimed;
import io.teahouse.user.NickRegistry.Lost;
import io.teahouse.user.UserSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The nicks of three nodes. */
class ClusterNicksTest {
    private static final List<TestNode> NODES = TestNode.three();

    @BeforeAll
    static void form() {
        TestNode.form(NODES);
    }

    @AfterAll
    static void stop() {
        NODES.forEach(TestNode::close);
    }

    /** A user of one node. */
    private static final class User {
        final TestNode node;
        final UserId id = UserId.ofGuest("guest" + System.nanoTime());
        final TestProbe<Object> owner;
        final TestProbe<Claimed> answers;

        User(TestNode node) {
            this.node = node;
            this.owner = node.akka.createTestProbe();
            this.answers = node.akka.createTestProbe();
        }

        Claimed claims(String nick, boolean mine) {
            ActorRef<Lost> lost = owner.ref().narrow();
            node.nicks.tell(new Claim(3, Nick.of(nick), mine, id, lost, answers.ref()));
            return answers.receiveMessage(TestNode.SOON);
        }

        void enters(String nick) {
            node.users.enter(
                    UserSnapshot.online(
                            Nick.of(nick),
                            Profile.APPLICATION.withGuest(id),
                            new ConnectionInfo(1, 1, "plain", "192.0.2.1", false, Instant.now(), 0)),
                    owner.ref().narrow());
        }
    }

    @Test
    void aNickIsTakenOnAllNodes() {
        User ann = new User(NODES.get(0));
        User other = new User(NODES.get(1));
        assertThat(ann.claims("ann", false))
                .returns(3L, Claimed::number)
                .satisfies(claimed -> assertThat(claimed.obstacle()).isEmpty());
        assertThat(other.claims("ann", false).obstacle()).contains(Nick.of("ann"));
    }

    @Test
    void whoOwnsTheNickGetsItOnAnyNode() {
        User squatter = new User(NODES.get(2));
        User owner = new User(NODES.get(1));
        squatter.claims("clerk", false);
        assertThat(owner.claims("clerk", true).obstacle()).isEmpty();
        assertThat(squatter.owner.receiveMessage(TestNode.SOON))
                .isInstanceOfSatisfying(
                        Lost.class, lost -> assertThat(lost.nick()).isEqualTo(Nick.of("clerk")));
    }

    @Test
    void aNickIsKeptAsLongAsTheUserIsListedThoughTheirActorHasEnded() {
        User lost = new User(NODES.get(1));
        lost.claims("lost", false);
        lost.enters("lost");
        User other = new User(NODES.get(0));
        for (TestNode node : NODES) {
            other.answers.awaitAssert(
                    TestNode.SOON, () -> assertThat(node.users.find("lost")).isPresent());
        }
        lost.owner.stop();
        other.answers.expectNoMessage(Duration.ofMillis(500));
        assertThat(other.claims("lost", false).obstacle()).contains(Nick.of("lost"));

        lost.node.users.online(lost.id).orElseThrow().leave();
        other.answers.awaitAssert(
                TestNode.SOON,
                () -> assertThat(other.claims("lost", false).obstacle()).isEmpty());
    }

    @Test
    void aRegistryThatStartsAgainKnowsWhatIsTaken() {
        User kim = new User(NODES.get(1));
        kim.claims("kim", false);
        kim.enters("kim");
        ClusterSharding.get(NODES.get(0).akka.system())
                .entityRefFor(ClusterNicks.REGISTRY, ClusterNicks.ALL)
                .tell(new NickRegistryEntity.Stop());
        assertThat(new User(NODES.get(2)).claims("kim", false).obstacle()).contains(Nick.of("kim"));
    }

    /** The registry is not on that node, which is not removed before the test ends. */
    @Test
    void aRegistryThatStartsAgainDoesNotWaitForANodeThatDoesNotAnswer() {
        List<TestNode> nodes = new ArrayList<>(TestNode.three());
        try {
            TestNode.form(nodes);
            User pat = new User(nodes.get(0));
            pat.claims("pat", false);
            pat.enters("pat");
            TestNode host = pat.answers.awaitAssert(
                    TestNode.SOON,
                    () -> nodes.stream()
                            .filter(ClusterNicksTest::hasRegistry)
                            .findFirst()
                            .orElseThrow());
            TestNode silent = nodes.get(host == nodes.get(2) ? 1 : 2);
            silent.close();
            nodes.remove(silent);
            TestNode other = nodes.get(host == nodes.get(0) ? 1 : 0);
            pat.answers.awaitAssert(
                    TestNode.SOON,
                    () -> assertThat(nodes)
                            .allSatisfy(
                                    node -> assertThat(node.cluster().state().getUnreachable())
                                            .hasSize(1)));
            long start = System.nanoTime();
            ClusterSharding.get(host.akka.system())
                    .entityRefFor(ClusterNicks.REGISTRY, ClusterNicks.ALL)
                    .tell(new NickRegistryEntity.Stop());
            assertThat(new User(other).claims("pat", false).obstacle()).contains(Nick.of("pat"));
            assertThat(new User(other).claims("kit", false).obstacle()).isEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
        } finally {
            nodes.forEach(TestNode::close);
        }
    }

    private static boolean hasRegistry(TestNode node) {
        ShardRegion.CurrentShardRegionState state = Patterns.ask(
                        akka.cluster.sharding.ClusterSharding.get(node.akka.system())
                                .shardRegion(ClusterNicks.REGISTRY.name()),
                        ShardRegion.getShardRegionStateInstance(),
                        TestNode.SOON)
                .thenApply(ShardRegion.CurrentShardRegionState.class::cast)
                .toCompletableFuture()
                .join();
        return state.getShards().stream()
                .anyMatch(shard -> !shard.getEntityIds().isEmpty());
    }
}
