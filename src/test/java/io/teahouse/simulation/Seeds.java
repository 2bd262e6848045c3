package io.teahouse.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.slf4j.LoggerFactory;

/** Runs simulations one after the other, without the log lines of what they simulate. */
final class Seeds {
    private Seeds() {}

    /** Runs the seeds up to the first one with violations, which is passed on. Returns that seed; 0: there is none. */
    static long run(int nodes, long first, long last, Consumer<Trace> failed) {
        Logger log = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        Level before = log.getLevel();
        log.setLevel(Level.OFF);
        try {
            List<SimulatedSystem> systems = IntStream.rangeClosed(1, nodes)
                    .mapToObj(number -> new SimulatedSystem("node" + number))
                    .toList();
            for (long seed = first; seed <= last; seed++) {
                Trace trace = Simulation.run(seed, systems);
                if (!trace.violations().isEmpty()) {
                    failed.accept(trace);
                    return seed;
                }
            }
            return 0;
        } finally {
            log.setLevel(before);
        }
    }
}
