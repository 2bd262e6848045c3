package io.teahouse.account;

import java.util.HexFormat;

/** Hashes that are stored in place of a text: without the key nobody can tell which text it was. */
public final class KeyedHash {
    private KeyedHash() {}

    /**
     * HMAC-SHA-256, in hexadecimal digits.
     *
     * @param secret known to the server alone
     * @param what the purpose, without a colon
     */
    public static String of(byte[] secret, String what, String text) {
        return HexFormat.of().formatHex(ScramSha256.derived(secret, what, text));
    }
}
