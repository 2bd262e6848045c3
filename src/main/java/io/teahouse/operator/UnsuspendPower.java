package io.teahouse.operator;

import java.util.concurrent.CompletionStage;

/** Lifts the suspension of an account. */
final class UnsuspendPower implements Power {
    private static final PowerSpec SPEC = PowerSpec.changing(
            "unsuspend",
            Privilege.ACCOUNTS,
            "Lifts the suspension of an account; its password and its tokens work again.",
            AccountAnswers.ACCOUNT,
            AccountAnswers.REASON);

    @Override
    public PowerSpec spec() {
        return SPEC;
    }

    @Override
    public CompletionStage<Answer> run(Use use) {
        return AccountAnswers.when(
                use.services().accounts().lift(use.get("account")),
                account -> Answer.done(account.name() + " is no longer suspended"));
    }
}
