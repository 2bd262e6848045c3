package io.teahouse.wire.irc;

import akka.util.ByteString;
import io.teahouse.room.EventBatch;
import io.teahouse.room.Nick;
import io.teahouse.wire.irc.EventWriter.Own;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A batch of events, encoded once for all clients with the same capabilities. Authors of its events get the same bytes
 * without the parts that are hidden from them.
 */
final class Rendering {
    private record Part(String by, Own own, int from, int to) {}

    private final ByteString whole;

    /** The parts that are hidden from their author. */
    private final List<Part> parts = new ArrayList<>();

    private byte[] bytes = new byte[256];
    private int size;

    Rendering(EventBatch batch, Capabilities to, String target) {
        batch.accept(new EventWriter(to, target, this::add));
        whole = ByteString.fromArrayUnsafe(size == bytes.length ? bytes : Arrays.copyOf(bytes, size));
        bytes = new byte[0];
    }

    private void add(String unit, Nick by, Own own) {
        byte[] encoded = unit.getBytes(StandardCharsets.UTF_8);
        if (size + encoded.length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + encoded.length));
        }
        System.arraycopy(encoded, 0, bytes, size, encoded.length);
        if (own != Own.SHOWN) {
            parts.add(new Part(by.key(), own, size, size + encoded.length));
        }
        size += encoded.length;
    }

    ByteString whole() {
        return whole;
    }

    /** The bytes for {@code viewer}, the author of some of the events. */
    ByteString without(Nick viewer, boolean echo) {
        ByteString result = ByteString.emptyByteString();
        int from = 0;
        for (Part part : parts) {
            if (!part.own.isSeen(echo) && part.by.equals(viewer.key())) {
                result = result.concat(whole.slice(from, part.from));
                from = part.to;
            }
        }
        return from == 0 && result.isEmpty() ? whole : result.concat(whole.drop(from));
    }
}
