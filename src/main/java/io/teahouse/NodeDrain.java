package io.teahouse;

import akka.actor.typed.ActorSystem;
import io.teahouse.cluster.ClusterProbe;
import io.teahouse.cluster.DrainSettings;
import io.teahouse.cluster.DrainTurn;
import io.teahouse.operator.Answer;
import io.teahouse.operator.NodeStopper;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Stops a node because an operator wants it: only if other nodes can take its clients, since nobody else would tell them to come back, and
 * not while another node is sending its own away, unless the operator insists.
 */
final class NodeDrain implements NodeStopper {
    /** The operator who asks is one of the clients, or waits for an answer of the admin port. */
    private static final Duration DELAY = Duration.ofSeconds(1);

    private static final String BEGUN = "this node is being drained already";

    private enum Phase {
        IDLE,
        /** Other nodes are asked. */
        ASKING,
        STOPPING
    }

    private final ActorSystem<?> system;
    private final ClusterProbe probe;
    private final DrainSettings settings;
    private final DrainTurn turn;
    private final Runnable stop;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.IDLE);

    /** @param stop as SIGTERM does; any thread */
    NodeDrain(ActorSystem<?> system, DrainSettings settings, DrainTurn turn, Runnable stop) {
        this.system = system;
        this.probe = new ClusterProbe(system);
        this.settings = settings;
        this.turn = turn;
        this.stop = stop;
    }

    @Override
    public CompletionStage<Answer> begin(boolean force) {
        if (!probe.hasOthers()) {
            return refused("no other node of the cluster can take the clients: start one, or stop this one by SIGTERM");
        } else if (force ? phase.getAndSet(Phase.STOPPING) == Phase.STOPPING : !take(Phase.IDLE, Phase.ASKING)) {
            return refused(BEGUN);
        } else if (force) {
            return CompletableFuture.completedFuture(stopSoon());
        }
        return turn.take().handle((other, failure) -> {
            if (failure == null && other.isEmpty()) {
                return take(Phase.ASKING, Phase.STOPPING) ? stopSoon() : conflict(BEGUN);
            }
            take(Phase.ASKING, Phase.IDLE);
            String why = failure == null
                    ? "the node " + other.orElseThrow() + " is being drained"
                    : "it is not known whether another node is being drained";
            return conflict(
                    why + ": wait until it has left the cluster, or add force (at the IRC door, before the reason)");
        });
    }

    private boolean take(Phase from, Phase to) {
        return phase.compareAndSet(from, to);
    }

    private static CompletionStage<Answer> refused(String why) {
        return CompletableFuture.completedFuture(conflict(why));
    }

    private static Answer conflict(String why) {
        return Answer.refused(Answer.Reason.CONFLICT, why);
    }

    private Answer stopSoon() {
        system.scheduler().scheduleOnce(DELAY, stop, system.executionContext());
        return Answer.done("This node sends its clients to the others within "
                + settings.within().toSeconds() + " s, hands its rooms over, and exits");
    }
}
