package io.teahouse.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestInbox;
import akka.actor.typed.ActorRef;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that claim to be a message of another node. */
class CodecFuzzerTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** For a failure with its stack, and for what is made once. */
    private static final long FIXED = 256 * 1024;

    /** Lists in lists may each have as many elements as there are bytes left. */
    private static final long PER_BYTE = 1024;

    private static final ActorRef<Object> SOMEBODY =
            TestInbox.<Object>create("somebody").getRef();
    private static final RecordCodec CODEC = new RecordCodec(new FixedRefs(SOMEBODY));

    static Stream<byte[]> seeds() {
        return Samples.types().map(new Samples(SOMEBODY)::of).map(CODEC::toBytes);
    }

    /** A message consists of values of the types that it should have: otherwise it could not be written again. */
    @MethodSource("seeds")
    @FuzzTest(maxDuration = "10m")
    void bytesAreReadOrRefusedAndTakeLittleMemory(byte[] bytes) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            Object message = CODEC.fromBytes(bytes);
            expectLittle(before, bytes);
            assertThat(CODEC.fromBytes(CODEC.toBytes(message))).hasSameClassAs(message);
        } catch (CodecException e) {
            expectLittle(before, bytes);
        }
    }

    private static void expectLittle(long before, byte[] bytes) {
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertThat(allocated).isLessThan(FIXED + PER_BYTE * bytes.length);
    }
}
