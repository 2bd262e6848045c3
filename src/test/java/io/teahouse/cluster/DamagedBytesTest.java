package io.teahouse.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.testkit.typed.javadsl.TestInbox;
import akka.actor.typed.ActorRef;
import io.teahouse.room.RoomEvent;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Bytes that no node has written are refused, whatever they are: by one exception, and without much memory. */
class DamagedBytesTest {
    private static final ActorRef<Object> SOMEBODY =
            TestInbox.<Object>create("somebody").getRef();
    private static final RecordCodec CODEC = new RecordCodec(new FixedRefs(SOMEBODY));
    private static final List<byte[]> MESSAGES =
            Samples.types().map(new Samples(SOMEBODY)::of).map(CODEC::toBytes).toList();

    private static void read(byte[] bytes) {
        try {
            assertThat(CODEC.fromBytes(bytes)).isNotNull();
        } catch (CodecException e) {
            assertThat(e).hasMessageNotContaining("null");
        }
    }

    @Property(tries = 20_000)
    void changedBytesAreReadOrRefused(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] bytes = MESSAGES.get(random.nextInt(MESSAGES.size())).clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            bytes[1 + random.nextInt(bytes.length - 1)] = (byte) (random.nextBoolean() ? random.nextInt() : 0xFF);
        }
        read(Arrays.copyOf(bytes, random.nextInt(5) == 0 ? random.nextInt(bytes.length) : bytes.length));
    }

    @Property(tries = 5_000)
    void anyBytesAreReadOrRefused(@ForAll @Size(max = 100) byte[] bytes) {
        read(bytes);
    }

    @Test
    void everyBeginningIsRefused() {
        for (byte[] bytes : MESSAGES) {
            for (int length = 0; length < bytes.length; length++) {
                byte[] some = Arrays.copyOf(bytes, length);
                assertThatThrownBy(() -> CODEC.fromBytes(some)).isInstanceOf(CodecException.class);
            }
        }
    }

    @Test
    void bytesAfterTheEndAreRefused() {
        for (byte[] bytes : MESSAGES) {
            assertThatThrownBy(() -> CODEC.fromBytes(Arrays.copyOf(bytes, bytes.length + 1)))
                    .isInstanceOf(CodecException.class)
                    .hasMessageContaining("after the end");
        }
    }

    /** A few bytes, each referring to a text of 100 KB that the reader copies, would take gigabytes. */
    @Test
    void aLongTextIsWrittenAsOftenAsItOccursAndNoByteRefersToIt() {
        String text = "x".repeat(100_000);
        Output out = new Output(1);
        out.writeText(text, true);
        out.writeText(text, true);
        byte[] bytes = out.toByteArray();
        Input in = new Input(bytes, 0, bytes.length);
        assertThat(in.readText(true)).isEqualTo(text);
        assertThat(in.readText(true)).isEqualTo(text);

        Output hostile = new Output(1);
        hostile.writeText(text, true);
        hostile.writeByte(1); // refers to it
        byte[] refers = hostile.toByteArray();
        Input reading = new Input(refers, 0, refers.length);
        assertThat(reading.readText(true)).isEqualTo(text);
        assertThatThrownBy(() -> reading.readText(true)).isInstanceOf(CodecException.class);
    }

    @Test
    void messagesInEachOtherWithoutEndAreRefused() {
        Encoded<?> deep = new Encoded<>(new Samples(SOMEBODY).of(RoomEvent.Gap.class));
        for (int i = 0; i < 100; i++) {
            deep = new Encoded<>(deep);
        }
        byte[] bytes = CODEC.toBytes(deep);
        assertThatThrownBy(() -> CODEC.fromBytes(bytes))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("in each other");
    }

    @Test
    void batchesInEachOtherWithoutEndAreRefused() {
        byte[] bytes = new byte[100_000]; // a batch of one batch of one batch …
        bytes[0] = 1;
        bytes[1] = 1;
        byte[] start = {0, 6, 't', 'e', 'a', 1, 1, 1}; // a name, one event of type 1
        byte[] next = {1, 1, 1}; // the same name, one event of type 1
        System.arraycopy(start, 0, bytes, 2, start.length);
        for (int i = 2 + start.length; i + next.length <= bytes.length; i += next.length) {
            System.arraycopy(next, 0, bytes, i, next.length);
        }
        assertThatThrownBy(() -> CODEC.fromBytes(bytes))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("in each other");
    }
}
