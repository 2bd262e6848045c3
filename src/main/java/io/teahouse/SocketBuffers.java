package io.teahouse;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;

/**
 * How large the buffers are in which Akka hands bytes to the kernel. A write that waits for a slow reader keeps one, outside
 * the heap, where the JVM allows as much as the heap may have; with one more, the process ends. So they are as small as it
 * takes for all connections to have one, whatever {@code akka.io.tcp.direct-buffer-size} says.
 */
final class SocketBuffers {
    private static final String SIZE = "akka.io.tcp.direct-buffer-size";

    /** The rest is for the database, files and what the JVM itself needs there. */
    private static final double SHARE = 0.75;

    private static final int SMALLEST = 1024;

    private SocketBuffers() {}

    /**
     * The same settings, with buffers that fit.
     *
     * @param memory how much the JVM may have outside the heap for buffers, in bytes
     */
    static Config fit(Config config, int connections, long memory) {
        long most = Math.max(SMALLEST, (long) (memory * SHARE) / connections);
        return config.getBytes(SIZE) <= most ? config : config.withValue(SIZE, ConfigValueFactory.fromAnyRef(most));
    }
}
