package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.Teahouse;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** The README starts the server by {@code mvn exec:java}, which has a thread group of its own for it. */
class ExecJavaTest {
    private static final int SECONDS = 60;

    @RepeatedTest(3)
    void ctrlCEndsItWithExitCode0AndWithoutAnError(@TempDir Path folder) throws IOException, InterruptedException {
        try (ServerProcess server = ServerProcess.launchBy(Launcher.class, folder, "-Dteahouse.plain.port=0")) {
            server.awaitReady();
            server.signal("INT");
            assertThat(server.exitCode(SECONDS)).isZero();
            assertThat(server.errors()).doesNotContain("teahouse:", "Exception", "Error");
        }
    }

    /** What exec-maven-plugin's {@code ExecJavaMojo} does: it exits when no thread of the group is left to wait for. */
    static final class Launcher {
        private static final int NOBODY_LEFT = 9;

        private Launcher() {}

        public static void main(String[] args) throws InterruptedException {
            ThreadGroup group = new ThreadGroup("exec");
            Thread main = new Thread(group, () -> Teahouse.main(args), "main of exec");
            main.start();
            main.join();
            for (Thread left = foreground(group); left != null; left = foreground(group)) {
                left.join();
            }
            Runtime.getRuntime().halt(NOBODY_LEFT);
        }

        private static @Nullable Thread foreground(ThreadGroup group) {
            Thread[] threads = new Thread[group.activeCount() + 10];
            int count = group.enumerate(threads);
            for (int i = 0; i < count; i++) {
                if (!threads[i].isDaemon()) {
                    return threads[i];
                }
            }
            return null;
        }
    }
}
