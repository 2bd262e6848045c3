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
    private static final int ITERATIONS = 120_000;
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

    /** True unless it looks like a hash and is none. */
    public static boolean isValid(String kept) {
        return !kept.startsWith(HASHED)
                || kept.matches("pbkdf2:[1-9][0-9]{0,6}:[A-Za-z0-9+/]+={0,2}:[A-Za-z0-9+/]{43}=");
    }

    /** Whether {@code given} is the password that was {@code kept}. Takes a moment if it is hashed. */
    public static boolean matches(String kept, String given) {
        if (!kept.startsWith(HASHED)) {
            return MessageDigest.isEqual(kept.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
        }
        String[] parts = kept.split(":", -1);
        byte[] salt = Base64.getDecoder().decode(parts[2]);
        byte[] expected = Base64.getDecoder().decode(parts[3]);
        return MessageDigest.isEqual(expected, derive(given, salt, Integer.parseInt(parts[1])));
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
