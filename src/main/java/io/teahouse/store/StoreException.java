package io.teahouse.store;

/** A store cannot be opened or used. The message is one line for the operator. */
public final class StoreException extends Exception {
    private static final long serialVersionUID = 1;

    StoreException(String message, Throwable cause) {
        super(message, cause);
    }

    StoreException(String message) {
        super(message);
    }
}
