package io.teahouse.operator;

import io.teahouse.account.Account;
import io.teahouse.account.AccountModeration;
import io.teahouse.account.NewToken;
import io.teahouse.account.Result;
import io.teahouse.room.UserId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Makes an account for a program. The token is in a row of the answer, because the text goes to the audit log. */
final class BotPower implements Power {
    private static final String REPLACE = "replace";

    private static final PowerSpec SPEC = PowerSpec.changing(
                    "bot",
                    Privilege.ACCOUNTS,
                    "Makes an account for a program, which logs in to it by a token and is marked as a bot.",
                    Parameter.required("account", Parameter.Kind.WORD, "the name of the account"),
                    Parameter.optional(
                            REPLACE,
                            Parameter.Kind.FLAG,
                            "a new token for an account that is there; its earlier ones no longer work"))
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
                .orElseGet(() -> use.flag(REPLACE) ? replace(use) : make(use));
    }

    private static CompletionStage<Answer> replace(Use use) {
        AccountModeration accounts = use.services().accounts();
        return accounts.find(use.get("account"))
                .thenCompose(found -> found instanceof Result.Done<Account> account
                        ? replace(use, account.value())
                        : CompletableFuture.completedFuture(AccountAnswers.refused((Result.Refused<Account>) found)));
    }

    private static CompletionStage<Answer> replace(Use use, Account account) {
        return AccountAnswers.when(use.services().accounts().replaceBotToken(account), made -> {
            use.services()
                    .users()
                    .disconnect(UserId.ofAccount(account.name().text()), "the token of this program was replaced");
            return answer("The account " + account.name() + " has a new token", made);
        });
    }

    private static CompletionStage<Answer> make(Use use) {
        return AccountAnswers.when(
                use.services().accounts().createBot(use.get("account")),
                made -> answer("The account " + use.get("account") + " is made for a program", made));
    }

    private static Answer answer(String text, NewToken made) {
        return Answer.done(text, List.of(Map.of("token", made.text())));
    }
}
