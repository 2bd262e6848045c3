package io.teahouse.wire.irc;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Passwords in the settings: as they are, or hashed with PBKDF2-HMAC-SHA256 (RFC 8018). */
public final class ConfiguredPassword {
    private static final String HASHED = "pbkdf2:";
    private static final int ITERATIONS = 600_000;
    private static final int MOST_ITERATIONS = 5_000_000;
    private static final int LONGEST_SALT = 128;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 256;

    private ConfiguredPassword() {}

    /** A text for the settings from which the password cannot be read. */
    public static String hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        Base64.Encoder base64 = Base64.getEncoder();
        return HASHED + ITERATIONS + ":" + base64.encodeToString(salt) + ":"
                + base64.encodeToString(derive(password, salt, ITERATIONS));
    }

    /** True unless it looks like a hash and is none, or one that takes seconds to compute. */
    public static boolean isValid(String kept) {
        return !kept.startsWith(HASHED)
                || (kept.matches(
                                "pbkdf2:[1-9][0-9]{0,6}:[A-Za-z0-9+/]{1," + LONGEST_SALT + "}={0,2}:[A-Za-z0-9+/]{43}=")
                        && iterations(kept) <= MOST_ITERATIONS
                        && isBase64(kept.split(":", -1)[2]));
    }

    private static boolean isBase64(String text) {
        try {
            return Base64.getDecoder().decode(text).length > 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** How often it is hashed; 0 if it is kept as it is. */
    public static int iterations(String kept) {
        return kept.startsWith(HASHED) ? Integer.parseInt(kept.split(":", -1)[1]) : 0;
    }

    /** Whether {@code given} is the password that was {@code kept}. Takes a moment if it is hashed. */
    public static boolean matches(String kept, String given) {
        return matches(kept, given, 0);
    }

    /**
     * The same, but takes at least as long as one that is hashed so often: of several passwords, nobody learns by the time
     * which one it was compared with.
     */
    public static boolean matches(String kept, String given, int atLeast) {
        int iterations = iterations(kept);
        boolean right;
        if (iterations == 0) {
            right = MessageDigest.isEqual(
                    kept.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
        } else {
            String[] parts = kept.split(":", -1);
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
