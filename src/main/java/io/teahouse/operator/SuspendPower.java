package io.teahouse.operator;

import io.teahouse.account.Suspension;
import io.teahouse.room.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Keeps the owner of an account out. */
final class SuspendPower implements Power {
    private static final PowerSpec SPEC = PowerSpec.changing(
            "suspend",
            Privilege.ACCOUNTS,
            "Suspends an account: its connections end, and nobody can log in to it by password or token.",
            AccountAnswers.ACCOUNT,
            Parameter.optional("duration", Parameter.Kind.DURATION, "for how long; until it is lifted by default"),
            AccountAnswers.REASON);

    @Override
    public PowerSpec spec() {
        return SPEC;
    }

    @Override
    public CompletionStage<Answer> run(Use use) {
        Instant now = use.services().clock().instant().truncatedTo(ChronoUnit.MILLIS);
        Optional<Duration> time = use.duration("duration").filter(each -> !each.equals(Durations.FOREVER));
        Suspension suspension = new Suspension(use.by().name(), use.reason(), now, time.map(now::plus));
        return AccountAnswers.when(use.services().accounts().suspend(use.get("account"), suspension), account -> {
            use.services().users().disconnect(UserId.ofAccount(account.name().text()), suspension.text());
            return Answer.done(account.name() + " is suspended"
                    + suspension.until().map(end -> " until " + end).orElse(""));
        });
    }
}
