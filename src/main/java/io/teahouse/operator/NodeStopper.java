package io.teahouse.operator;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Port: stops this server so that its clients go to other nodes of its cluster. Thread-safe. */
public interface NodeStopper {
    /**
     * Begins, in a moment, so that the operator is answered before; or refuses. Does not block.
     *
     * @param force also while another node is being stopped
     */
    CompletionStage<Answer> begin(boolean force);

    /** Always refuses. */
    static NodeStopper impossible(String why) {
        return force -> CompletableFuture.completedFuture(Answer.refused(Answer.Reason.CONFLICT, why));
    }
}
