package io.teahouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The database that every new store is a copy of. */
class EmptyStoreTest {
    @TempDir
    private Path folder;

    private static List<String> rows(Path file, String question) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            List<String> rows = new ArrayList<>();
            while (row.next()) {
                rows.add(row.getString(1));
            }
            return rows;
        }
    }

    @Test
    void itHasTheTablesThatTheMigrationsCreate() throws IOException, SQLException, StoreException {
        Path copy = folder.resolve("copy.db");
        Path made = folder.resolve("made.db");

        assertThat(EmptyStore.copyTo(copy)).isTrue();
        Schema.migrate("jdbc:sqlite:" + made, SqliteFile.MIGRATIONS, "here");

        for (String question : List.of(
                "select type || ' ' || name || ' ' || coalesce(sql, '') from sqlite_master order by 1",
                "select version || ' ' || script || ' ' || checksum || ' ' || success from flyway_schema_history",
                "select epoch || coalesce(secret, '') from store")) {
            assertThat(rows(copy, question)).isNotEmpty().isEqualTo(rows(made, question));
        }
        assertThat(rows(copy, "pragma journal_mode")).containsExactly("wal");
        assertThat(rows(copy, "pragma quick_check")).containsExactly("ok");
    }

    /** What the build writes instead of times must not keep a later version from migrating the store. */
    @ParameterizedTest
    @ValueSource(strings = {"0", "'1970-01-01 00:00:00.000'"})
    void aStoreThatWasCreatedFromItIsMigratedLater(String when) throws SQLException, StoreException {
        Path path = folder.resolve("tea.db");
        String url = "jdbc:sqlite:" + path;
        Flyway.configure()
                .dataSource(url, null, null)
                .locations("classpath:" + SqliteFile.MIGRATIONS)
                .target("18")
                .load()
                .migrate();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("update flyway_schema_history set installed_on = " + when);
        }
        try (SqliteDatabase database =
                new SqliteDatabase(path, OpenStore.settings(path).backend().timeout())) {
            database.prepare();
        }
        assertThat(rows(path, "select max(cast(version as integer)) from flyway_schema_history"))
                .containsExactly(String.valueOf(Schema.NEWEST));
    }

    @Test
    void leftoversOfAnInterruptedCopyAreOverwritten() throws IOException, SQLException {
        Path path = folder.resolve("tea.db");
        Files.writeString(folder.resolve("tea.db.part"), "half of it");

        assertThat(EmptyStore.copyTo(path)).isTrue();

        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(path);
        }
    }

    @Test
    void anEmptyFileBecomesAStoreAndKeepsItsInode() throws IOException, StoreException {
        Path path = Files.createFile(folder.resolve("tea.db"));
        Object file = Files.getAttribute(path, "unix:ino");

        try (SqliteDatabase database =
                new SqliteDatabase(path, OpenStore.settings(path).backend().timeout())) {
            database.prepare();
        }

        assertThat(Files.getAttribute(path, "unix:ino")).isEqualTo(file);
        assertThat(path).isNotEmptyFile();
    }
}
