package io.teahouse.room;

import io.teahouse.room.PendingEntry.Message;
import io.teahouse.room.PendingEntry.Message.State;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The one line in which everything that happens in a room stands: messages until they are stored or refused, comings
 * and goings until all that was said before them has been shown. Pure.
 */
final class PendingQueue {
    private final ArrayDeque<PendingEntry> entries = new ArrayDeque<>();
    private int waiting;
    private int open;

    void add(PendingEntry entry) {
        entries.addLast(entry);
        if (entry instanceof Message) {
            waiting++;
            open++;
        }
    }

    int size() {
        return entries.size();
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** How many messages are not stored yet, those of an append under way included. */
    int pending() {
        return open;
    }

    boolean hasWaiting() {
        return waiting > 0;
    }

    /**
     * The messages that wait, as the next append; from now on they are under way. All of them, but that those of one
     * append are for the same session.
     */
    List<Message> take() {
        List<Message> batch = new ArrayList<>(waiting);
        for (PendingEntry entry : entries) {
            if (entry instanceof Message message && message.state == State.WAITING) {
                if (!batch.isEmpty() && batch.get(0).forWhom != message.forWhom) {
                    break;
                }
                message.state = State.UNDER_WAY;
                batch.add(message);
            }
        }
        waiting -= batch.size();
        return batch;
    }

    /** Says what became of a message that was under way. */
    void decide(Message message, State outcome) {
        message.state = outcome;
        open--;
    }

    /** The message with that client id that is neither stored nor refused yet. */
    Optional<Message> pending(UserId sender, String clientId) {
        for (PendingEntry entry : entries) {
            if (entry instanceof Message message && undecided(message) && message.isRepeatedBy(sender, clientId)) {
                return Optional.of(message);
            }
        }
        return Optional.empty();
    }

    /** Takes from the head what may be shown now: everything before the first message that is not decided. */
    List<PendingEntry> release() {
        List<PendingEntry> ready = new ArrayList<>(entries.size());
        for (PendingEntry head = entries.peekFirst(); head != null && !undecided(head); head = entries.peekFirst()) {
            ready.add(entries.removeFirst());
        }
        return ready;
    }

    /** Takes out everything but the undecided messages: comings and goings do not wait for a store that is away. */
    List<PendingEntry> releaseAround() {
        List<PendingEntry> ready = new ArrayList<>();
        Iterator<PendingEntry> each = entries.iterator();
        while (each.hasNext()) {
            PendingEntry entry = each.next();
            if (!undecided(entry)) {
                ready.add(entry);
                each.remove();
            }
        }
        return ready;
    }

    private static boolean undecided(PendingEntry entry) {
        return entry instanceof Message message && (message.state == State.WAITING || message.state == State.UNDER_WAY);
    }
}
