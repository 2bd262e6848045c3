package io.teahouse.room.support;

/**
 * Failures after which a process cannot be relied upon: the virtual machine ran out of memory or failed itself. Code
 * that catches everything to keep its thread alive passes the failure to {@link #escalate}.
 */
public final class FatalErrors {
    /** The maximum depth of a chain of causes, which may be circular. */
    private static final int DEPTH = 16;

    private FatalErrors() {}

    /**
     * True for a {@link VirtualMachineError}, or what was caused by one; a stack overflow concerns its caller alone.
     */
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
     * Passes a fatal failure to this thread's handler of uncaught exceptions, which ends the process in the server.
     * Returns at once for any other failure.
     */
    public static void escalate(Throwable failure) {
        if (isFatal(failure)) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
        }
    }
}
