package io.teahouse.operator;

import io.teahouse.user.ConnectionInfo;
import io.teahouse.user.UserSnapshot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Shows whom a ban would hit. */
final class MatchesPower implements Power {
    private static final PowerSpec SPEC = PowerSpec.reading(
                    "matches",
                    Privilege.BANS,
                    "Shows which users who are online a ban would hit.",
                    Parameter.required("target", Parameter.Kind.WORD, BanTarget.FORMS))
            .answering(
                    Column.of("nick", Column.Type.TEXT, "their name"),
                    Column.of("account", Column.Type.TEXT, "empty: a guest"),
                    Column.of("mask", Column.Type.TEXT, "as others see them"),
                    Column.of("addresses", Column.Type.TEXTS, "of all their connections"));

    @Override
    public PowerSpec spec() {
        return SPEC;
    }

    @Override
    public CompletionStage<Answer> run(Use use) {
        Optional<BanTarget> target = BanTarget.parse(use.get("target"));
        if (target.isEmpty()) {
            return CompletableFuture.completedFuture(
                    Answer.refused(Answer.Reason.INVALID, "target must be " + BanTarget.FORMS));
        }
        List<UserSnapshot> hits =
                use.services().bans().hits(target.get(), use.services().users().all());
        return CompletableFuture.completedFuture(Answer.done(
                target.get() + " hits " + BanPower.named(hits),
                hits.stream().map(MatchesPower::row).toList()));
    }

    private static Map<String, Object> row(UserSnapshot user) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("nick", user.nick().text());
        row.put("account", user.profile().account());
        row.put("mask", user.source());
        row.put(
                "addresses",
                user.connections().stream()
                        .map(ConnectionInfo::address)
                        .distinct()
                        .toList());
        return row;
    }
}
