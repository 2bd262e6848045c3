package io.teahouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteRenamedAccountTest extends RenamedAccountContract {
    @TempDir
    private Path folder;

    @Override
    StoreSettings create() {
        return StoreSettings.sqlite(folder.resolve("tea.db"));
    }

    private Path file() {
        return folder.resolve("tea.db");
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    /** As if the server had been stopped before it moved what ann has said. */
    private void renameUnfinished() throws Exception {
        try (StoreFixture fixture = StoreFixture.open(create())) {
            fixture.say(StoreFixture.TEA, "ann", "Ann", "one", StoreFixture.NOON);
        }
        rename();
        execute(
                "update messages set account = 'Ann'",
                "update former_names set name = 'Ann', reserved = 0, until = " + Long.MAX_VALUE);
    }

    @Test
    void itsMessagesAlsoWhenTheStoreIsAwayAtTheStart() throws Exception {
        renameUnfinished();
        try (FaultyDatabase.Opened opened = FaultyDatabase.openWith(file(), FaultyDatabase.Fault.AWAY)) {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
            while (!opened.store().totals().orElseThrow().isAway() && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            opened.database().have(FaultyDatabase.Fault.NONE);
            String moved = "select count(*) from messages where account = 'Eva'";
            while (FaultyDatabase.number(file(), moved) == 0) {
                assertThat(System.nanoTime()).isLessThan(end);
            }
        }
    }

    @Test
    void nothingOfItsFormerNameIsLeftWhenItIsErased() throws Exception {
        renameUnfinished();
        MaintenanceResult.Erased erased = new StoreMaintenance(create()).erase("eva", String::equalsIgnoreCase);
        assertThat(erased.keys()).containsExactly("eva", "ann");
        assertThat(erased.messages()).isEqualTo(1);
        assertThat(FaultyDatabase.number(file(), "select count(*) from messages where account <> ''"))
                .isZero();
    }
}
