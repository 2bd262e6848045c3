package io.teahouse.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestInbox;
import akka.actor.typed.ActorRef;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomSummary;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharedSummariesTest {
    private static final ActorRef<RoomActor.Command> ROOM =
            TestInbox.<RoomActor.Command>create("room").getRef();

    private static List<RoomSummary> rooms(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> RoomSummary.unused(RoomName.of("room" + i), ROOM))
                .toList();
    }

    @Test
    void summariesThatDoNotFitIntoOneMessageAreDivided() {
        List<RoomSummary> rooms = rooms(7);
        List<List<RoomSummary>> messages = SharedSummaries.divide(rooms, room -> OperationDivider.MOST_BYTES / 3);
        assertThat(messages).extracting(List::size).containsExactly(3, 3, 1);
        assertThat(messages.stream().flatMap(List::stream)).containsExactlyElementsOf(rooms);
    }

    @Test
    void oneThatIsLargeIsSentAlone() {
        assertThat(SharedSummaries.divide(rooms(3), room -> OperationDivider.MOST_BYTES + 1))
                .extracting(List::size)
                .containsExactly(1, 1, 1);
        assertThat(SharedSummaries.divide(List.of(), room -> 1)).isEmpty();
    }
}
