package io.teahouse;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The threads of rooms and connections. With one, everything shares it, the sockets included. With several, each is a
 * dispatcher of one thread, a connection stays on one of them, and its socket is written by that very thread.
 */
final class Dispatchers {
    private static final String DEFAULT = "akka.actor.default-dispatcher";

    private Dispatchers() {}

    /** The names of the dispatchers, one per thread. */
    static List<String> names(int threads) {
        return threads == 1
                ? List.of(DEFAULT)
                : IntStream.range(0, threads)
                        .mapToObj(i -> "teahouse-threads.t" + i)
                        .toList();
    }

    /** Akka's settings for this number of threads. */
    static Config config(int threads) {
        StringBuilder config = new StringBuilder();
        if (threads > 1) {
            config.append(
                    "teahouse-threads.calling { type = Dispatcher, executor = \"io.teahouse.net.CallingThread\" }\n");
            config.append("akka.io.tcp.worker-dispatcher = teahouse-threads.calling\n");
            config.append("akka.io.tcp.selector-dispatcher = akka.io.pinned-dispatcher\n");
            for (String name : names(threads)) {
                config.append(name)
                        .append(" { type = Dispatcher, throughput = 1000\n")
                        .append("executor = \"io.teahouse.net.EventLoopConfigurator\" }\n");
            }
        }
        return ConfigFactory.parseString(config.toString());
    }
}
