package io.teahouse.operator;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Who may not come in.
 *
 * @param reason shown to those it keeps out; may be empty
 * @param by the operator
 * @param at to the millisecond
 * @param until empty: for ever
 */
public record Ban(BanTarget target, String reason, String by, Instant at, Optional<Instant> until) {
    boolean isOver(Instant now) {
        return until.filter(end -> !end.isAfter(now)).isPresent();
    }

    /** One line for whom it keeps out. */
    String text(Instant now) {
        String left = until.map(end -> " for " + Durations.text(Duration.between(now, end)))
                .orElse("");
        return "you are banned from this server" + left + (reason.isEmpty() ? "" : ": " + reason);
    }
}
