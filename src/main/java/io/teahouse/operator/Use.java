package io.teahouse.operator;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * One use of a power that the operator may use. The arguments have the kinds of their parameters, and the required ones are there.
 *
 * @param services what powers work on
 */
public record Use(Operator by, Map<String, String> arguments, PowerServices services) {
    private static final int PAGE = 100;
    private static final int LARGEST_PAGE = 1000;

    /** A required argument. */
    public String get(String parameter) {
        return find(parameter).orElseThrow(() -> new IllegalStateException(parameter + " is missing"));
    }

    public Optional<String> find(String parameter) {
        return Optional.ofNullable(arguments.get(parameter));
    }

    public Optional<Duration> duration(String parameter) {
        return find(parameter).flatMap(Durations::parse);
    }

    public boolean flag(String parameter) {
        return find(parameter).filter("true"::equals).isPresent();
    }

    /** Why it is done; empty if the operator did not say. */
    public String reason() {
        return find(PowerSpec.REASON).orElse("");
    }

    /** How many rows a page has. */
    public int limit() {
        return find(PowerSpec.LIMIT)
                .map(Integer::parseInt)
                .map(asked -> Math.max(1, Math.min(asked, LARGEST_PAGE)))
                .orElse(PAGE);
    }
}
