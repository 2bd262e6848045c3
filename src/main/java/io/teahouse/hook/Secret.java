package io.teahouse.hook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The key by which a receiver knows that an event is from this server. Signatures are those of Standard Webhooks
 * (standardwebhooks.com, version 1): HMAC-SHA-256 over id, time and body. Immutable.
 */
public final class Secret {
    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int LEAST_BYTES = 24;
    private static final int MOST_BYTES = 64;

    private final byte[] key;

    private Secret(byte[] key) {
        this.key = key;
    }

    /**
     * A secret as the settings have it: {@code whsec_} and the key in Base64.
     *
     * @throws IllegalArgumentException if it is none, or too short to be safe
     */
    public static Secret of(String configured) {
        if (!configured.startsWith(PREFIX)) {
            throw new IllegalArgumentException("a secret is " + PREFIX + " and its bytes in Base64");
        }
        byte[] key = Base64.getDecoder().decode(configured.substring(PREFIX.length()));
        if (key.length < LEAST_BYTES || key.length > MOST_BYTES) {
            throw new IllegalArgumentException("a secret has " + LEAST_BYTES + " to " + MOST_BYTES + " bytes");
        }
        return new Secret(key);
    }

    /** The header {@code webhook-signature}. */
    String sign(String id, Instant at, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update((id + '.' + at.getEpochSecond() + '.').getBytes(UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret secret && MessageDigest.isEqual(key, secret.key);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(key);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "secret";
    }
}
