package io.teahouse.store;

import static io.teahouse.store.TestMessages.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.teahouse.room.Nick;
import io.teahouse.room.RoomLog.Outcome;
import io.teahouse.room.RoomName;
import io.teahouse.user.AlwaysOnUsers;
import io.teahouse.user.CaseMapping;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opening files that are older, newer, damaged, in use or missing. */
class StoreOpeningTest {
    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("tea.db");
    }

    private Store open() throws StoreException {
        return Stores.open(StoreSettings.sqlite(file()));
    }

    private void refuses(Path path, String... parts) {
        assertThatThrownBy(() -> Stores.open(StoreSettings.sqlite(path)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(path.toString())
                .hasMessageContaining("teahouse.store.path")
                .message()
                .contains(parts)
                .doesNotContain("\n");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void storedDataIsThereAfterARestart() throws StoreException {
        try (Store store = open()) {
            assertThat(answer(new TestMessages(store).append(1, "hi"))).isEqualTo(Outcome.STORED);
        }
        try (Store store = open()) {
            TestMessages tea = new TestMessages(store);
            assertThat(tea.opened().lastSeq()).isEqualTo(1);
            assertThat(tea.texts()).containsExactly("hi");
        }
    }

    @Test
    void anOlderFileIsMigratedAfterABackup() throws StoreException, SQLException {
        Flyway.configure()
                .dataSource("jdbc:sqlite:" + file(), null, null)
                .locations("classpath:db/sqlite")
                .target("1")
                .load()
                .migrate();
        execute("insert into rooms (key, name, identity, created) values ('tea', 'Tea', 'abcdefghij', 0)");
        execute(
                "insert into messages values (1, 1, 0, 0, 0, 0, 'ann', 'ann', 'a', 'h', '', '', '', 0, '', '', 'old', '', 0)");
        try (Store store = open()) {
            assertThat(new TestMessages(store).texts()).containsExactly("old");
            assertThat(answer(store.accounts().find("ann"))).isEmpty();
        }
        Path copy = folder.resolve("tea.db.before-version-" + Schema.NEWEST);
        assertThat(FaultyDatabase.count(copy, "messages")).isEqualTo(1);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy)) {
            assertThat(Schema.version(connection)).isEqualTo(1);
        }
    }

    /**
     * Nobody loses an account or a room: names that collide under the new rule stay, but no further ones are
     * accepted.
     */
    @Test
    void namesOfAnOlderFileAreFoldedAndComparedByTheNewRule() throws StoreException, SQLException {
        Flyway.configure()
                .dataSource("jdbc:sqlite:" + file(), null, null)
                .locations("classpath:db/sqlite")
                .target("7")
                .load()
                .migrate();
        String credentials =
                "SCRAM-SHA-256$4096:c2FsdA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
        for (String name : List.of("bob", "b\u043eb")) {
            execute("insert into accounts values ('" + name + "', '" + name + "', 0, '', '" + credentials + "')");
        }
        execute(
                "insert into rooms (key, name, identity, created) values ('stra\u00dfe', 'Stra\u00dfe', 'abcdefghij', 0)");
        execute(
                "insert into rooms (key, name, identity, created, founder) values ('lobby', 'Lobby', 'bbcdefghij', 0, 'ann')");
        try (Store store = Stores.open(withNames(file()))) {
            assertThat(answer(store.accounts().find("bob"))).isPresent();
            assertThat(answer(store.accounts().find("b\u043eb"))).isPresent();
            assertThat(answer(store.accounts().findLookAlike(new Nick("\u0412OB", "\u0432ob"))))
                    .isPresent();
            RoomName fake = CaseMapping.ASCII.room("l\u043ebby");
            assertThat(answer(store.logs().of(fake).open(1)).lookAlike()).contains(CaseMapping.ASCII.room("Lobby"));
            assertThat(answer(store.logs().of(CaseMapping.ASCII.room("Lobby")).open(1))
                            .lookAlike())
                    .isEmpty();
            assertThat(answer(store.logs().rename(CaseMapping.ASCII.room("STRASSE"), fake)))
                    .isEqualTo(Outcome.NOT_STORED);
        }
        assertThat(FaultyDatabase.count(file(), "rooms where key = 'strasse'")).isEqualTo(1);
    }

    @Test
    void alwaysOnUsersFollowTheRefoldedNamesOfTheirRooms() throws StoreException, SQLException {
        open().close();
        execute("insert into accounts (key, name, registered, email, credentials) values ('ann', 'ann', 0, '', '')");
        execute("insert into always_on_users values ('ann', 'Ma\u00df', 'ma\u00df', 'a', '', '', 0)");
        execute(
                "insert into rooms (key, name, identity, created) values ('stra\u00dfe', 'Stra\u00dfe', 'abcdefghij', 0)");
        for (String room : List.of("stra\u00dfe", "gru\u00df", "tea")) {
            execute("insert into always_on_rooms values ('ann', '" + room + "', '" + room + "', '@', 7)");
        }
        execute("update store set names = 'older'");
        try (Store store = Stores.open(withNames(file()))) {
            AlwaysOnUsers.Stored ann = answer(store.alwaysOn().all(9)).get(0);
            assertThat(ann.nick()).isEqualTo(new Nick("Ma\u00df", "mass"));
            assertThat(ann.memberships())
                    .as("a room that is not stored may be another one now")
                    .extracting(each -> each.room().key())
                    .containsExactlyInAnyOrder("strasse", "tea");
        }
    }

    private static StoreSettings withNames(Path path) {
        StoreSettings plain = StoreSettings.sqlite(path);
        return plain.withRooms(plain.rooms().withNames(CaseMapping.ASCII));
    }

    @Test
    void aNewFileHasTheNewestVersionAndNoBackup() throws StoreException, SQLException, IOException {
        open().close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file())) {
            assertThat(Schema.version(connection)).isEqualTo(Schema.NEWEST);
        }
        try (var files = Files.list(folder)) {
            assertThat(files).noneMatch(each -> each.toString().contains("before"));
        }
    }

    @Test
    void theNewestVersionIsThatOfTheLastMigration() throws IOException {
        for (String kind : new String[] {"sqlite", "postgresql"}) {
            try (var files = Files.list(Path.of("src/main/resources/db", kind))) {
                assertThat(files.mapToInt(each ->
                                Integer.parseInt(each.getFileName().toString().replaceAll("V([0-9]+)__.*", "$1"))))
                        .hasSize(Schema.NEWEST)
                        .contains(Schema.NEWEST);
            }
        }
    }

    @Test
    void aFileOfANewerServerIsRefusedAndUnchanged() throws StoreException, SQLException {
        open().close();
        execute("update flyway_schema_history set version = '99' where version = '" + Schema.NEWEST + "'");
        refuses(file(), "newer server", "99");
    }

    @Test
    void aFileBelongsToOneServerAtATime() throws StoreException {
        try (Store store = open()) {
            assertThat(store.logs()).isNotNull();
            refuses(file(), "in use by another server");
        }
        open().close();
    }

    @Test
    void anythingButADatabaseIsRefusedAndUnchanged() throws IOException {
        Files.writeString(file(), "This is a text of some length, and nothing else. ".repeat(100));
        refuses(file(), "not a database");
        assertThat(file()).content().startsWith("This is a text");
    }

    @Test
    void aDamagedFileIsRefused() throws StoreException, IOException {
        open().close();
        try (RandomAccessFile damaged = new RandomAccessFile(file().toFile(), "rw")) {
            damaged.seek(100);
            damaged.write(new byte[(int) damaged.length() - 100]);
        }
        refuses(file(), "damaged");
    }

    @Test
    void aTruncatedFileIsRefused() throws StoreException, IOException {
        try (Store store = open()) {
            answer(new TestMessages(store).append(1, "x".repeat(100_000)));
        }
        try (RandomAccessFile cut = new RandomAccessFile(file().toFile(), "rw")) {
            cut.setLength(cut.length() / 2);
        }
        refuses(file(), "damaged");
    }

    @Test
    void aMissingOrReadOnlyFolderIsRefused() throws IOException {
        refuses(folder.resolve("nowhere").resolve("tea.db"), "no such folder");
        refuses(Path.of("/proc/tea.db"), "cannot be written");
        Files.createDirectory(folder.resolve("folder.db"));
        refuses(folder.resolve("folder.db"), "is a folder");
    }

    /** Nothing may depend on the wall clock. */
    @Test
    void aClockThatIsSetBackHidesNoRepeat() throws StoreException {
        Instant future = Instant.now().plus(Duration.ofDays(1));
        try (Store store = open()) {
            TestMessages tea = new TestMessages(store);
            answer(tea.log().append(List.of(tea.said(1, "from tomorrow", future))));
            answer(tea.log().append(List.of(tea.said(2, "too", future))));
        }
        try (Store store = open()) {
            assertThat(new TestMessages(store).opened().recent()).hasSize(2);
        }
    }
}
