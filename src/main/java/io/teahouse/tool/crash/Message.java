package io.teahouse.tool.crash;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A message on its way, as its sender keeps it. For one thread, and after its end for another. */
final class Message {
    private final String id;
    private final String room;
    private final Set<String> receipts = new LinkedHashSet<>(1);
    private Optional<Instant> repeated = Optional.empty();
    private boolean sent;
    private boolean abandoned;
    private boolean late;

    Message(String id, String room) {
        this.id = id;
        this.room = room;
    }

    String id() {
        return id;
    }

    /** The line that sends it, however often. */
    String line() {
        return "@+teahouse/id=" + id + " PRIVMSG #" + room + " :" + Wording.text(id);
    }

    /** It is sent now. Returns whether it was before. */
    boolean send() {
        if (sent && repeated.isEmpty()) {
            repeated = Optional.of(Instant.now());
        }
        boolean before = sent;
        sent = true;
        return before;
    }

    void receipt(String msgid) {
        receipts.add(msgid);
    }

    boolean hasReceipt() {
        return !receipts.isEmpty();
    }

    void abandon() {
        abandoned = true;
    }

    boolean isAbandoned() {
        return abandoned;
    }

    /** Something was not stored, perhaps this. */
    void mayBeLate() {
        late = true;
    }

    /** When it was sent for the second time, if it was. */
    Optional<Instant> repeated() {
        return repeated;
    }

    Said said(String by) {
        return new Said(id, room, by, List.copyOf(receipts), abandoned, late);
    }
}
