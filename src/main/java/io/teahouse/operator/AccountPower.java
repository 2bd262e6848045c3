package io.teahouse.operator;

import io.teahouse.account.Account;
import io.teahouse.account.LoginToken;
import io.teahouse.account.Result;
import io.teahouse.account.Suspension;
import io.teahouse.room.UserId;
import io.teahouse.user.UserSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Shows one account: its state, its connections and the devices that stay logged in. */
final class AccountPower implements Power {
    private static final PowerSpec SPEC = PowerSpec.reading(
                    "account",
                    Privilege.ACCOUNTS,
                    "Shows an account, its connections, and the devices that stay logged in by a token.",
                    AccountAnswers.ACCOUNT)
            .answering(
                    Column.of("kind", Column.Type.TEXT, "connection or token"),
                    Column.of("number", Column.Type.NUMBER, "tells it from others of its kind"),
                    Column.of("what", Column.Type.TEXT, "the door, or the name of the device"),
                    Column.of("address", Column.Type.TEXT, "where the connection comes from"),
                    Column.of("since", Column.Type.TIME, "when it began"),
                    Column.of("used", Column.Type.TIME, "when something was last said on it, or it last logged in"));

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
            return AccountAnswers.when(
                    use.services().accounts().tokens(account), tokens -> answer(use, account, tokens));
        });
    }

    private static Answer answer(Use use, Account account, List<LoginToken> tokens) {
        Optional<UserSnapshot> user =
                use.services().users().find(UserId.ofAccount(account.name().text()));
        List<Map<String, Object>> rows = new ArrayList<>();
        user.map(UserSnapshot::connections)
                .orElse(List.of())
                .forEach(each -> rows.add(row(
                        "connection",
                        each.number(),
                        each.door(),
                        each.address(),
                        each.since(),
                        Instant.ofEpochMilli(each.activeAt()))));
        tokens.forEach(each -> rows.add(row("token", each.number(), each.label(), "", each.created(), each.used())));
        return Answer.done(text(account, user, use.services().clock().instant()), rows);
    }

    private static Map<String, Object> row(
            String kind, int number, String what, String address, Instant since, Instant used) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("kind", kind);
        row.put("number", number);
        row.put("what", what);
        row.put("address", address);
        row.put("since", since);
        row.put("used", used);
        return row;
    }

    private static String text(Account account, Optional<UserSnapshot> user, Instant now) {
        StringBuilder text =
                new StringBuilder(account.name().text()).append(", registered ").append(account.registeredAt());
        if (!account.email().isEmpty()) {
            text.append(", ").append(account.email());
        }
        text.append(user.map(online -> ", online as " + online.nick()).orElse(", not online"));
        if (account.reset().isPresent()) {
            text.append(", its password was reset");
        }
        account.suspended(now).ifPresent(suspension -> text.append(suspended(suspension)));
        return text.toString();
    }

    private static String suspended(Suspension suspension) {
        return ", suspended by " + suspension.by() + " at " + suspension.since()
                + suspension.until().map(end -> " until " + end).orElse("")
                + (suspension.why().isEmpty() ? "" : ": " + suspension.why());
    }
}
