package io.teahouse.operator;

import io.teahouse.account.AccountModeration.NewCode;
import io.teahouse.room.UserId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Replaces a forgotten or stolen password by a code. The code is in a row of the answer, because the text goes to the audit log. */
final class ResetpasswordPower implements Power {
    private static final PowerSpec SPEC = PowerSpec.changing(
                    "resetpassword",
                    Privilege.ACCOUNTS,
                    "Replaces the password of an account by a code for one login, and logs all its devices out.",
                    AccountAnswers.ACCOUNT,
                    AccountAnswers.REASON)
            .answering(
                    Column.of("code", Column.Type.TEXT, "for the user: it logs in once, then sets a new password"),
                    Column.of("until", Column.Type.TIME, "when it expires"));

    @Override
    public PowerSpec spec() {
        return SPEC;
    }

    @Override
    public CompletionStage<Answer> run(Use use) {
        Optional<Answer> refusal = AccountAnswers.refusal(use, use.get("account"));
        return refusal.<CompletionStage<Answer>>map(CompletableFuture::completedFuture)
                .orElseGet(() -> reset(use));
    }

    private static CompletionStage<Answer> reset(Use use) {
        return AccountAnswers.when(use.services().accounts().resetPassword(use.get("account")), code -> {
            String name = code.account().name().text();
            use.services()
                    .users()
                    .disconnect(
                            UserId.ofAccount(name),
                            "the password of your account was reset" + AccountAnswers.because(use));
            return Answer.done(
                    "The password of " + name + " is replaced by a code until " + code.until(), List.of(row(code)));
        });
    }

    private static Map<String, Object> row(NewCode code) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("code", code.code());
        row.put("until", code.until());
        return row;
    }
}
