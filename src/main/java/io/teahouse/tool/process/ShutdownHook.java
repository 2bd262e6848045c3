package io.teahouse.tool.process;

/** Runs something if the program is ended by a signal before this is removed, so that no process is left behind. */
public final class ShutdownHook {
    private final Thread thread;

    /** Registers the action, which runs on a thread of its own while the others go on. */
    public ShutdownHook(Runnable action) {
        thread = new Thread(action, "shutdown-hook");
        Runtime.getRuntime().addShutdownHook(thread);
    }

    /** For a program whose work is done. */
    public void remove() {
        try {
            Runtime.getRuntime().removeShutdownHook(thread);
        } catch (IllegalStateException e) {
            // The program ends already, and the action runs.
        }
    }
}
