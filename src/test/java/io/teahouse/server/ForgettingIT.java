package io.teahouse.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.store.StoreFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may read the files of a server and its tools, and what is in them when a tool that deletes was killed. */
class ForgettingIT {
    private static final int SECONDS = 30;
    private static final String SECRET = "xyzzy-the-secret-word-of-ann-plugh";

    /** Three letters that nothing else begins with, so that the index for search keeps them side by side. */
    private static final String RARE = "茶龘한";

    /** The same as the index has it: how many bytes it has stands before. */
    private static final String INDEXED = "\u0009" + RARE;

    private static final int MESSAGES = 3000;

    @TempDir
    private Path folder;

    private Path store;

    @BeforeEach
    void name() {
        store = folder.resolve("teahouse.db");
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private boolean isAnywhere(String text) throws IOException {
        String bytes = new String(text.getBytes(UTF_8), ISO_8859_1);
        for (Path file : files()) {
            if (new String(Files.readAllBytes(file), ISO_8859_1).contains(bytes)) {
                return true;
            }
        }
        return false;
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private void run(String... arguments) throws IOException, InterruptedException {
        try (ServerProcess tool = ServerProcess.withoutUmask(folder, List.of(), arguments)) {
            assertThat(tool.exitCode(SECONDS)).as(tool.errors()).isZero();
        }
    }

    @Test
    void onlyTheOwnerMayReadTheFilesWhateverTheUmask() throws IOException, InterruptedException {
        List<String> anyPort = List.of("-Dteahouse.plain.port=0", "-Dteahouse.irc.port=0", "-Dteahouse.web.port=0");
        try (ServerProcess server = ServerProcess.withoutUmask(folder, anyPort);
                Peer ann = Peer.enter("ann", server.awaitReady())) {
            ann.say(SECRET);
            ann.expect("ann: " + SECRET);
            run("backup", "copy.db");
            run("export", "-o", "copy.jsonl");
            assertThat(files()).hasSize(6); // with its log, shared memory and lock
            allArePrivate();
            server.terminate();
            assertThat(server.exitCode(SECONDS)).isZero();
            assertThat(server.errors()).doesNotContain("other users of this machine");
        }
        run("restore", "copy.db");
        assertThat(files()).anyMatch(file -> file.toString().contains(".replaced-"));
        allArePrivate();
    }

    private void allArePrivate() throws IOException {
        assertThat(files())
                .allSatisfy(file -> assertThat(permissions(file)).as("%s", file).isEqualTo("rw-------"));
    }

    @Test
    void filesThatOthersMayReadDrawAWarningThatNamesThem() throws Exception {
        fill(Instant.now());
        Files.setPosixFilePermissions(store, PosixFilePermissions.fromString("rw-r-----"));
        try (ServerProcess server = ServerProcess.launch(folder, "-Dteahouse.plain.port=0")) {
            server.awaitReady();
            server.awaitError("other users of this machine can read messages; remove their permissions: chmod 600 ");
            server.terminate();
            assertThat(server.exitCode(SECONDS)).isZero();
        }
        assertThat(permissions(store)).isEqualTo("rw-r-----");
    }

    private void fill(Instant at) throws Exception {
        try (StoreFixture fixture = StoreFixture.open(store)) {
            for (int i = 0; i < MESSAGES; i++) {
                fixture.say(StoreFixture.TEA, "ann", "ann", SECRET + " " + RARE + " " + i, at);
            }
            fixture.say(StoreFixture.TEA, "bob", "", "still here", Instant.now());
        }
    }

    /** Wherever it is killed, the next run finishes it and says that all is well. */
    private void runsToTheEndThoughItIsKilled(List<String> options, String... arguments) throws Exception {
        long start = System.nanoTime();
        run("--version");
        long started = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        int kills = 0;
        for (long millis = started / 2; ; millis += started / 8) {
            try (ServerProcess tool = ServerProcess.tool(options, folder, arguments)) {
                if (!tool.killAfter(millis)) {
                    assertThat(tool.exitCode(SECONDS)).as(tool.errors()).isZero();
                    break;
                }
                kills++;
            }
        }
        assertThat(kills).isPositive();
    }

    @Test
    void anEraseThatIsKilledIsFinishedByTheNext() throws Exception {
        fill(Instant.now());
        assertThat(isAnywhere(SECRET)).isTrue();
        runsToTheEndThoughItIsKilled(List.of(), "erase", "ann");
        run("erase", "ann"); // nobody knows whether the last one was seen to end
        assertThat(isAnywhere(SECRET)).isFalse();
        assertThat(isAnywhere(RARE)).isFalse();
        assertThat(isAnywhere("still here")).isTrue();
    }

    @Test
    void aRetentionThatIsKilledIsFinishedByTheNext() throws Exception {
        fill(Instant.now().minus(Duration.ofDays(30)));
        assertThat(isAnywhere(SECRET)).isTrue();
        runsToTheEndThoughItIsKilled(List.of("-Dteahouse.store.retention.rooms=1d"), "retention");
        assertThat(isAnywhere(SECRET)).isFalse();
        assertThat(isAnywhere("still here")).isTrue();
    }

    @Test
    void whatIsErasedIsNotInTheIndexForSearch() throws Exception {
        List<String> anyPort = List.of("-Dteahouse.plain.port=0", "-Dteahouse.irc.port=0", "-Dteahouse.web.port=0");
        fill(Instant.now());
        try (ServerProcess server = ServerProcess.withoutUmask(folder, anyPort);
                Peer bob = Peer.enter("bob", server.awaitReady())) {
            bob.say("hi");
            long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
            while (!isAnywhere(INDEXED) && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            assertThat(isAnywhere(INDEXED)).isTrue();
            server.terminate();
            assertThat(server.exitCode(SECONDS)).isZero();
        }
        run("erase", "ann");
        assertThat(isAnywhere(RARE)).isFalse();
        assertThat(isAnywhere("still here")).isTrue();
    }
}
