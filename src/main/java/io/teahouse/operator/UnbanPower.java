package io.teahouse.operator;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Lifts a ban. */
final class UnbanPower implements Power {
    private static final PowerSpec SPEC = PowerSpec.changing(
            "unban",
            Privilege.BANS,
            "Lifts a ban.",
            Parameter.required("target", Parameter.Kind.WORD, "as bans lists it"),
            Parameter.reason("why, for the audit log"));

    @Override
    public PowerSpec spec() {
        return SPEC;
    }

    @Override
    public CompletionStage<Answer> run(Use use) {
        Optional<BanTarget> target = BanTarget.parse(use.get("target"));
        if (target.isEmpty()) {
            return CompletableFuture.completedFuture(
                    Answer.refused(Answer.Reason.INVALID, "target must be " + BanTarget.FORMS));
        }
        return use.services()
                .bans()
                .remove(target.get())
                .thenApply(removed -> removed
                        ? Answer.done("Lifted the ban of " + target.get())
                        : Answer.refused(Answer.Reason.NOT_FOUND, target.get() + " is not banned"));
    }
}
