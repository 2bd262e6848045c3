package io.teahouse;

import akka.actor.typed.ActorSystem;
import io.teahouse.cluster.ClusterProbe;
import io.teahouse.cluster.DrainSettings;
import io.teahouse.operator.Answer;
import io.teahouse.operator.NodeStopper;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/** Stops a node because an operator wants it: only if other nodes can take its clients, since nobody else would tell them to come back. */
final class NodeDrain implements NodeStopper {
    /** The operator who asks is one of the clients, or waits for an answer of the admin port. */
    private static final Duration DELAY = Duration.ofSeconds(1);

    private final ActorSystem<?> system;
    private final ClusterProbe probe;
    private final DrainSettings settings;
    private final Runnable stop;
    private final AtomicBoolean hasBegun = new AtomicBoolean();

    /** @param stop as SIGTERM does; any thread */
    NodeDrain(ActorSystem<?> system, DrainSettings settings, Runnable stop) {
        this.system = system;
        this.probe = new ClusterProbe(system);
        this.settings = settings;
        this.stop = stop;
    }

    @Override
    public CompletionStage<Answer> begin() {
        return CompletableFuture.completedFuture(answer());
    }

    private Answer answer() {
        if (!probe.hasOthers()) {
            return Answer.refused(
                    Answer.Reason.CONFLICT,
                    "no other node of the cluster can take the clients: start one, or stop this one by SIGTERM");
        } else if (!hasBegun.compareAndSet(false, true)) {
            return Answer.refused(Answer.Reason.CONFLICT, "this node is being drained already");
        }
        system.scheduler().scheduleOnce(DELAY, stop, system.executionContext());
        return Answer.done("This node sends its clients to the others within "
                + settings.within().toSeconds() + " s, hands its rooms over, and exits");
    }
}
