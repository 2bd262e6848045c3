package io.teahouse.tool.crash;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A message and what its sender knows about it. For one thread at a time. */
final class PendingMessage {
    private final String id;
    private final String room;
    private final Set<String> receipts = new LinkedHashSet<>(1);
    private Optional<Instant> repeated = Optional.empty();
    private boolean sent;
    private long sentNanos;
    private boolean abandoned;
    private boolean late;

    PendingMessage(String id, String room) {
        this.id = id;
        this.room = room;
    }

    String id() {
        return id;
    }

    /** The line that sends it, however often. */
    String line() {
        return "@+teahouse/id=" + id + " PRIVMSG #" + room + " :" + MessageText.text(id);
    }

    /** Marks it as sent; returns whether it was before. */
    boolean markSent() {
        if (sent && repeated.isEmpty()) {
            repeated = Optional.of(Instant.now());
        }
        boolean before = sent;
        sent = true;
        sentNanos = System.nanoTime();
        return before;
    }

    void addReceipt(String msgid) {
        receipts.add(msgid);
    }

    /** The time in ns from sending it until now; empty if it was sent more than once. */
    OptionalLong waited() {
        return repeated.isEmpty() ? OptionalLong.of(System.nanoTime() - sentNanos) : OptionalLong.empty();
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

    /** Some message was not stored, perhaps this one. */
    void mayBeLate() {
        late = true;
    }

    /** When it was sent for the second time, if it was. */
    Optional<Instant> repeated() {
        return repeated;
    }

    SentMessage said(String by) {
        return new SentMessage(id, room, by, List.copyOf(receipts), abandoned, late);
    }
}
