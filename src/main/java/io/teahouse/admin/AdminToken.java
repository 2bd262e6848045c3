package io.teahouse.admin;

import io.teahouse.account.HashedToken;
import io.teahouse.operator.Privilege;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/**
 * A token of the settings.
 *
 * @param name for the log
 * @param secret what its holder sends, hashed
 * @param privileges what its holder may do
 */
public record AdminToken(String name, HashedToken secret, Set<Privilege> privileges) {
    private static final int RANDOM_BYTES = 32;

    /** A new token of 256 random bits, in the letters of base64url. */
    public static String random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * A token as the settings have it.
     *
     * @throws IllegalArgumentException as {@link HashedToken#of}
     */
    public static AdminToken of(String name, String configured, Set<Privilege> privileges) {
        return new AdminToken(name, HashedToken.of(configured), privileges);
    }

    /** Without the hash. */
    @Override
    public String toString() {
        return "token " + name;
    }
}
