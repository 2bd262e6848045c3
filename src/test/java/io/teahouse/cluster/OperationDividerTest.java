package io.teahouse.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestInbox;
import akka.actor.typed.ActorRef;
import io.teahouse.cluster.RelayMessage.Operation;
import io.teahouse.room.EventBatch;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What does not fit into one message is sent in parts. */
class OperationDividerTest {
    /** Of Artery, less than the envelope needs. */
    private static final int FRAME = 256 * 1024 - 1024;

    private static final RoomName TEA = RoomName.of("tea");
    private static final ActorRef<RoomEvent> ANN =
            TestInbox.<RoomEvent>create("ann").getRef();
    private static final RecordCodec CODEC = new RecordCodec(new FixedRefs(ANN));
    private static final OperationDivider DIVIDER = new OperationDivider(() -> CODEC);
    private static final RoomEvent.Said SAID = (RoomEvent.Said) new Samples(ANN).of(RoomEvent.Said.class);

    /** A subscriber has missed so many messages. */
    private static Operation missed(int count, String text) {
        List<RoomEvent> events = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            events.add(RecordCodec.copy(SAID, "seq", (long) i, "text", text));
        }
        return new RelayMessage.Release(ANN, 1, EventBatch.of(TEA, events, count, List.of()));
    }

    @Test
    void whatFitsStaysWhole() {
        Operation small = missed(10, "hi");
        assertThat(DIVIDER.divide(small)).containsExactly(small);
    }

    @Test
    void partsFitAndMakeUpTheWhole() {
        Operation large = missed(1000, "x".repeat(500));
        List<Operation> parts = DIVIDER.divide(large);
        assertThat(parts).hasSizeGreaterThan(3);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < parts.size(); i++) {
            RelayMessage.Part part = (RelayMessage.Part) parts.get(i);
            assertThat(CODEC.toBytes(new RelayMessage.Relayed(1, 1, part))).hasSizeLessThan(FRAME);
            assertThat(part.last()).isEqualTo(i == parts.size() - 1);
            part.bytes().writeTo(bytes);
        }
        assertThat(Samples.comparable(CODEC.fromBytes(bytes.toByteArray()))).isEqualTo(Samples.comparable(large));
    }
}
