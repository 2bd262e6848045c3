package io.teahouse.wire.irc;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Passwords in the settings: in plain text, or hashed with PBKDF2-HMAC-SHA256 (RFC 8018). */
public final class ConfiguredPassword {
    private static final String HASHED = "pbkdf2:";
    private static final int ITERATIONS = 600_000;
    private static final int MOST_ITERATIONS = 5_000_000;
    private static final int LONGEST_SALT = 128;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 256;

    private ConfiguredPassword() {}

    /** Hashes a password for use in the settings. */
    public static String hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        Base64.Encoder base64 = Base64.getEncoder();
        return HASHED + ITERATIONS + ":" + base64.encodeToString(salt) + ":"
                + base64.encodeToString(derive(password, salt, ITERATIONS));
    }

    /**
     * Whether a configured password can be used. False for a malformed hash, and for one that takes seconds to compute.
     */
    public static boolean isValid(String configured) {
        return !configured.startsWith(HASHED)
                || (configured.matches(
                                "pbkdf2:[1-9][0-9]{0,6}:[A-Za-z0-9+/]{1," + LONGEST_SALT + "}={0,2}:[A-Za-z0-9+/]{43}=")
                        && iterations(configured) <= MOST_ITERATIONS
                        && isBase64(configured.split(":", -1)[2]));
    }

    private static boolean isBase64(String text) {
        try {
            return Base64.getDecoder().decode(text).length > 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The number of iterations of the hash; 0 for plain text. */
    public static int iterations(String configured) {
        return configured.startsWith(HASHED) ? Integer.parseInt(configured.split(":", -1)[1]) : 0;
    }

    /**
     * Whether {@code given} matches the configured password. Slow if that is hashed, so it must not run on an actor's
     * thread.
     */
    public static boolean matches(String configured, String given) {
        return matches(configured, given, 0);
    }

    /**
     * Like {@link #matches(String, String)}, but takes at least as long as {@code atLeast} iterations, so that the time
     * does not reveal with which of several passwords it was compared.
     */
    public static boolean matches(String configured, String given, int atLeast) {
        int iterations = iterations(configured);
        boolean right;
        if (iterations == 0) {
            right = MessageDigest.isEqual(
                    configured.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
        } else {
            String[] parts = configured.split(":", -1);
            byte[] expected = Base64.getDecoder().decode(parts[3]);
            right = MessageDigest.isEqual(
                    expected, derive(given, Base64.getDecoder().decode(parts[2]), iterations));
        }
        if (iterations < atLeast) {
            derive(given, new byte[SALT_BYTES], atLeast - iterations);
        }
        return right;
    }

    private static byte[] derive(String password, byte[] salt, int iterations) {
        try {
            PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, iterations, HASH_BITS);
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has PBKDF2", e);
        }
    }
}
