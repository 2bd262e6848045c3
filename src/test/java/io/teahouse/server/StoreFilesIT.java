package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of SQLite's store, and the folder from which its library is loaded, are taken away. */
class StoreFilesIT {
    private static final int SECONDS = 30;
    private static final int REFUSED = 2;
    private static final String NOT_STORED = "! not stored, nobody saw it: try again";
    private static final String[] ANY_PORT = {"-Dteahouse.plain.port=0"};

    @TempDir
    private Path folder;

    private Path database;

    @BeforeEach
    void name() {
        database = folder.resolve("teahouse.db");
    }

    @ParameterizedTest
    @ValueSource(strings = {"teahouse.db", "teahouse.db-wal", "teahouse.db-shm"})
    void nothingIsStoredInAFileThatWasRemoved(String file) throws IOException, InterruptedException {
        try (ServerProcess server = ServerProcess.launch(folder, ANY_PORT);
                Peer ann = Peer.enter("ann", server.awaitReady())) {
            ann.say("before");
            ann.expect("ann: before");
            Files.delete(folder.resolve(file));
            server.awaitError("the store is unavailable, messages are refused: " + file); // before anything is said
            ann.say("one\ntwo");
            ann.expect(NOT_STORED).expect(NOT_STORED);
            assertThat(folder.resolve(file)).doesNotExist(); // nobody has made an empty one
            server.terminate();
            assertThat(server.exitCode(SECONDS)).isZero();
            assertThat(server.errors().lines().filter(line -> line.contains("the store is unavailable")))
                    .hasSize(1);
        }
        storesAgain();
    }

    @Test
    void aFileThatWasReplacedIsNoticedAndOneThatWasPutBackIsUsed() throws IOException, InterruptedException {
        try (ServerProcess server = ServerProcess.launch(folder, ANY_PORT);
                Peer ann = Peer.enter("ann", server.awaitReady())) {
            ann.say("before");
            ann.expect("ann: before");
            Path aside = folder.resolve("aside.db");
            Files.move(database, aside);
            Files.copy(aside, database);
            server.awaitError("has been removed or replaced");
            ann.say("meanwhile");
            ann.expect(NOT_STORED);
            Files.delete(database);
            Files.move(aside, database);
            ann.say("after");
            String answer = ann.line();
            while (answer.equals(NOT_STORED)) { // the store is tried again once a second
                ann.say("after");
                answer = ann.line();
            }
            assertThat(answer).isEqualTo("ann: after");
        }
    }

    @Test
    void aLogThatAKilledServerLeftIsNotReadIntoAnotherDatabase() throws IOException, InterruptedException {
        try (ServerProcess server = ServerProcess.launch(folder, ANY_PORT);
                Peer ann = Peer.enter("ann", server.awaitReady())) {
            ann.say("before");
            ann.expect("ann: before");
            server.signal("KILL");
            server.exitCode(SECONDS);
        }
        Files.delete(database);
        storesAgain();
        try (var files = Files.list(folder)) {
            assertThat(files.map(each -> each.getFileName().toString()))
                    .anyMatch(name -> name.startsWith("teahouse.db-wal.without-database-"));
        }
    }

    private void storesAgain() throws IOException {
        try (ServerProcess server = ServerProcess.launch(folder, ANY_PORT);
                Peer bob = Peer.connect("bob", server.awaitReady())) {
            bob.say("bob\nagain");
            bob.until("bob: again");
        }
    }

    @Test
    void aTemporaryFolderThatIsNotThereIsOneLine() throws IOException, InterruptedException {
        for (String option : List.of("-Djava.io.tmpdir=gone", "-Dorg.sqlite.tmpdir=gone/deeper")) {
            try (ServerProcess server = ServerProcess.launch(folder, ANY_PORT[0], option)) {
                assertThat(server.exitCode(SECONDS)).as(option).isEqualTo(REFUSED);
                assertThat(server.errors().lines().filter(line -> !line.contains(" INFO ")))
                        .as(option)
                        .singleElement()
                        .asString()
                        .startsWith("teahouse: SQLite's library cannot be ")
                        .contains("gone", "-Dorg.sqlite.tmpdir");
            }
        }
    }

    /** A folder from which no program may be run behaves as one that holds no more than an empty file: nothing is loaded. */
    @Test
    void aLibraryThatCannotBeLoadedIsOneLine() throws IOException, InterruptedException {
        try (ServerProcess server = ServerProcess.launchWithFilesUpTo(64, folder, ANY_PORT)) {
            assertThat(server.exitCode(SECONDS)).isEqualTo(REFUSED);
            assertThat(server.errors().lines().filter(line -> !line.contains(" INFO ")))
                    .singleElement()
                    .asString()
                    .startsWith("teahouse: SQLite's library cannot be loaded from ")
                    .contains("noexec", "-Dorg.sqlite.tmpdir");
        }
    }
}
