package io.teahouse.cluster;

import io.teahouse.cluster.RelayMessage.Operation;
import io.teahouse.room.RoomReply;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Divides what a room sends a relay of another node, if it is too large for one message: Akka drops a message that does
 * not fit into a frame of 256 KiB.
 */
final class OperationDivider {
    /** The size of a part. */
    static final int MOST_BYTES = 128 * 1024;

    /** Events need fewer bytes than memory, apart from texts that are not ASCII. */
    private static final int SURELY_SMALL = MOST_BYTES / 4;

    private final Supplier<RecordCodec> codec;

    OperationDivider(Supplier<RecordCodec> codec) {
        this.codec = codec;
    }

    /** The operation itself, or its parts. */
    List<Operation> divide(Operation what) {
        if (what instanceof RelayMessage.Publish publish) {
            int size = publish.publication().bytes(codec.get()).length;
            return size <= MOST_BYTES ? List.of(what) : parts(codec.get().toBytes(what));
        } else if (isSmall(what)) {
            return List.of(what);
        }
        byte[] bytes = codec.get().toBytes(what);
        return bytes.length <= MOST_BYTES ? List.of(what) : parts(bytes);
    }

    private static boolean isSmall(Operation what) {
        if (what instanceof RelayMessage.Release release) {
            return release.missed().bytes() <= SURELY_SMALL;
        }
        return !(what instanceof RelayMessage.Answer answer
                && (answer.reply() instanceof RoomReply.Past
                        || answer.reply() instanceof RoomReply.NameList
                        || answer.reply() instanceof RoomReply.Description
                        || answer.reply() instanceof RoomReply.Metadata));
    }

    private static List<Operation> parts(byte[] bytes) {
        List<Bytes> pieces = Bytes.cut(bytes, MOST_BYTES);
        List<Operation> parts = new ArrayList<>(pieces.size());
        for (int i = 0; i < pieces.size(); i++) {
            parts.add(new RelayMessage.Part(pieces.get(i), i == pieces.size() - 1));
        }
        return parts;
    }
}
