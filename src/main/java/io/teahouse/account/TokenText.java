package io.teahouse.account;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * A token as a client has it: {@code ID.SECRET}, both random, in the letters of base64url. It is looked up by its id, and
 * recognized by a hash of its secret; because the secret has 256 random bits, a fast hash is enough. Pure.
 */
record TokenText(String id, String secret) {
    private static final int ID_BYTES = 12;
    private static final int SECRET_BYTES = 32;
    private static final int ID_LENGTH = ID_BYTES * 4 / 3;
    private static final int LENGTH = ID_LENGTH + 1 + (SECRET_BYTES * 4 + 2) / 3;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Stands for the hash of a token that does not exist. */
    static final String NO_HASH = "0".repeat(64);

    static TokenText random() {
        return new TokenText(letters(ID_BYTES), letters(SECRET_BYTES));
    }

    private static String letters(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /** Empty: that is no token. */
    static Optional<TokenText> parse(String text) {
        return text.length() == LENGTH
                        && text.charAt(ID_LENGTH) == '.'
                        && text.chars().allMatch(TokenText::isLetter)
                ? Optional.of(new TokenText(text.substring(0, ID_LENGTH), text.substring(ID_LENGTH + 1)))
                : Optional.empty();
    }

    private static boolean isLetter(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '_'
                || c == '.';
    }

    /** SHA-256 of the secret, in hexadecimal digits. */
    String hash() {
        return Sha256.hex(secret);
    }

    /** Takes the same time whatever the hash is. */
    boolean matches(String hash) {
        return MessageDigest.isEqual(hash().getBytes(US_ASCII), hash.getBytes(US_ASCII));
    }

    /** The text that the client keeps. */
    String text() {
        return id + "." + secret;
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "token " + id;
    }
}
