package io.teahouse.admin;

import akka.actor.typed.ActorSystem;
import io.teahouse.net.RefusalLog;
import java.net.InetAddress;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs which connections and tokens the admin port has refused: the first of an address at once, the others as a count. Thread-safe. */
final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final ActorSystem<?> system;
    private final RefusalLog log = new RefusalLog();
    private boolean counting;

    Refusals(ActorSystem<?> system) {
        this.system = system;
    }

    synchronized void refused(InetAddress from, String why) {
        log.refused(from, why).ifPresent(line -> LOG.warn("admin: {}", line));
        if (!counting) {
            counting = true;
            later();
        }
    }

    private void later() {
        system.scheduler().scheduleOnce(INTERVAL, this::report, system.executionContext());
    }

    private synchronized void report() {
        log.summary().forEach(line -> LOG.warn("admin: {}", line));
        counting = !log.isEmpty();
        if (counting) {
            later();
        }
    }
}
