package io.teahouse.account;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Tokens for one request by HTTP each, of clients that are logged in and have no token of their own. They are valid for a moment, and
 * are in memory only: they are no devices, and do not count as such. Too many replace the oldest. Thread-safe.
 */
final class RequestTokens {
    static final Duration VALID = Duration.ofMinutes(1);
    static final int MOST = 10_000;

    /**
     * A token that may be used.
     *
     * @param account the key of the account
     * @param then see {@link Accounts#changes}
     * @param expires in nanoseconds of the clock
     */
    record Entry(String account, long then, String hash, long expires) {}

    private final LongSupplier clock;
    private final Map<String, Entry> all = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Entry> eldest) {
            return size() > MOST;
        }
    };

    /** @param clock in nanoseconds; does not jump */
    RequestTokens(LongSupplier clock) {
        this.clock = clock;
    }

    /** Makes a token; returns its text. */
    synchronized String create(String account, long then) {
        long now = clock.getAsLong();
        all.values().removeIf(each -> each.expires - now <= 0);
        TokenText text = TokenText.random();
        all.put(text.id(), new Entry(account, then, text.hash(), now + VALID.toNanos()));
        return text.text();
    }

    /** Uses a token up. Empty: it is none of these, or not valid any more. */
    synchronized Optional<Entry> take(String given) {
        Optional<TokenText> text = TokenText.parse(given);
        Optional<Entry> found = text.flatMap(it -> Optional.ofNullable(all.get(it.id())))
                .filter(it -> text.get().matches(it.hash));
        found.ifPresent(it -> all.remove(text.get().id()));
        return found.filter(it -> it.expires - clock.getAsLong() > 0);
    }
}
