package io.teahouse.account;

import java.time.Duration;
import java.time.Instant;

/**
 * What is stored of a token by which a device stays logged in to an account. The token cannot be recovered from it.
 *
 * @param id finds the token; random, and of no use without its secret
 * @param account the key of the account
 * @param number tells the token from others of the account; 0: not stored yet
 * @param hash see {@link TokenText#hash}
 * @param label what the owner recognizes the device by; may be empty
 * @param created in whole milliseconds
 * @param used when it was last used or created, to the hour
 */
public record LoginToken(
        String id, String account, int number, String hash, String label, Instant created, Instant used) {
    /** The label of a token for a program: a client that logs in by it is marked as a bot. */
    public static final String BOT = "bot";

    /** Whether it is the token of a program. */
    public boolean isBot() {
        return label.equalsIgnoreCase(BOT);
    }

    /** Whether that has the form of a token. A password hardly ever does. */
    public static boolean isToken(String text) {
        return TokenText.parse(text).isPresent();
    }

    /** The same, stored under that number. */
    public LoginToken withNumber(int to) {
        return new LoginToken(id, account, to, hash, label, created, used);
    }

    /** The same, of the account that has that key now. */
    LoginToken withAccount(String key) {
        return new LoginToken(id, key, number, hash, label, created, used);
    }

    /** The same, last used at another time. */
    public LoginToken withUsed(Instant at) {
        return new LoginToken(id, account, number, hash, label, created, at);
    }

    /**
     * Whether it can still be used.
     *
     * @param valid how long a token is valid after it was last used
     */
    public boolean isValid(Instant now, Duration valid) {
        return now.isBefore(used.plus(valid));
    }

    /** Without the hash. */
    @Override
    public String toString() {
        return "token " + number + " of " + account;
    }
}
