package io.teahouse.account;

import java.util.HexFormat;

/** What stands for a text that is not to be stored itself: nobody who does not have the key can tell which text it was. */
public final class KeyedHash {
    private KeyedHash() {}

    /**
     * HMAC-SHA-256, in hexadecimal digits.
     *
     * @param secret known to the server alone
     * @param what for which purpose, without a colon
     */
    public static String of(byte[] secret, String what, String text) {
        return HexFormat.of().formatHex(ScramSha256.derived(secret, what, text));
    }
}
