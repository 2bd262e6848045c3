package io.teahouse.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import akka.cluster.typed.Leave;
import io.teahouse.room.MemoryRoomLogs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes, both of which are to be drained. */
class DrainTurnTest {
    /** On a busy machine, nodes need long to know of each other. */
    private static final Duration NOTICE = Duration.ofSeconds(10);

    private final List<TestNode> nodes =
            new ArrayList<>(List.of(new TestNode(new MemoryRoomLogs()), new TestNode(new MemoryRoomLogs())));
    private final DrainTurn first = new DrainTurn(nodes.get(0).akka.system());
    private final DrainTurn second = new DrainTurn(nodes.get(1).akka.system());

    @BeforeEach
    void form() {
        TestNode.form(nodes);
    }

    @AfterEach
    void stop() {
        nodes.forEach(TestNode::close);
    }

    private static Optional<String> taken(DrainTurn turn) {
        return turn.take(Duration.ZERO).toCompletableFuture().join();
    }

    private static void awaitOthers(TestNode at, DrainTurn turn, int count) {
        at.akka
                .createTestProbe()
                .awaitAssert(
                        TestNode.SOON,
                        () -> assertThat(turn.others().toCompletableFuture().join())
                                .hasSize(count));
    }

    @Test
    void aNodeWaitsUntilTheOtherHasLeft() {
        assertThat(taken(first)).isEmpty();
        awaitOthers(nodes.get(1), second, 1);
        assertThat(taken(second))
                .contains("127.0.0.1:"
                        + nodes.get(0)
                                .cluster()
                                .selfMember()
                                .address()
                                .getPort()
                                .orElseThrow());

        nodes.get(0)
                .cluster()
                .manager()
                .tell(new Leave(nodes.get(0).cluster().selfMember().address()));
        awaitOthers(nodes.get(1), second, 0);
        assertThat(taken(second)).isEmpty();
    }

    @Test
    void ofTwoAtTheSameTimeOneIsNext() {
        List<CompletableFuture<Optional<String>>> answers = Stream.of(first, second)
                .map(turn -> turn.take(NOTICE).toCompletableFuture())
                .toList();
        assertThat(answers.stream().map(CompletableFuture::join))
                .filteredOn(Optional::isEmpty)
                .hasSize(1);
    }
}
