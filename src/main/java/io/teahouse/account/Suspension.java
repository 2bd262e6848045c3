package io.teahouse.account;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * An operator of the server keeps the owner of an account out: nobody can log in to it. Its tokens and everything else stay, and work
 * again when it is lifted or over.
 *
 * @param by the operator
 * @param why for the owner; may be empty
 * @param until empty: until somebody lifts it
 */
public record Suspension(String by, String why, Instant since, Optional<Instant> until) {
    boolean isInForce(Instant now) {
        return until.filter(end -> !now.isBefore(end)).isEmpty();
    }

    /** One line for the owner. */
    public String text() {
        return "your account is suspended"
                + until.map(end -> " until " + end.truncatedTo(ChronoUnit.SECONDS))
                        .orElse("")
                + (why.isEmpty() ? "" : ": " + why);
    }
}
