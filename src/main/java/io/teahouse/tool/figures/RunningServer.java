package io.teahouse.tool.figures;

import java.util.List;

/** A server that runs: what the load generator needs to know of it. */
interface RunningServer extends AutoCloseable {
    /** The port of the door that is measured. */
    int port();

    /** Its processes. */
    List<Long> pids();

    /** SIGKILL; does not wait for its end. */
    void kill();

    /** Ends it, and waits for its end. */
    @Override
    void close();
}
