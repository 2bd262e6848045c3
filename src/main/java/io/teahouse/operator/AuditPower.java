package io.teahouse.operator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Shows what operators have done, the latest first. */
final class AuditPower implements Power {
    private static final PowerSpec SPEC = PowerSpec.reading(
                    "audit", Privilege.AUDIT, "Shows what operators have done and were refused, the latest first.")
            .answering(
                    Column.of("number", Column.Type.NUMBER, "counts all entries"),
                    Column.of("at", Column.Type.TIME, "when"),
                    Column.of("who", Column.Type.TEXT, "the operator or token, and their address"),
                    Column.of("way", Column.Type.TEXT, "irc, api, command or signal"),
                    Column.of("power", Column.Type.TEXT, "what was used"),
                    Column.of("arguments", Column.Type.TEXT, "with what"),
                    Column.of("why", Column.Type.TEXT, "the reason that was given"),
                    Column.of("outcome", Column.Type.TEXT, "what came of it"))
            .paged();

    @Override
    public PowerSpec spec() {
        return SPEC;
    }

    @Override
    public CompletionStage<Answer> run(Use use) {
        Optional<String> after = use.find(PowerSpec.AFTER);
        if (after.isPresent() && !Parameter.Kind.NUMBER.accepts(after.get())) {
            return CompletableFuture.completedFuture(
                    Answer.refused(Answer.Reason.INVALID, "after is the number of an entry"));
        }
        int limit = use.limit();
        return use.services()
                .audit()
                .before(after.map(Long::parseLong).orElse(Long.MAX_VALUE), limit + 1)
                .thenApply(found -> page(found, limit));
    }

    private static Answer page(List<AuditLog.Entry> found, int limit) {
        List<AuditLog.Entry> page = found.subList(0, Math.min(limit, found.size()));
        Optional<String> next = found.size() > limit
                ? Optional.of(Long.toString(page.get(page.size() - 1).number()))
                : Optional.empty();
        return new Answer.Done(
                Answer.count(page.size(), "entry", "entries"),
                page.stream().map(AuditPower::row).toList(),
                next);
    }

    private static Map<String, Object> row(AuditLog.Entry entry) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("number", entry.number());
        row.put("at", entry.at());
        row.put("who", entry.who());
        row.put("way", entry.way().text());
        row.put("power", entry.power());
        row.put("arguments", entry.arguments());
        row.put("why", entry.why());
        row.put("outcome", entry.outcome());
        return row;
    }
}
