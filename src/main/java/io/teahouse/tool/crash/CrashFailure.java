package io.teahouse.tool.crash;

import io.teahouse.tool.ToolFailure;

/** A run that cannot go on. */
final class CrashFailure extends ToolFailure {
    static final int VIOLATED = 1;
    static final int CANNOT_RUN = 3;

    private static final long serialVersionUID = 1L;

    private CrashFailure(int exitCode, String message) {
        super(exitCode, message);
    }

    /** The server did what it must never do. */
    static CrashFailure violated(String message) {
        return new CrashFailure(VIOLATED, message);
    }

    /** The run says nothing about the server. */
    static CrashFailure cannotRun(String message) {
        return new CrashFailure(CANNOT_RUN, message);
    }
}
