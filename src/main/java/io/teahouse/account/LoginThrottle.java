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
 * Limits attempts by address and by account. The first 64 bits of an IPv6 address count as the address, and all addresses
 * that share the first 48 bits together have four times the limit. Thread-safe.
 */
final class LoginThrottle {
    private static final int HOUSEHOLDS_PER_SITE = 4;

    /** What one attempt was charged in one throttle; refunded if the attempt did not fail. */
    record Charge(Throttle throttle, Object key) {
        void refund() {
            throttle.refund(key);
        }
    }

    /**
     * An attempt that may be made, or that is refused for now.
     *
     * @param failure charges that stay if it fails
     * @param work charges that stay if the password is checked, whatever the result
     * @param delay how long the client has to wait; zero: the attempt may be made
     */
    record Attempt(List<Charge> failure, List<Charge> work, Duration delay) {
        boolean isRefused() {
            return !delay.isZero();
        }

        void forgive() {
            failure.forEach(Charge::refund);
            work.forEach(Charge::refund);
        }

        /** Refunds what does not stay: only a wrong password is a failure, and work counts only if it was done. */
        <T> Result<T> settle(Result<T> result) {
            if (result instanceof Result.Done<T>) {
                failure.forEach(Charge::refund);
            } else if (result instanceof Result.Refused<T> refused && refused.reason() != Reason.WRONG) {
                forgive();
            }
            return result;
        }

        <T> Result<T> refusal(String what) {
            return Result.refused(Reason.THROTTLED, why(what));
        }

        /** One line for the user. */
        String why(String what) {
            long seconds = Math.max(1, delay.plusMillis(999).toSeconds());
            return what + ": try again in " + seconds + " s";
        }

        /** Both attempts, as one. */
        Attempt and(Attempt other) {
            return new Attempt(
                    Stream.concat(failure.stream(), other.failure.stream()).toList(),
                    Stream.concat(work.stream(), other.work.stream()).toList(),
                    Duration.ZERO);
        }

        private static Attempt refused(Duration delay) {
            return new Attempt(List.of(), List.of(), delay);
        }
    }

    /** One limit for each address, and another one for each IPv6 site. */
    private static final class ByAddress {
        private final Throttle households;
        private final Throttle sites;

        ByAddress(Pace pace) {
            this.households = new Throttle(pace);
            this.sites =
                    new Throttle(new Pace(pace.burst() * HOUSEHOLDS_PER_SITE, pace.perMinute() * HOUSEHOLDS_PER_SITE));
        }

        List<Charge> of(InetAddress from) {
            Charge household = new Charge(households, Networks.household(from));
            return Networks.site(from)
                    .map(site -> List.of(household, new Charge(sites, site)))
                    .orElseGet(() -> List.of(household));
        }
    }

    /** An account that is tried from an address or network from which its owner has logged in before. */
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

    /** Counts a password that is tried from that address. */
    Attempt password(InetAddress from) {
        return admit(failures.of(from), logins.of(from));
    }

    /**
     * Counts a password that is tried for an account.
     *
     * @param key the folded name
     * @param home the address, or the network around it, if the owner has logged in from there before: then only attempts
     *     from there count
     */
    Attempt account(String key, Optional<Object> home) {
        Object whose = home.<Object>map(place -> new AtHome(key, place)).orElse(key);
        return admit(List.of(new Charge(accounts, whose)), List.of());
    }

    /** Counts a token that is tried from that address, together with passwords. A right one counts nowhere: it costs no work. */
    Attempt token(InetAddress from) {
        return admit(failures.of(from), List.of());
    }

    /** Counts a room key that is tried from that address. */
    Attempt roomKey(InetAddress from) {
        return admit(keys.of(from), List.of());
    }

    /** Counts an account that is registered from that address. */
    Attempt registration(InetAddress from) {
        return admit(registrations.of(from), List.of());
    }

    /** Charges all of them, or none. */
    private Attempt admit(List<Charge> failure, List<Charge> work) {
        List<Charge> charged = new ArrayList<>(failure.size() + work.size());
        for (Charge each : Stream.concat(failure.stream(), work.stream()).toList()) {
            Duration delay = each.throttle.charge(each.key, clock.getAsLong());
            if (!delay.isZero()) {
                charged.forEach(Charge::refund);
                return Attempt.refused(delay);
            }
            charged.add(each);
        }
        return new Attempt(failure, work, Duration.ZERO);
    }
}
