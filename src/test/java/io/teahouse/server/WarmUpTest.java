package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.TestServer;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the server does for the first browser before it comes. {@code PagesTest} has what is answered. */
class WarmUpTest {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);

    /** The threads of pages begin with the first request, and nobody sends one here. */
    @Test
    void pagesAreAskedForByTheServerItself() {
        await(0);
        try (TestServer server = TestServer.start("teahouse.web { enabled = on, port = 0 }")) {
            assertThat(server.port("web")).isPositive();
            await(1);
        }
    }

    private static void await(int some) {
        long end = System.nanoTime() + PATIENCE;
        while (Math.min(1, threadsOfPages()) != some) {
            assertThat(System.nanoTime()).as("threads of pages").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private static long threadsOfPages() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(each -> each.getName().contains("pages-dispatcher"))
                .count();
    }
}
