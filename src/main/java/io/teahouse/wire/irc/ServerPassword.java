package io.teahouse.wire.irc;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Checks the password of the server, which many clients may send at once when they reconnect. A password that was right
 * is remembered by a keyed hash in memory, so that it is not hashed slowly again; a wrong one always is. Thread-safe.
 */
final class ServerPassword {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private static final class Known {
        final byte[] key;
        final byte[] hash;

        Known(byte[] key, byte[] hash) {
            this.key = key;
            this.hash = hash;
        }
    }

    private final String configured;
    private volatile @Nullable Known known;

    /** @param configured the configured password; empty if there is none */
    ServerPassword(String configured) {
        this.configured = configured;
    }

    boolean isNone() {
        return configured.isEmpty();
    }

    /** Whether this password has been found right before. Fast. */
    boolean isKnown(String given) {
        Known now = known;
        return now != null && MessageDigest.isEqual(now.hash, hash(now.key, given));
    }

    /** Whether this password is right. Slow if the configured password is hashed. */
    boolean matches(String given) {
        boolean right = ConfiguredPassword.matches(configured, given);
        if (right) {
            byte[] key = new byte[KEY_BYTES];
            new SecureRandom().nextBytes(key);
            known = new Known(key, hash(key, given));
        }
        return right;
    }

    private static byte[] hash(byte[] key, String given) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(given.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC", e);
        }
    }
}
