package io.teahouse.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.account.Account;
import io.teahouse.account.AccountStore;
import io.teahouse.account.Credentials;
import io.teahouse.room.Nick;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may read the files of a store, and what is left in them after something was deleted. */
class DeletedDataTest {
    private static final String SECRET = "xyzzy-the-secret-word-of-ann-plugh";

    @TempDir
    private Path folder;

    private StoreSettings settings() {
        return StoreSettings.sqlite(folder.resolve("tea.db"));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private boolean isAnywhere(String text) throws IOException {
        for (Path file : files()) {
            if (new String(Files.readAllBytes(file), ISO_8859_1).contains(text)) {
                return true;
            }
        }
        return false;
    }

    private void execute(String sql) throws SQLException, StoreException {
        try (Database database = Stores.database(settings());
                Connection connection = database.openWriter();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            connection.commit();
        }
    }

    @Test
    void onlyTheOwnerMayReadTheFiles() throws Exception {
        try (StoreFixture fixture = StoreFixture.open(settings())) {
            fixture.say("ann", SECRET);
            new StoreMaintenance(settings()).backup(folder.resolve("backup.db"));
            assertThat(files())
                    .hasSizeGreaterThanOrEqualTo(5)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .as("%s", file)
                            .isEqualTo("rw-------"));
        }
        new StoreMaintenance(settings()).restore(folder.resolve("backup.db"));
        assertThat(files())
                .hasSizeGreaterThanOrEqualTo(3)
                .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as("%s", file)
                        .isEqualTo("rw-------"));
    }

    @Test
    void redactedTextSoonLeavesAllFiles() throws Exception {
        try (StoreFixture fixture = StoreFixture.open(settings())) {
            String id = fixture.say("ann", SECRET);
            fixture.say("bob", "hi");
            assertThat(isAnywhere(SECRET)).isTrue();
            fixture.redact(id, 1);
            awaitGone(SECRET);
        }
    }

    private void awaitGone(String text) throws IOException {
        long end = System.nanoTime() + Duration.ofSeconds(40).toNanos();
        while (isAnywhere(text) && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(isAnywhere(text)).isFalse();
    }

    @Test
    void replacedPasswordsAndDeletedAccountsSoonLeaveAllFiles() throws Exception {
        try (StoreFixture fixture = StoreFixture.open(settings())) {
            AccountStore accounts = fixture.store().accounts();
            Credentials old = new Credentials.Scram("c2FsdA==", 4096, "b2xkb2xkb2xk", "b2xk");
            Credentials now = new Credentials.Scram("c2FsdA==", 4096, "bm93bm93bm93", "bm93");
            Credentials code = new Credentials.Scram("c2FsdA==", 4096, "Y29kZWNvZGU=", "Y29kZQ==");
            StoreFixture.answer(
                    accounts.create(new Account(Nick.of("Ann"), StoreFixture.NOON, "ann@plugh.example", old)));
            assertThat(isAnywhere("b2xkb2xkb2xk")).isTrue();
            StoreFixture.answer(accounts.replaceCredentials("ann", old, now));
            awaitGone("b2xkb2xkb2xk");
            new StoreMaintenance(settings()).resetPassword("ann", code, StoreFixture.NOON); // while the server runs
            awaitGone("bm93bm93bm93");
            assertThat(isAnywhere("ann@plugh.example")).isTrue();
            StoreFixture.answer(accounts.delete("ann"));
            awaitGone("ann@plugh.example");
        }
    }

    @Test
    void leftoversBesideTheStoreAreListed() throws Exception {
        try (StoreFixture fixture = StoreFixture.open(settings())) {
            fixture.say(StoreFixture.TEA, "Ann", "Ann", SECRET, StoreFixture.NOON);
        }
        List<String> left = List.of(
                "tea.db-wal.without-database-1", "tea.db.before-version-9", "tea.db.replaced-1", "tea.db.restoring");
        for (String name : left) {
            Files.writeString(folder.resolve(name), SECRET);
        }
        Files.writeString(folder.resolve("tea.dbx"), "another one's");
        assertThat(new StoreMaintenance(settings())
                        .erase("ann", String::equalsIgnoreCase)
                        .copies())
                .extracting(file -> file.getFileName().toString())
                .containsExactlyElementsOf(left);
    }

    @Test
    void anInterruptedEraseIsFinishedByTheNextOne() throws Exception {
        try (StoreFixture fixture = StoreFixture.open(settings())) {
            fixture.say(StoreFixture.TEA, "Ann", "Ann", SECRET, StoreFixture.NOON);
        }
        execute("update store set erasing = 1"); // what an erase that was killed had stored
        execute("delete from messages");
        MaintenanceResult.Erased erased = new StoreMaintenance(settings()).erase("ann", String::equalsIgnoreCase);
        assertThat(erased.resumed()).isTrue();
        assertThat(erased.isNothing()).isFalse();
        assertThat(isAnywhere(SECRET)).isFalse();
        assertThat(new StoreMaintenance(settings())
                        .erase("ann", String::equalsIgnoreCase)
                        .isNothing())
                .isTrue();
    }

    @Test
    void migrationBackupsAreNotOverwrittenAndAreLimited() throws Exception {
        Path store = folder.resolve("tea.db");
        for (int i = 1; i <= 6; i++) {
            Path copy = new MigrationBackups(store, 9).next();
            Files.writeString(copy, "copy " + i);
            new MigrationBackups(store, 9).deleteSuperfluous();
        }
        assertThat(files()).hasSize(3);
        assertThat(folder.resolve("tea.db.before-version-9")).hasContent("copy 1");
        assertThat(folder.resolve("tea.db.before-version-9-6")).hasContent("copy 6");
    }
}
