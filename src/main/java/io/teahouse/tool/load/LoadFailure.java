package io.teahouse.tool.load;

import io.teahouse.tool.ToolFailure;

/** A run that cannot go on. */
final class LoadFailure extends ToolFailure {
    static final int TOO_LATE = 3;
    static final int CLIENTS_LOST = 4;

    private static final long serialVersionUID = 1L;

    private LoadFailure(int exitCode, String message) {
        super(exitCode, message);
    }

    static LoadFailure tooLate(String message) {
        return new LoadFailure(TOO_LATE, message);
    }

    static LoadFailure clientsLost(String message) {
        return new LoadFailure(CLIENTS_LOST, message);
    }
}
