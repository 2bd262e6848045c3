package io.teahouse.operator;

import io.teahouse.account.Account;
import io.teahouse.account.Suspension;
import io.teahouse.room.UserId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Lists accounts by a pattern. */
final class AccountsPower implements Power {
    private static final PowerSpec SPEC = PowerSpec.reading(
                    "accounts",
                    Privilege.ACCOUNTS,
                    "Lists accounts.",
                    Parameter.optional(
                            "pattern", Parameter.Kind.WORD, "only these names; * is any text, ? a character"))
            .answering(
                    Column.of("name", Column.Type.TEXT, "of the account"),
                    Column.of("registered", Column.Type.TIME, "since when"),
                    Column.of("online", Column.Type.FLAG, "whether its user is in the chat"),
                    Column.of("suspended", Column.Type.FLAG, "whether nobody can log in to it"))
            .paged();

    @Override
    public PowerSpec spec() {
        return SPEC;
    }

    @Override
    public CompletionStage<Answer> run(Use use) {
        int limit = use.limit();
        String pattern = use.find("pattern").orElse("*");
        String after = use.find(PowerSpec.AFTER).orElse("");
        return AccountAnswers.when(
                use.services().accounts().list(pattern, after, limit + 1), found -> page(found, limit, use));
    }

    private static Answer page(List<Account> found, int limit, Use use) {
        List<Account> page = found.subList(0, Math.min(limit, found.size()));
        Optional<String> next =
                found.size() > limit ? Optional.of(page.get(page.size() - 1).key()) : Optional.empty();
        return new Answer.Done(
                Answer.count(page.size(), "account", "accounts"),
                page.stream().map(account -> row(account, use)).toList(),
                next);
    }

    private static Map<String, Object> row(Account account, Use use) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", account.name().text());
        row.put("registered", account.registeredAt());
        row.put(
                "online",
                use.services()
                        .users()
                        .find(UserId.ofAccount(account.name().text()))
                        .isPresent());
        Optional<Suspension> suspension =
                account.suspended(use.services().clock().instant());
        row.put("suspended", suspension.isPresent());
        return row;
    }
}
