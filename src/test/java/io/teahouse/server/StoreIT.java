package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server as a process, with the file that it keeps things in by default. */
class StoreIT {
    private static final String ANY_PORT = "-Dteahouse.plain.port=0";
    private static final int SECONDS = 60;

    @TempDir
    private Path folder;

    private void isRefused(String... parts) throws IOException, InterruptedException {
        try (ServerProcess server = ServerProcess.launch(folder, ANY_PORT)) {
            assertThat(server.exitCode(SECONDS)).isEqualTo(2);
            assertThat(server.restOfOutput()).isEmpty();
            assertThat(server.errors().lines().filter(line -> line.startsWith("teahouse: ")))
                    .singleElement()
                    .asString()
                    .startsWith("teahouse: the store teahouse.db (teahouse.store.path) ")
                    .contains(parts);
        }
    }

    @Test
    void theFileBelongsToOneServer() throws IOException, InterruptedException {
        try (ServerProcess server = ServerProcess.launch(folder, ANY_PORT)) {
            server.awaitReady();
            isRefused("in use by another server");
        }
        try (ServerProcess server = ServerProcess.launch(folder, ANY_PORT)) {
            server.awaitReady(); // whoever was killed holds nothing
        }
    }

    @Test
    void aFileThatIsNoDatabaseIsRefused() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("teahouse.db"), "no database");
        isRefused("not a database");
    }

    @Test
    void withoutRoomOnTheDiskTheChatLivesAndNothingIsLost() throws IOException {
        List<String> receipts = new ArrayList<>();
        try (ServerProcess server =
                        ServerProcess.launchWithFilesUpTo(3000, folder, ANY_PORT, "-Dteahouse.flood.enabled=off");
                Peer ann = Peer.enter("ann", server.awaitReady())) {
            String answer = "";
            for (int i = 0; !answer.startsWith("! "); i++) {
                String line = i + " " + "x".repeat(500);
                ann.say(line);
                answer = ann.line();
                if (answer.equals("ann: " + line)) {
                    receipts.add(answer);
                }
            }
            assertThat(receipts).hasSizeGreaterThan(10);
            ann.say("/who");
            ann.until("in lobby");
        }
        try (ServerProcess server = ServerProcess.launch(folder, ANY_PORT);
                Peer bob = Peer.enter("bob", server.awaitReady())) {
            bob.say("/history " + (receipts.size() + 1));
            bob.until(receipts.get(0)); // he was shown the last ones already
            for (String receipt : receipts.subList(1, receipts.size())) {
                assertThat(bob.line()).endsWith(receipt);
            }
            bob.say("more");
            bob.expect("bob: more");
        }
    }

    /** They would take a third of the start. */
    @Test
    void aNewStoreIsMadeWithoutMigrations() throws IOException {
        Path classes = folder.resolve("classes.log");
        try (ServerProcess server = ServerProcess.launch(folder, ANY_PORT, "-Xlog:class+load:file=" + classes)) {
            server.awaitReady();
        }
        List<String> loaded = Files.readAllLines(classes);
        assertThat(loaded).anyMatch(line -> line.contains(" org.sqlite."));
        assertThat(loaded).noneMatch(line -> line.contains(" org.flywaydb.core.internal."));
    }

    /** The driver would leave a library of a megabyte. */
    @Test
    void aServerThatIsKilledLeavesNothingElsewhere() throws IOException, InterruptedException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        try (ServerProcess server = ServerProcess.launch(folder, ANY_PORT, "-Djava.io.tmpdir=" + elsewhere);
                Peer ann = Peer.enter("ann", server.awaitReady())) {
            ann.say("tea?");
            ann.expect("ann: tea?");
            server.signal("KILL");
            server.exitCode(SECONDS);
        }
        assertThat(elsewhere).isEmptyDirectory();
    }

    private void olderFile(int version) throws SQLException {
        String url = "jdbc:sqlite:" + folder.resolve("teahouse.db");
        Flyway.configure()
                .dataSource(url, null, null)
                .locations("classpath:db/sqlite")
                .target(Integer.toString(version))
                .load()
                .migrate();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "insert into rooms (key, name, identity, created) values ('lobby', 'lobby', 'abcdefghij', 0)");
            statement.execute(
                    "insert into messages (room, seq, epoch, at, kind, audience, nick, nick_key, username, host,"
                            + " real_name, account, away, bot, client_id, tags, text, target, target_seq)"
                            + " values (1, 1, 0, 0, 0, 0, 'ann', 'ann', 'a', 'h', '', '', '', 0, '', '', 'green tea', '', 0)");
        }
    }

    /** The oldest, and one that has an index for search already. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aFileOfAnOlderServerIsBroughtUpToDateAndACopyIsLeft(int version) throws IOException, SQLException {
        olderFile(version);
        for (int start = 1; start <= 2; start++) {
            try (ServerProcess server = ServerProcess.launch(folder, ANY_PORT);
                    Peer bob = Peer.enter("bob", server.awaitReady())) {
                bob.say("/search ea");
                bob.until("ann: green tea");
                bob.say("start " + start);
                bob.until("bob: start " + start);
            }
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .filteredOn(name -> name.contains("before"))
                    .singleElement()
                    .asString()
                    .startsWith("teahouse.db.before-version-");
        }
    }

    private static Peer irc(String name, int port) {
        Peer peer = Peer.connect(name, port);
        peer.say("CAP REQ :message-tags echo-message batch draft/chathistory soju.im/search\r\nNICK " + name
                + "\r\nUSER " + name + " 0 * :x\r\nCAP END\r\nJOIN #tea\r");
        peer.until(" 366 ");
        return peer;
    }

    @Test
    void whoComesFirstAfterAKillReadsWhatWasOpenAndNothingElse() throws IOException, InterruptedException {
        try (ServerProcess server = ServerProcess.launch(folder, ANY_PORT);
                Peer ann = irc("ann", server.awaitReady("irc"))) {
            ann.say("PRIVMSG #tea :open\r\nMODE #tea +k sesame\r\nPRIVMSG #tea :secret\r");
            ann.until(" PRIVMSG #tea :secret");
            server.signal("KILL");
        }
        try (ServerProcess server = ServerProcess.launch(folder, ANY_PORT);
                Peer eve = irc("eve", server.awaitReady("irc"))) {
            eve.say("CHATHISTORY LATEST #tea * 10\r");
            eve.until("BATCH +");
            eve.until(" NOTICE #tea :");
            eve.until(" PRIVMSG #tea :open");
            assertThat(eve.line()).contains("BATCH -");
            eve.say("SEARCH text=secret\r");
            eve.until("BATCH +");
            assertThat(eve.line()).contains("BATCH -");
        }
    }
}
