package io.teahouse.tool;

/** Ends a command with an exit code and one line for the user. */
public class ToolFailure extends RuntimeException {
    public static final int BAD_ARGUMENTS = 2;

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    protected ToolFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    public final int exitCode() {
        return exitCode;
    }

    public static ToolFailure badArguments(String message) {
        return new ToolFailure(BAD_ARGUMENTS, message);
    }

    /** Throws {@link #badArguments} unless {@code holds}; {@code rule} begins with the name of the option. */
    public static void require(boolean holds, String rule) {
        if (!holds) {
            throw badArguments(rule);
        }
    }
}
