package io.teahouse.operator;

import io.teahouse.account.Account;
import io.teahouse.account.Result;
import io.teahouse.room.UserId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Logs an account out everywhere. */
final class LogoutPower implements Power {
    private static final PowerSpec SPEC = PowerSpec.changing(
            "logout",
            Privilege.ACCOUNTS,
            "Logs an account out everywhere: its connections end, and its tokens are revoked.",
            AccountAnswers.ACCOUNT,
            AccountAnswers.REASON);

    @Override
    public PowerSpec spec() {
        return SPEC;
    }

    @Override
    public CompletionStage<Answer> run(Use use) {
        return use.services().accounts().find(use.get("account")).thenCompose(found -> {
            if (found instanceof Result.Refused<Account> refused) {
                return CompletableFuture.completedFuture(AccountAnswers.refused(refused));
            }
            Account account = ((Result.Done<Account>) found).value();
            return AccountAnswers.when(use.services().accounts().revokeTokens(account), tokens -> {
                use.services()
                        .users()
                        .disconnect(
                                UserId.ofAccount(account.name().text()),
                                "you were logged out by an operator" + AccountAnswers.because(use));
                return Answer.done(account.name() + " is logged out; tokens revoked: " + tokens);
            });
        });
    }
}
