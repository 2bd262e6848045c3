package io.teahouse.operator;

import io.teahouse.room.RoomOperation;
import io.teahouse.room.UserId;
import io.teahouse.user.UserSupervisor;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Gives an account another name. */
final class RenameaccountPower implements Power {
    private static final PowerSpec SPEC = PowerSpec.changing(
            "renameaccount",
            Privilege.ACCOUNTS,
            "Gives an account another name. Its connections end; what belongs to it follows.",
            AccountAnswers.ACCOUNT,
            Parameter.required("to", Parameter.Kind.WORD, "the new name"),
            AccountAnswers.REASON);

    @Override
    public PowerSpec spec() {
        return SPEC;
    }

    @Override
    public CompletionStage<Answer> run(Use use) {
        Optional<Answer> refusal = AccountAnswers.refusal(use, use.get("account"), use.get("to"));
        return refusal.<CompletionStage<Answer>>map(CompletableFuture::completedFuture)
                .orElseGet(() -> rename(use));
    }

    private static CompletionStage<Answer> rename(Use use) {
        PowerServices services = use.services();
        return AccountAnswers.when(services.accounts().rename(use.get("account"), use.get("to")), renamed -> {
            String reason = "your account is called " + renamed.to() + " now: log in by that name"
                    + AccountAnswers.because(use);
            boolean isOnline = services.users()
                    .accountRenamed(UserId.ofAccount(renamed.from().text()), renamed.to(), reason);
            if (!isOnline) {
                services.supervisor()
                        .tell(new UserSupervisor.RestoreUser(renamed.to().text()));
            }
            services.rooms() // open ones know their owner; others read it from the store
                    .tellAll(new RoomOperation.OwnerRenamed(
                            renamed.from().text(), renamed.to().text()));
            return Answer.done(renamed.from() + " is called " + renamed.to() + " now");
        });
    }
}
