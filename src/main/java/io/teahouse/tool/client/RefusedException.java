package io.teahouse.tool.client;

import java.io.IOException;

/** The server refuses a client; the message is the server's line. */
public final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    RefusedException(String line) {
        super(line);
    }
}
