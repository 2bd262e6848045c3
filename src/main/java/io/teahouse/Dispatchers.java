package io.teahouse;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The threads of rooms and connections. Each is a dispatcher with an event loop and a selector of its own. A connection
 * stays on the thread that reads and writes its socket.
 */
final class Dispatchers {
    private static final String DEFAULT = "akka.actor.default-dispatcher";

    private Dispatchers() {}

    /** The names of the dispatchers, one per thread. */
    static List<String> names(int threads) {
        return IntStream.range(0, threads)
                .mapToObj(i -> i == 0 ? DEFAULT : "teahouse-threads.t" + i)
                .toList();
    }

    /** Akka's settings for this number of threads. */
    static Config config(int threads) {
        StringBuilder config = new StringBuilder("akka.io.tcp.nr-of-selectors = " + threads + "\n");
        for (String name : names(threads)) {
            if (!name.equals(DEFAULT)) {
                config.append(name).append(" = ${akka.actor.default-dispatcher}\n");
            }
        }
        return ConfigFactory.parseString(config.toString());
    }
}
