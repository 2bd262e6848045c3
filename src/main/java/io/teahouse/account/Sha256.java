package io.teahouse.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The hash SHA-256. Not for passwords, which need a slow one. Pure. */
public final class Sha256 {
    private Sha256() {}

    /** The 32 bytes of the hash. */
    public static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    /** The hash of a text in UTF-8, as 64 hexadecimal digits in lower case. */
    public static String hex(String text) {
        return HexFormat.of().formatHex(digest(text.getBytes(UTF_8)));
    }
}
