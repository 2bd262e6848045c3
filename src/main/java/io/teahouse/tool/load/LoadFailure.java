package io.teahouse.tool.load;

/** A run that cannot go on, with the exit code it ends in. Its message is for the user; its trace interests nobody. */
final class LoadFailure extends RuntimeException {
    static final int BAD_ARGUMENTS = 2;
    static final int TOO_LATE = 3;
    static final int CLIENTS_LOST = 4;

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private LoadFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }

    static LoadFailure badArguments(String why) {
        return new LoadFailure(BAD_ARGUMENTS, why);
    }

    static LoadFailure tooLate(String why) {
        return new LoadFailure(TOO_LATE, why);
    }

    static LoadFailure clientsLost(String why) {
        return new LoadFailure(CLIENTS_LOST, why);
    }

    /** Throws unless {@code holds}: the commands state their limits with it, one a line. */
    static void require(boolean holds, String rule) {
        if (!holds) {
            throw badArguments(rule);
        }
    }
}
