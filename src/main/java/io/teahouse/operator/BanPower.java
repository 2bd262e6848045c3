package io.teahouse.operator;

import io.teahouse.room.support.Network;
import io.teahouse.user.UserSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** Keeps users out, and ends the connections of those who are in. Once more for the same target, it replaces the ban. */
final class BanPower implements Power {
    private static final int NAMED = 10;

    private static final PowerSpec SPEC = PowerSpec.changing(
            "ban",
            Privilege.BANS,
            "Keeps an address, a network, an account or a mask out, and disconnects whom it matches. Banning the same again"
                    + " changes the ban.",
            Parameter.required("target", Parameter.Kind.WORD, BanTarget.FORMS),
            Parameter.optional(
                    "duration",
                    Parameter.Kind.DURATION,
                    "how long: 30m, 12h, 7d, or forever; by default as teahouse.operator.default-ban-duration says"),
            Parameter.optional("force", Parameter.Kind.FLAG, "also if it hits many, or yourself"),
            Parameter.reason("why; those who are banned see it"));

    @Override
    public PowerSpec spec() {
        return SPEC;
    }

    @Override
    public CompletionStage<Answer> run(Use use) {
        Optional<BanTarget> target = BanTarget.parse(use.get("target"));
        if (target.isEmpty()) {
            return now(Answer.refused(Answer.Reason.INVALID, "target must be " + BanTarget.FORMS));
        }
        BanList bans = use.services().bans();
        List<UserSnapshot> hits = bans.hits(target.get(), use.services().users().all());
        Optional<String> accident = use.flag("force") ? Optional.empty() : accident(use, target.get(), hits);
        if (accident.isPresent()) {
            return now(Answer.refused(
                    Answer.Reason.CONFLICT,
                    accident.get()
                            + "; nothing was done: add force (at the IRC door, before the reason) if that is meant"));
        }
        Instant at = use.services().clock().instant().truncatedTo(ChronoUnit.MILLIS);
        Duration duration =
                use.duration("duration").orElse(use.services().settings().defaultBanDuration());
        boolean isNew = bans.find(target.get()).isEmpty();
        Ban ban = new Ban(
                target.get(),
                use.reason(),
                use.by().name(),
                at,
                duration.equals(Durations.FOREVER) ? Optional.empty() : Optional.of(at.plus(duration)));
        return bans.put(ban).thenApply(done -> {
            bans.enforce(ban, use.services().users(), at); // who may have come while the ban was stored
            return Answer.done((isNew ? "Banned " : "Changed the ban of ") + ban.target() + " "
                    + (ban.until().isEmpty() ? "forever" : "for " + Durations.text(duration)) + "; it hits "
                    + named(hits));
        });
    }

    private static CompletionStage<Answer> now(Answer answer) {
        return CompletableFuture.completedFuture(answer);
    }

    /** Why this ban could be a mistake. */
    private static Optional<String> accident(Use use, BanTarget target, List<UserSnapshot> hits) {
        boolean hitsOperator = hits.stream()
                        .anyMatch(each ->
                                use.by().user().filter(each.id()::equals).isPresent())
                || (target.kind() == BanTarget.Kind.NETWORK
                        && use.by()
                                .address()
                                .filter(Network.parse(target.text())::contains)
                                .isPresent());
        int most = use.services().settings().banLimit();
        if (hitsOperator) {
            return Optional.of(target + " hits yourself");
        } else if (hits.size() > most) {
            return Optional.of(target + " hits " + named(hits) + ", more than " + most);
        }
        return target.isWide() ? Optional.of(target + " is for a large part of all users") : Optional.empty();
    }

    static String named(List<UserSnapshot> users) {
        if (users.isEmpty()) {
            return "nobody who is online";
        }
        String names =
                users.stream().limit(NAMED).map(each -> each.nick().text()).collect(Collectors.joining(", "));
        return Answer.count(users.size(), "user", "users") + ": " + names + (users.size() > NAMED ? " …" : "");
    }
}
