package io.teahouse;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;

/**
 * The size of the buffers in which Akka passes bytes to the kernel. A write that waits for a slow reader holds one, outside
 * the heap, where the JVM allows as much memory as for the heap; beyond that, the process ends. So the buffers are small
 * enough for every connection to hold one, even if {@code akka.io.tcp.direct-buffer-size} is larger.
 */
final class SocketBuffers {
    private static final String SIZE = "akka.io.tcp.direct-buffer-size";

    /** The rest is for the database, files and the JVM itself. */
    private static final double SHARE = 0.75;

    private static final int SMALLEST = 1024;

    private SocketBuffers() {}

    /**
     * The same settings, with buffers that fit.
     *
     * @param memory how much memory outside the heap the JVM may use for buffers, in bytes
     */
    static Config fit(Config config, int connections, long memory) {
        long most = Math.max(SMALLEST, (long) (memory * SHARE) / connections);
        return config.getBytes(SIZE) <= most ? config : config.withValue(SIZE, ConfigValueFactory.fromAnyRef(most));
    }
}
