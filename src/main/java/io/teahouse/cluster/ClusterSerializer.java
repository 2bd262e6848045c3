package io.teahouse.cluster;

import akka.actor.ExtendedActorSystem;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Adapter;
import akka.serialization.ByteBufferSerializer;
import akka.serialization.Serialization;
import akka.serialization.SerializationExtension;
import akka.serialization.SerializerWithStringManifest;
import java.io.NotSerializableException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Serializes the messages between nodes for Akka, by {@link RecordCodec}. {@code teahouse-cluster.conf} binds it to their types.
 * Thread-safe.
 */
public final class ClusterSerializer extends SerializerWithStringManifest implements ByteBufferSerializer {
    /** Fixed: nodes of different releases tell serializers by it. */
    private static final int IDENTIFIER = 1_904_001;

    private final ExtendedActorSystem system;

    /** Made by the first message: Akka creates serializers before the system has started. */
    private volatile @Nullable RecordCodec codec;

    /** Called by Akka. */
    public ClusterSerializer(ExtendedActorSystem system) {
        this.system = system;
    }

    /** The codec of the messages of that system. */
    static RecordCodec codec(ActorSystem<?> system) {
        Serialization serialization = SerializationExtension.get(Adapter.toClassic(system));
        try {
            return ((ClusterSerializer) serialization.serializerFor(RelayMessage.Attached.class)).codec();
        } catch (NotSerializableException e) {
            throw new IllegalStateException("teahouse-cluster.conf is not in use", e);
        }
    }

    private RecordCodec codec() {
        RecordCodec known = codec;
        return known == null ? newCodec() : known;
    }

    private synchronized RecordCodec newCodec() {
        RecordCodec known = codec;
        if (known == null) {
            known = new RecordCodec(ActorRefResolver.get(Adapter.toTyped(system)));
            codec = known;
        }
        return known;
    }

    @Override
    public int identifier() {
        return IDENTIFIER;
    }

    /** None: the bytes name the type. */
    @Override
    public String manifest(Object message) {
        return "";
    }

    @Override
    public byte[] toBinary(Object message) {
        return codec().toBytes(message);
    }

    @Override
    public void toBinary(Object message, ByteBuffer buffer) {
        buffer.put(toBinary(message));
    }

    /** @throws NotSerializableException if the bytes cannot be read: Akka drops the message, and logs the reason */
    @Override
    public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
        try {
            return codec().fromBytes(bytes);
        } catch (CodecException e) {
            NotSerializableException refused = new NotSerializableException(e.getMessage());
            refused.initCause(e);
            throw refused;
        }
    }

    @Override
    public Object fromBinary(ByteBuffer buffer, String manifest) throws NotSerializableException {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return fromBinary(bytes, manifest);
    }
}
