package io.teahouse.tool.crash;

/** A run that cannot go on, with the exit code it ends in. Its message is for the user; its trace interests nobody. */
final class CrashFailure extends RuntimeException {
    static final int VIOLATED = 1;
    static final int BAD_ARGUMENTS = 2;
    static final int CANNOT_RUN = 3;

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private CrashFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }

    /** The server does what it must never do. */
    static CrashFailure violated(String why) {
        return new CrashFailure(VIOLATED, why);
    }

    static CrashFailure badArguments(String why) {
        return new CrashFailure(BAD_ARGUMENTS, why);
    }

    /** Nothing is known about the server by this. */
    static CrashFailure cannotRun(String why) {
        return new CrashFailure(CANNOT_RUN, why);
    }

    /** Throws unless {@code holds}: the command states its limits with it, one a line. */
    static void require(boolean holds, String rule) {
        if (!holds) {
            throw badArguments(rule);
        }
    }
}
