package io.teahouse.account;

import io.teahouse.account.AccountSettings.Pace;
import io.teahouse.account.Result.Reason;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Who has tried how often: by address and by account. Of IPv6 the first 64 bits count as the address, and four times as
 * much is allowed to all that have the first 48 bits in common. Any thread.
 */
final class LoginThrottle {
    private static final int HOUSEHOLDS_PER_SITE = 4;

    /** What one attempt counts for: to be given back where it was no failure. */
    record Attempt(Throttle throttle, Object key) {
        void forgive() {
            throttle.refund(key);
        }
    }

    /**
     * An attempt that may be made, or how long to wait for it.
     *
     * @param failure what it counts for if it fails
     * @param work what it counts for in any case, if the password is looked at
     */
    record Admitted(List<Attempt> failure, List<Attempt> work, Duration delay) {
        boolean isRefused() {
            return !delay.isZero();
        }

        void forgive() {
            failure.forEach(Attempt::forgive);
            work.forEach(Attempt::forgive);
        }

        /** Neither success nor a refusal that is not the user's fault counts as failure. */
        <T> Result<T> settle(Result<T> answer) {
            if (answer instanceof Result.Done<T>) {
                failure.forEach(Attempt::forgive);
            } else if (answer instanceof Result.Refused<T> refused && refused.reason() != Reason.WRONG) {
                forgive();
            }
            return answer;
        }

        <T> Result<T> refusal(String what) {
            return Result.refused(Reason.THROTTLED, why(what));
        }

        /** One line for a person. */
        String why(String what) {
            long seconds = Math.max(1, delay.plusMillis(999).toSeconds());
            return what + ": try again in " + seconds + " s";
        }

        /** Both, as one. */
        Admitted and(Admitted other) {
            return new Admitted(
                    Stream.concat(failure.stream(), other.failure.stream()).toList(),
                    Stream.concat(work.stream(), other.work.stream()).toList(),
                    Duration.ZERO);
        }

        private static Admitted refused(Duration delay) {
            return new Admitted(List.of(), List.of(), delay);
        }
    }

    /** One pace for each address, and another one for each IPv6 site. */
    private static final class ByAddress {
        private final Throttle households;
        private final Throttle sites;

        ByAddress(Pace pace) {
            this.households = new Throttle(pace);
            this.sites =
                    new Throttle(new Pace(pace.burst() * HOUSEHOLDS_PER_SITE, pace.perMinute() * HOUSEHOLDS_PER_SITE));
        }

        List<Attempt> of(InetAddress from) {
            Attempt household = new Attempt(households, Networks.household(from));
            return Networks.site(from)
                    .map(site -> List.of(household, new Attempt(sites, site)))
                    .orElseGet(() -> List.of(household));
        }
    }

    /** An account, tried from an address or network from which its owner has logged in before. */
    private record AtHome(String key, Object place) {}

    private final LongSupplier clock;
    private final ByAddress failures;
    private final ByAddress logins;
    private final Throttle accounts;
    private final ByAddress keys;
    private final ByAddress registrations;

    /** @param clock in nanoseconds; does not jump */
    LoginThrottle(AccountSettings settings, LongSupplier clock) {
        this.clock = clock;
        this.failures = new ByAddress(settings.attempts().failures());
        this.logins = new ByAddress(settings.attempts().logins());
        this.accounts = new Throttle(settings.attempts().accountFailures());
        this.keys = new ByAddress(settings.attempts().failures());
        this.registrations = new ByAddress(settings.attempts().registrations());
    }

    /** Counts an attempt from that address. */
    Admitted password(InetAddress from) {
        return admit(failures.of(from), logins.of(from));
    }

    /**
     * The same attempt, now that it is known whose account it is for.
     *
     * @param home the address, or the network around it, if its owner has logged in from there before: then only what is
     *     tried from there counts
     */
    Admitted account(String key, Optional<Object> home) {
        Object whose = home.<Object>map(place -> new AtHome(key, place)).orElse(key);
        return admit(List.of(new Attempt(accounts, whose)), List.of());
    }

    /** A key of a room is tried from that address. */
    Admitted key(InetAddress from) {
        return admit(keys.of(from), List.of());
    }

    Admitted registration(InetAddress from) {
        return admit(registrations.of(from), List.of());
    }

    /** Counts all of it, or nothing. */
    private Admitted admit(List<Attempt> failure, List<Attempt> work) {
        List<Attempt> counted = new ArrayList<>(failure.size() + work.size());
        for (Attempt each : Stream.concat(failure.stream(), work.stream()).toList()) {
            Duration delay = each.throttle.charge(each.key, clock.getAsLong());
            if (!delay.isZero()) {
                counted.forEach(Attempt::forgive);
                return Admitted.refused(delay);
            }
            counted.add(each);
        }
        return new Admitted(failure, work, Duration.ZERO);
    }
}
