package io.teahouse.operator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Lists the bans in force, the oldest first. */
final class BansPower implements Power {
    private static final PowerSpec SPEC = PowerSpec.reading(
                    "bans", Privilege.BANS, "Lists the bans in force, the oldest first.")
            .answering(
                    Column.of("target", Column.Type.TEXT, "who is kept out"),
                    Column.of("kind", Column.Type.TEXT, "network, account or mask"),
                    Column.of("reason", Column.Type.TEXT, "shown to them"),
                    Column.of("by", Column.Type.TEXT, "the operator"),
                    Column.of("at", Column.Type.TIME, "since when"),
                    Column.optional("until", Column.Type.TIME, "until when; without it, for ever"))
            .paged();

    @Override
    public PowerSpec spec() {
        return SPEC;
    }

    @Override
    public CompletionStage<Answer> run(Use use) {
        List<Ban> all = use.services().bans().all();
        int begin = 0;
        Optional<String> after = use.find(PowerSpec.AFTER);
        if (after.isPresent()) {
            while (begin < all.size() && !all.get(begin).target().toString().equals(after.get())) {
                begin++;
            }
            begin++;
        }
        List<Ban> page = all.stream().skip(begin).limit(use.limit()).toList();
        Optional<String> next = begin + page.size() < all.size()
                ? Optional.of(page.get(page.size() - 1).target().toString())
                : Optional.empty();
        return CompletableFuture.completedFuture(new Answer.Done(
                Answer.count(all.size(), "ban", "bans"),
                page.stream().map(BansPower::row).toList(),
                next));
    }

    private static Map<String, Object> row(Ban ban) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("target", ban.target().toString());
        row.put("kind", ban.target().kind().name().toLowerCase(Locale.ROOT));
        row.put("reason", ban.reason());
        row.put("by", ban.by());
        row.put("at", ban.at());
        ban.until().ifPresent(until -> row.put("until", until));
        return row;
    }
}
