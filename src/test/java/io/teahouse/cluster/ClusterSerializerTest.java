package io.teahouse.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.Adapter;
import akka.serialization.Serialization;
import akka.serialization.SerializationExtension;
import akka.serialization.Serializers;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import java.io.NotSerializableException;
import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Akka finds the serializer of each message by the configuration, and references lead to the actor on another node. */
class ClusterSerializerTest {
    private static final Config REMOTE = ConfigFactory.parseString("""
                    akka.actor.provider = remote
                    akka.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
                    akka.actor.allow-java-serialization = off
                    """)
            .withFallback(ConfigFactory.parseResources("teahouse-cluster.conf"))
            .withFallback(ConfigFactory.load());
    private static final ActorTestKit HERE = ActorTestKit.create("here", REMOTE);
    private static final ActorTestKit THERE = ActorTestKit.create("there", REMOTE);

    @AfterAll
    static void shutDown() {
        HERE.shutdownTestKit();
        THERE.shutdownTestKit();
    }

    static Stream<Class<?>> messages() {
        return Samples.types();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void isBoundToTheSerializer(Class<?> type) throws Exception {
        assertThat(serialization(HERE).serializerFor(type)).isInstanceOf(ClusterSerializer.class);
    }

    @Test
    void aReferenceIsThatOfTheActorOnItsNode() throws Exception {
        var probe = HERE.<RoomReply>createTestProbe();
        RoomActor.Names names = new RoomActor.Names(7, probe.ref());
        RoomActor.Names read = (RoomActor.Names) transfer(names, HERE, THERE);
        read.replyTo().tell(new RoomReply.Done(RoomName.of("tea"), 7));
        assertThat(probe.receiveMessage().number()).isEqualTo(7);
        assertThat(((RoomActor.Names) transfer(read, THERE, HERE)).replyTo()).isEqualTo(probe.ref());
    }

    @Test
    void aReferenceThatIsIgnoredStaysSo() throws Exception {
        ActorRef<RoomReply> nobody = HERE.system().ignoreRef();
        RoomActor.Names read = (RoomActor.Names) transfer(new RoomActor.Names(7, nobody), HERE, THERE);
        assertThat(read.replyTo().path()).isEqualTo(nobody.path());
    }

    @Test
    void bytesThatCannotBeReadAreRefusedAsAkkaExpects() {
        var serializer = new ClusterSerializer((akka.actor.ExtendedActorSystem) Adapter.toClassic(HERE.system()));
        assertThatThrownBy(() -> serializer.fromBinary(new byte[] {1, 0}, ""))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("type 0");
    }

    @Test
    void aBufferHoldsTheSameAsTheBytes() throws Exception {
        var serializer = new ClusterSerializer((akka.actor.ExtendedActorSystem) Adapter.toClassic(HERE.system()));
        RoomEvent gap = (RoomEvent) new Samples(HERE.createTestProbe().ref()).of(RoomEvent.Gap.class);
        ByteBuffer buffer = ByteBuffer.allocateDirect(100);
        serializer.toBinary(gap, buffer);
        buffer.flip();
        assertThat(serializer.fromBinary(buffer, "")).isEqualTo(gap);
    }

    private static Object transfer(Object message, ActorTestKit from, ActorTestKit to) throws Exception {
        byte[] bytes = serialization(from).serialize(message).get();
        var serializer = serialization(from).findSerializerFor(message);
        String manifest = Serializers.manifestFor(serializer, message);
        return serialization(to)
                .deserialize(bytes, serializer.identifier(), manifest)
                .get();
    }

    private static Serialization serialization(ActorTestKit akka) {
        return SerializationExtension.get(akka.system());
    }
}
