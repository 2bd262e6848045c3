package io.teahouse.cluster;

/** A message cannot be written, or bytes cannot be read: they are damaged, or of a release that this one does not understand. */
public final class CodecException extends RuntimeException {
    private static final long serialVersionUID = 1;

    CodecException(String message) {
        super(message);
    }

    CodecException(String message, Throwable cause) {
        super(message, cause);
    }
}
