package io.teahouse.room.support;

/**
 * Failures after which a process cannot be relied upon: the virtual machine ran out of memory or failed itself. Code that
 * catches everything, so that its thread goes on, passes what it caught to {@link #escalate}.
 */
public final class FatalErrors {
    /** How deep a cause is looked for; a chain may be a circle. */
    private static final int DEPTH = 16;

    private FatalErrors() {}

    /** True for a {@link VirtualMachineError}, or what was caused by one; a stack overflow concerns its caller alone. */
    public static boolean isFatal(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; i < DEPTH && cause != null; i++) {
            if (cause instanceof VirtualMachineError && !(cause instanceof StackOverflowError)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /**
     * Gives a fatal failure to this thread's handler of uncaught exceptions, as if nobody had caught it: that of the server
     * ends the process. Returns where that handler does, and at once for any other failure.
     */
    public static void escalate(Throwable failure) {
        if (isFatal(failure)) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
        }
    }
}
