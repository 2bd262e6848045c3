package io.teahouse.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.javadsl.Behaviors;
import io.teahouse.cluster.ClusterRooms.AskFormer;
import io.teahouse.cluster.ClusterRooms.FormerRoom;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomState;
import io.teahouse.room.RoomSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is in a room that opens, when only one of three nodes knows it. */
class FormerRoomsTest {
    private static final RoomName TEA = RoomName.of("tea");

    private final List<TestNode> nodes = new ArrayList<>(TestNode.three());
    private final AtomicReference<Set<ActorRef<RoomDirectory.Command>>> known = new AtomicReference<>(Set.of());
    private RoomSummary summary;
    private FormerRooms rooms;

    @BeforeEach
    void form() {
        TestNode.form(nodes);
        ActorRef<Object> room = nodes.get(2).akka.createTestProbe().ref();
        summary = (RoomSummary) new Samples(room).of(RoomSummary.class);
        rooms = new FormerRooms(nodes.get(0).akka.system(), known::get);
    }

    @AfterEach
    void close() {
        nodes.forEach(TestNode::close);
    }

    /** A directory of that node, as the first one knows it. */
    private ActorRef<RoomDirectory.Command> directory(int node, Optional<FormerRoom> answer) {
        TestNode at = nodes.get(node);
        ActorRef<RoomDirectory.Command> directory = at.akka.spawn(Behaviors.receive(RoomDirectory.Command.class)
                .onMessage(AskFormer.class, asked -> {
                    answer.ifPresent(asked.replyTo()::tell);
                    return Behaviors.same();
                })
                .build());
        String name = ActorRefResolver.get(at.akka.system()).toSerializationFormat(directory);
        return node == 0
                ? directory
                : ActorRefResolver.get(nodes.get(0).akka.system()).resolveActorRef(name);
    }

    private static Optional<FormerRoom> nobody() {
        return Optional.of(new FormerRoom(false, Optional.empty()));
    }

    @Test
    void aNodeIsWaitedForThatIsNotKnownYet() throws Exception {
        ActorRef<RoomDirectory.Command> first = directory(0, nobody());
        ActorRef<RoomDirectory.Command> second = directory(1, nobody());
        ActorRef<RoomDirectory.Command> third = directory(2, Optional.of(new FormerRoom(true, Optional.of(summary))));
        known.set(Set.of(first, second));
        CompletableFuture<Optional<RoomState>> found = rooms.find(TEA).toCompletableFuture();
        known.set(Set.of(first, second, third));
        assertThat(found.get(TestNode.SOON.toSeconds(), TimeUnit.SECONDS)).contains(summary.state());
    }

    @Test
    void aRoomDoesNotOpenWithoutTheAnswerOfANodeThatCanBeReached() {
        known.set(Set.of(directory(0, nobody()), directory(1, nobody()), directory(2, Optional.empty())));
        assertThat(rooms.find(TEA).toCompletableFuture())
                .failsWithin(TestNode.SOON)
                .withThrowableOfType(ExecutionException.class)
                .havingRootCause()
                .withMessageContaining("has not said who is in it");
    }
}
