package io.teahouse.account;

import io.teahouse.account.Answer.Reason;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Who has tried how often: by account and by address, of which the first 64 bits count if it is one of IPv6, since that is
 * what one household has. Any thread.
 */
final class Attempts {
    private static final int NETWORK_BYTES = 8;

    /** What one attempt counts for: to be given back where it was no failure. */
    record Attempt(Throttle throttle, Object key) {
        void forgive() {
            throttle.refund(key);
        }
    }

    /** The attempts that are counted, or how long to wait for them. */
    record Admitted(List<Attempt> counted, Duration delay) {
        boolean isRefused() {
            return !delay.isZero();
        }

        void forgive() {
            counted.forEach(Attempt::forgive);
        }

        /** What was refused for no fault of his own is no failure, and what succeeded is none. */
        <T> Answer<T> settle(Answer<T> answer) {
            boolean failed = answer instanceof Answer.Refused<T> refused && refused.reason() == Reason.WRONG;
            if (!failed) {
                forgive();
            }
            return answer;
        }

        <T> Answer<T> refusal(String what) {
            long seconds = Math.max(1, delay.plusMillis(999).toSeconds());
            return Answer.refused(Reason.THROTTLED, what + ": try again in " + seconds + " s");
        }
    }

    private final LongSupplier clock;
    private final Throttle addresses;
    private final Throttle accounts;
    private final Throttle registrations;

    /** @param clock in nanoseconds; does not jump */
    Attempts(AccountSettings settings, LongSupplier clock) {
        this.clock = clock;
        this.addresses = new Throttle(settings.failures());
        this.accounts = new Throttle(settings.accountFailures());
        this.registrations = new Throttle(settings.registrations());
    }

    Admitted login(String key, InetAddress from) {
        Attempt address = new Attempt(addresses, network(from));
        Optional<Duration> wait = charge(address);
        if (wait.isPresent()) {
            return new Admitted(List.of(), wait.get());
        }
        Attempt account = new Attempt(accounts, key);
        wait = charge(account);
        if (wait.isPresent()) {
            address.forgive();
            return new Admitted(List.of(), wait.get());
        }
        return new Admitted(List.of(address, account), Duration.ZERO);
    }

    Admitted registration(InetAddress from) {
        Attempt address = new Attempt(registrations, network(from));
        return charge(address)
                .map(wait -> new Admitted(List.of(), wait))
                .orElseGet(() -> new Admitted(List.of(address), Duration.ZERO));
    }

    private Optional<Duration> charge(Attempt attempt) {
        Duration delay = attempt.throttle.charge(attempt.key, clock.getAsLong());
        return delay.isZero() ? Optional.empty() : Optional.of(delay);
    }

    private static ByteBuffer network(InetAddress address) {
        byte[] bytes = address.getAddress();
        return ByteBuffer.wrap(address instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
    }
}
