package io.teahouse.client;

import io.teahouse.room.RoomReply;

/** Counts what becomes of a message, and passes it on. */
final class CountedOutcome implements Outcome {
    private final Outcome outcome;
    private final Metrics metrics;
    private final long began = System.nanoTime();

    private CountedOutcome(Outcome outcome, Metrics metrics) {
        this.outcome = outcome;
        this.metrics = metrics;
    }

    /** For a message that is about to be sent. */
    static Outcome of(Outcome outcome, Metrics metrics) {
        return metrics == Metrics.NONE ? outcome : new CountedOutcome(outcome, metrics);
    }

    @Override
    public void done() {
        metrics.accepted(System.nanoTime() - began);
        outcome.done();
    }

    @Override
    public void shown(RoomReply.Shown shown) {
        metrics.accepted(System.nanoTime() - began);
        outcome.shown(shown);
    }

    @Override
    public void refused(RoomReply.Refused refused) {
        metrics.refused(refused.refusal().reason());
        outcome.refused(refused);
    }

    @Override
    public void inDoubt(RoomReply.InDoubt doubt) {
        metrics.inDoubt();
        outcome.inDoubt(doubt);
    }

    @Override
    public void repeated(RoomReply.Repeated repeated) {
        metrics.repeated();
        outcome.repeated(repeated);
    }
}
