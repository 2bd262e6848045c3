package io.teahouse.account;

/**
 * A token that was just made. Only its owner ever sees the text: the server does not keep it.
 *
 * @param text what the device shows to log in, in the letters of a bearer token (RFC 6750 §2.1)
 */
public record NewToken(String text, LoginToken token) {
    /** Without the text. */
    @Override
    public String toString() {
        return "new " + token;
    }
}
