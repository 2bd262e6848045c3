package io.teahouse.operator;

import java.util.concurrent.CompletionStage;

/** Stops the node that is asked, after its clients and rooms have gone to the others. */
final class DrainPower implements Power {
    private static final PowerSpec SPEC = PowerSpec.changing(
            "drain",
            Privilege.DRAIN,
            "Stops this node of a cluster as SIGTERM does: sends its clients to the other nodes little by little, hands its rooms over, leaves"
                    + " the cluster, and exits.",
            Parameter.optional("force", Parameter.Kind.FLAG, "also while another node is being drained"),
            Parameter.optional(PowerSpec.REASON, Parameter.Kind.TEXT, "for the audit log"));

    @Override
    public PowerSpec spec() {
        return SPEC;
    }

    @Override
    public CompletionStage<Answer> run(Use use) {
        return use.services().stopper().begin(use.flag("force"));
    }
}
