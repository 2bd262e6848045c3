package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogLinesTest {
    private static final Logger ALL = (Logger) LoggerFactory.getLogger("io.teahouse");
    private static final Logger LOG = (Logger) LoggerFactory.getLogger("io.teahouse.server.LogLinesTest");
    private static final int OTHERS = 3;
    private static final int TIMES = 40_000;

    /** As a server does when the clients of the last round have gone. */
    @Test
    void noLineIsMissedWhenOthersLogAtTheBeginning() throws InterruptedException {
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> others = Stream.generate(() -> new Thread(() -> {
                    while (!over.get()) {
                        LOG.info("another line");
                    }
                }))
                .limit(OTHERS)
                .toList();
        ALL.setAdditive(false); // prints nothing
        others.forEach(Thread::start);
        try {
            for (int i = 0; i < TIMES; i++) {
                try (LogLines log = new LogLines()) {
                    LOG.info("line {}", i);
                    assertThat(log.about("line ")).containsExactly("line " + i);
                }
            }
        } finally {
            over.set(true);
            for (Thread other : others) {
                other.join();
            }
            ALL.setAdditive(true);
        }
    }

    @Test
    void onlyLinesOfTheServerFromTheLevelOnAreSeen() {
        ALL.setAdditive(false);
        try (LogLines log = new LogLines(Level.WARN)) {
            LOG.info("a {}", 1);
            LOG.warn("b {} of {}", 2, 3);
            LOG.error("c {}", 4, new IllegalStateException("d"));
            LoggerFactory.getLogger("org.example").warn("e");
            assertThat(log.about("")).containsExactly("b 2 of 3", "c 4");
            assertThat(log.atLeast(Level.ERROR)).containsExactly("c 4");
        } finally {
            ALL.setAdditive(true);
        }
    }
}
