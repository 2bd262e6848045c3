package io.teahouse.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.testkit.typed.javadsl.TestInbox;
import akka.actor.typed.ActorRef;
import io.teahouse.room.EventBatch;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.Publication;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The bytes of messages: they stay readable, name their types, and are short. */
class RecordCodecTest {
    private static final ActorRef<Object> SOMEBODY =
            TestInbox.<Object>create("somebody").getRef();
    private static final ActorRef<Object> OTHER =
            TestInbox.<Object>create("other").getRef();
    private static final RecordCodec CODEC = new RecordCodec(new FixedRefs(SOMEBODY, OTHER));
    private static final Samples SAMPLES = new Samples(SOMEBODY);
    private static final Path BYTES = Path.of("src/test/resources/io/teahouse/cluster/messages-1.txt");

    static Stream<Class<?>> messages() {
        return Samples.types();
    }

    /** A new message needs a line in that file: the message of the failure has it. Released lines never change. */
    @ParameterizedTest
    @MethodSource("messages")
    void theBytesOfTheFirstVersionAreStillRead(Class<?> type) throws IOException {
        Object message = SAMPLES.of(type);
        Map<String, String> lines = Files.readAllLines(BYTES).stream()
                .map(line -> line.split(" "))
                .collect(Collectors.toMap(words -> words[0], words -> words[1]));
        assertThat(lines)
                .as(type.getName() + " " + HexFormat.of().formatHex(CODEC.toBytes(message)))
                .containsKey(type.getName());
        Object read = CODEC.fromBytes(HexFormat.of().parseHex(lines.get(type.getName())));
        assertThat(Samples.comparable(read)).isEqualTo(Samples.comparable(message));
    }

    @Test
    void timesAreKeptToTheNanosecond() {
        for (String time : List.of(
                "1970-01-01T00:00:00Z",
                "1969-12-31T23:59:59.999999999Z",
                "2026-03-01T12:00:00.123456789Z",
                "2026-03-01T12:00:00.001Z",
                Instant.MAX.toString(),
                Instant.MIN.toString())) {
            RoomEvent.Joined joined = joined(Instant.parse(time));
            assertThat(CODEC.fromBytes(CODEC.toBytes(joined))).isEqualTo(joined);
        }
    }

    private static RoomEvent.Joined joined(Instant at) {
        return new RoomEvent.Joined(RoomName.of("tea"), Nick.of("ann"), Profile.APPLICATION, at);
    }

    @Test
    void numbersAndTextsOfAllSizesAreKept() {
        for (long number : new long[] {0, -1, 1, 63, 64, -64, -65, 1L << 31, Long.MAX_VALUE, Long.MIN_VALUE}) {
            for (int length : new int[] {0, 1, 2, 3, 63, 64, 65, 8191, 100_000}) {
                for (String letter : List.of("a", "\u00e9", "\u8336", "\ud83c\udf75")) {
                    RoomReply.InDoubt reply = new RoomReply.InDoubt(RoomName.of("tea"), number, letter.repeat(length));
                    assertThat(CODEC.fromBytes(CODEC.toBytes(reply))).isEqualTo(reply);
                }
            }
        }
    }

    @Test
    void whatOccursAgainIsWrittenOnce() {
        RoomActor.Say say = (RoomActor.Say) SAMPLES.of(RoomActor.Say.class);
        byte[] same = CODEC.toBytes(say);
        byte[] other = CODEC.toBytes(RecordCodec.copy(say, "replyTo", OTHER));
        String text = new String(same, java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(text.split("somebody", -1)).hasSize(2);
        assertThat(other).hasSizeLessThan(same.length + 10); // the address of the node is written once
    }

    @Test
    void theAuthorOfTwoEventsIsWrittenOnce() {
        RoomEvent.Said said = (RoomEvent.Said) SAMPLES.of(RoomEvent.Said.class);
        RoomEvent.Said next = RecordCodec.copy(said, "seq", 8L, "id", "text");
        int one = CODEC.toBytes(EventBatch.of(said.room(), List.of(said), 0, List.of())).length;
        int both = CODEC.toBytes(EventBatch.of(said.room(), List.of(said, next), 0, List.of())).length;
        assertThat(both - one).isLessThan(30);
        RoomEvent.Said other = RecordCodec.copy(next, "profile", said.profile().withRealName("Somebody Else"));
        int different = CODEC.toBytes(EventBatch.of(said.room(), List.of(said, other), 0, List.of())).length;
        assertThat(different - both).isGreaterThan(15);
    }

    @Test
    void bytesThatWereEncodedForOneNodeAreCopiedForTheNext() {
        Publication publication = (Publication) SAMPLES.of(Publication.class);
        Encoded<Publication> encoded = new Encoded<>(publication);
        byte[] bytes = encoded.bytes(CODEC);
        assertThat(encoded.bytes(CODEC)).isSameAs(bytes).isEqualTo(CODEC.toBytes(publication));
        Encoded<?> read = (Encoded<?>) CODEC.fromBytes(CODEC.toBytes(encoded));
        assertThat(Samples.comparable(read.value())).isEqualTo(Samples.comparable(publication));
    }

    @Test
    void bytesOfAnotherNodeAreNotCopied() {
        Encoded<Object> encoded = new Encoded<>(SAMPLES.of(RoomEvent.Said.class));
        byte[] bytes = encoded.bytes(CODEC);
        assertThat(encoded.bytes(new RecordCodec(new FixedRefs(SOMEBODY)))).isNotSameAs(bytes);
    }

    @Test
    void aMessageToOneselfIsRefused() {
        assertThatThrownBy(() -> CODEC.toBytes("text"))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("java.lang.String");
        assertThatThrownBy(() -> CODEC.toBytes(Profile.APPLICATION)) // only a part of messages
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("Profile");
    }

    static Stream<Class<?>> asking() {
        return Samples.types().filter(RoomActor.Asking.class::isAssignableFrom);
    }

    @ParameterizedTest
    @MethodSource("asking")
    void aCommandIsCopiedWithAnotherNumberAndReceiver(Class<?> type) {
        RoomActor.Asking command = (RoomActor.Asking) SAMPLES.of(type);
        RoomActor.Asking copy = RecordCodec.copy(command, "number", 8L, "replyTo", OTHER);
        assertThat(copy.number()).isEqualTo(8);
        assertThat(copy.replyTo()).isEqualTo(OTHER);
        assertThat(copy).isNotEqualTo(command);
        assertThat(RecordCodec.<RoomActor.Asking>copy(copy, "replyTo", SOMEBODY, "number", 7L))
                .isEqualTo(command);
    }

    @Test
    void aCopyWithAnUnknownComponentIsRefused() {
        RoomActor.Names names = (RoomActor.Names) SAMPLES.of(RoomActor.Names.class);
        assertThatThrownBy(() -> RecordCodec.copy(names, "nothing", 1))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("nothing");
    }

    @Test
    void commandsThatAreAskedAreCovered() {
        assertThat(Arrays.asList(asking().toArray())).hasSizeGreaterThan(15);
    }
}
