package io.teahouse;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorRefResolver;
import io.teahouse.cluster.RecordCodec;
import io.teahouse.cluster.Samples;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Messages between actors can leave the process as they are: records of plain values and actor references, equal when
 * they are read back. The test covers every record of a protocol, also one that is added later.
 */
class SerializationTest {
    private static final ActorTestKit AKKA = ActorTestKit.create();
    private static final RecordCodec CODEC = new RecordCodec(ActorRefResolver.get(AKKA.system()));
    private static final Samples SAMPLES =
            new Samples(AKKA.createTestProbe("somebody").ref());

    @AfterAll
    static void shutDown() {
        AKKA.shutdownTestKit();
    }

    static Stream<Class<?>> messages() {
        return Samples.types();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void isReadBackAsItWasWritten(Class<?> type) {
        Object message = SAMPLES.of(type);
        Object read = CODEC.fromBytes(CODEC.toBytes(message));
        assertThat(Samples.comparable(read)).isEqualTo(Samples.comparable(message));
    }
}
