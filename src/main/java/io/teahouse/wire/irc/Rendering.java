package io.teahouse.wire.irc;

import akka.util.ByteString;
import io.teahouse.client.LineForm;
import io.teahouse.client.Viewer;
import io.teahouse.room.EventBatch;
import io.teahouse.room.RoomEvent;
import io.teahouse.wire.irc.EventWriter.Own;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * A batch of events, encoded once for all clients of the same variant. Authors of its events get the same bytes
 * without the parts that are hidden from them.
 */
final class Rendering {
    /**
     * Everything that the bytes depend on, beside the batch.
     *
     * @param to the capabilities that matter
     */
    record Variant(Capabilities to, LineForm form) {
        private static final ConcurrentMap<Variant, Variant> SHARED = new ConcurrentHashMap<>();

        /** One object for all clients that see the same, so that a delivery finds its rendering by reference. */
        static Variant of(Capabilities to, LineForm form) {
            return SHARED.computeIfAbsent(new Variant(to.forRendering(), form), fresh -> fresh);
        }
    }

    /** @param place of the event in the batch */
    private record Part(int place, Own own, int from, int to) {}

    private final EventBatch batch;
    private final LineForm form;
    private final ByteString whole;

    /** The parts that are hidden from some clients. */
    private final List<Part> parts = new ArrayList<>();

    /** Whether some are hidden from connections of their author that wait for no receipt. */
    private boolean hidesFromAuthors;

    private byte[] bytes = new byte[256];
    private int size;

    /** The index of the event that is being written. */
    private int place;

    Rendering(EventBatch batch, Variant variant, String target) {
        this.batch = batch;
        this.form = variant.form;
        EventWriter writer = new EventWriter(variant.to, target, this::add);
        for (RoomEvent event : batch.events()) {
            event.accept(writer);
            place++;
        }
        whole = ByteString.fromArrayUnsafe(size == bytes.length ? bytes : Arrays.copyOf(bytes, size));
        bytes = new byte[0];
    }

    private void add(String unit, Own own) {
        byte[] encoded = form.bytes(unit);
        if (size + encoded.length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + encoded.length));
        }
        System.arraycopy(encoded, 0, bytes, size, encoded.length);
        if (own != Own.SHOWN) {
            parts.add(new Part(place, own, size, size + encoded.length));
            hidesFromAuthors |= own != Own.ECHOED;
        }
        size += encoded.length;
    }

    /**
     * The bytes for one connection, shared by most.
     *
     * @param own as in {@link io.teahouse.client.Dialect#show}
     * @param echo whether the client has enabled echo-message
     */
    ByteString shownTo(Viewer viewer, boolean own, boolean echo) {
        return hidesFromAuthors || (own && !echo) ? cut(viewer, own, echo) : whole;
    }

    private ByteString cut(Viewer viewer, boolean own, boolean echo) {
        ByteString result = ByteString.emptyByteString();
        int from = 0;
        for (int i = 0; i < parts.size(); i++) { // no iterator: every delivery may come by here
            Part part = parts.get(i);
            if (part.own.isHiddenFrom(viewer, batch, part.place, own, echo)) {
                result = result.concat(whole.slice(from, part.from));
                from = part.to;
            }
        }
        return from == 0 ? whole : result.concat(whole.drop(from));
    }
}
