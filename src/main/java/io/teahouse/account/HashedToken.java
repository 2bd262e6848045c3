package io.teahouse.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * The hash of a token of the settings. A random token needs no slow hash: nobody can try 2<sup>256</sup>, and programs send their tokens
 * every few seconds. Immutable.
 *
 * @param digest SHA-256 of the token, in hexadecimal digits
 */
public record HashedToken(String digest) {
    /** The length of the shortest one in plain text. Guessing is throttled, and a shorter one could be guessed all the same. */
    public static final int SHORTEST = 16;

    private static final String HASHED = "sha256:";
    private static final int DIGITS = 64;

    /**
     * A token as the settings have it.
     *
     * @param configured in plain text, or as {@link #hash} returns it
     * @throws IllegalArgumentException if it is too short or a malformed hash
     */
    public static HashedToken of(String configured) {
        if (configured.length() < SHORTEST) {
            throw new IllegalArgumentException("a token is shorter than " + SHORTEST + " characters");
        }
        if (!configured.startsWith(HASHED)) {
            return new HashedToken(Sha256.hex(configured));
        }
        String digits = configured.substring(HASHED.length());
        if (digits.length() != DIGITS || !digits.chars().allMatch(HexFormat::isHexDigit)) {
            throw new IllegalArgumentException("a hash is " + HASHED + " and " + DIGITS + " hexadecimal digits");
        }
        return new HashedToken(HexFormat.of().formatHex(HexFormat.of().parseHex(digits)));
    }

    /** The form of a token for the settings, which does not reveal it. Only for tokens that cannot be guessed. */
    public static String hash(String token) {
        return HASHED + Sha256.hex(token);
    }

    /** Takes the same time whatever the token is. */
    public boolean matches(String given) {
        return MessageDigest.isEqual(Sha256.hex(given).getBytes(UTF_8), digest.getBytes(UTF_8));
    }

    /** Without the hash. */
    @Override
    public String toString() {
        return "token";
    }
}
