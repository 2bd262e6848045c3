package io.teahouse.store;

/** The store cannot be opened; the message is a line for whoever started the server. */
public final class StoreException extends Exception {
    private static final long serialVersionUID = 1;

    StoreException(String message, Throwable cause) {
        super(message, cause);
    }

    StoreException(String message) {
        super(message);
    }
}
