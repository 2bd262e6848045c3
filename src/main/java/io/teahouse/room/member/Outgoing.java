package io.teahouse.room.member;

import io.teahouse.room.OutgoingMessage;
import io.teahouse.room.support.IdGenerator;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** What a member has said and the room has not answered yet. Each message has an id, by which the room recognizes a repeat. */
final class Outgoing {
    private static final int MOST = 10_000;

    private final Deque<OutgoingMessage> waiting = new ArrayDeque<>();
    private boolean sent;

    /** False: too many wait already. */
    boolean add(OutgoingMessage message) {
        return waiting.size() < MOST
                && waiting.add(
                        message.clientId().isEmpty()
                                ? new OutgoingMessage(
                                        message.kind(),
                                        message.text(),
                                        message.attributes(),
                                        message.audience(),
                                        IdGenerator.process().nextText(),
                                        message.query())
                                : message);
    }

    /** The message to send now; empty: there is none, or the room has not answered the one before. */
    Optional<OutgoingMessage> next() {
        if (sent || waiting.isEmpty()) {
            return Optional.empty();
        }
        sent = true;
        return Optional.of(waiting.getFirst());
    }

    /** The first one is to be sent again. */
    void resend() {
        sent = false;
    }

    boolean isNext(String clientId) {
        return !waiting.isEmpty() && waiting.getFirst().clientId().equals(clientId);
    }

    /** The room has answered that message. Returns whether it was waited for. */
    boolean answered(String clientId) {
        if (!isNext(clientId)) {
            return false;
        }
        waiting.removeFirst();
        sent = false;
        return true;
    }
}
