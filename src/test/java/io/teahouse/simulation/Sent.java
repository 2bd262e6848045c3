package io.teahouse.simulation;

import io.teahouse.room.Refusal;
import java.util.Optional;

/** A message of a client. */
final class Sent {
    final String clientId;
    final String text;

    /** How often it was sent. */
    int attempts;

    boolean receipt;
    Optional<Refusal.Reason> refused = Optional.empty();

    /** The client has left the room, and does not wait for an answer any more. */
    boolean abandoned;

    Sent(String clientId, String text) {
        this.clientId = clientId;
        this.text = text;
    }

    /** Asks again for what was refused. */
    void retry() {
        if (!receipt && !abandoned) {
            refused = Optional.empty();
        }
    }

    boolean isAnswered() {
        return receipt || refused.isPresent() || abandoned;
    }
}
