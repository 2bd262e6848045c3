package io.teahouse.net;

/** A certificate or key that cannot be used; the message is one line for the operator. */
public final class BadCertificate extends Exception {
    private static final long serialVersionUID = 1;

    BadCertificate(String why) {
        super(why);
    }
}
