package io.teahouse.operator;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Makes an account for a program. The token is in a row of the answer, because the text goes to the audit log. */
final class BotPower implements Power {
    private static final PowerSpec SPEC = PowerSpec.changing(
                    "bot",
                    Privilege.ACCOUNTS,
                    "Makes an account for a program, which logs in to it by a token and is marked as a bot.",
                    Parameter.required("account", Parameter.Kind.WORD, "the name of the account"))
            .answering(Column.of(
                    "token",
                    Column.Type.TEXT,
                    "for the program: the password in SASL PLAIN, or the token in OAUTHBEARER"));

    @Override
    public PowerSpec spec() {
        return SPEC;
    }

    @Override
    public CompletionStage<Answer> run(Use use) {
        Optional<Answer> refusal = AccountAnswers.refusal(use, use.get("account"));
        return refusal.<CompletionStage<Answer>>map(CompletableFuture::completedFuture)
                .orElseGet(() -> make(use));
    }

    private static CompletionStage<Answer> make(Use use) {
        return AccountAnswers.when(
                use.services().directory().accounts().createBot(use.get("account")),
                made -> Answer.done(
                        "The account " + use.get("account") + " is made for a program",
                        List.of(Map.of("token", made.text()))));
    }
}
