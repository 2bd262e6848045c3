package io.teahouse.example;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A Maven project of somebody else builds against the artifact, with nothing but the dependencies that {@code doc/embedding.md} names,
 * and runs. It sees the machine's local repository, and the artifact of this build in it.
 */
class EmbeddingIT {
    private static final Path ARTIFACT = Path.of("io", "teahouse", "teahouse");
    private static final Path TESTED =
            Path.of("target", "embedding", "surefire-reports", ClerksTest.class.getName() + ".txt");
    private static final String VERSION = "0.1.0-SNAPSHOT";
    private static final int PATIENCE_MINUTES = 5;

    @TempDir
    Path folder;

    @Test
    void theExamplesBuildAndRunInAProjectOfTheirOwn() throws Exception {
        Files.deleteIfExists(TESTED);
        Path output = folder.resolve("output.txt");
        Process maven = new ProcessBuilder(
                        "mvn",
                        "-q",
                        "-B",
                        "-f",
                        "src/it/embedding/pom.xml",
                        "-Dmaven.repo.local=" + repository(),
                        "-Dexec.args=" + folder.resolve("desk.db"),
                        "test",
                        "exec:java")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(maven.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)).isTrue();
        } finally {
            maven.destroyForcibly();
        }
        assertThat(Files.readString(output))
                .contains("lobby: host says something", "order: clerk: Your order is packed.")
                .containsPattern("desk: :desk!.* NOTICE #help :We are here from 9 to 17\\.");
        assertThat(maven.exitValue()).isZero();
        assertThat(Files.readString(TESTED)).contains("Tests run: 3, Failures: 0, Errors: 0, Skipped: 0");
    }

    /** The machine's repository by links, except for the library itself. */
    private Path repository() throws IOException {
        Path mine = Path.of("target", "embedding", "repository").toAbsolutePath();
        link(Path.of(System.getProperty("local.repository")), mine, ARTIFACT);
        Path there = Files.createDirectories(mine.resolve(ARTIFACT).resolve(VERSION));
        for (String jar : List.of("teahouse-" + VERSION + ".jar", "teahouse-" + VERSION + "-testkit.jar")) {
            Files.copy(Path.of("target", jar), there.resolve(jar), REPLACE_EXISTING);
        }
        Files.copy(Path.of("pom.xml"), there.resolve("teahouse-" + VERSION + ".pom"), REPLACE_EXISTING);
        return mine;
    }

    private static void link(Path from, Path to, Path without) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> all = Files.list(from)) {
            for (Path each : all.toList()) {
                if (!each.getFileName().equals(without.getName(0)) && !Files.exists(to.resolve(each.getFileName()))) {
                    Files.createSymbolicLink(to.resolve(each.getFileName()), each);
                }
            }
        }
        if (without.getNameCount() > 1 && Files.isDirectory(from.resolve(without.getName(0)))) {
            link(
                    from.resolve(without.getName(0)),
                    to.resolve(without.getName(0)),
                    without.subpath(1, without.getNameCount()));
        }
    }
}
