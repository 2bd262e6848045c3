package io.teahouse.store;

import static io.teahouse.store.TestMessages.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.room.RoomLog.Outcome;
import io.teahouse.room.RoomName;
import io.teahouse.store.FaultyDatabase.Fault;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A SQLite file that cannot be written. */
class SqliteFaultTest {
    @TempDir
    private Path folder;

    private FaultyDatabase.Opened opened;
    private TestMessages tea;

    @BeforeEach
    void open() {
        opened = FaultyDatabase.open(folder.resolve("tea.db"));
        tea = new TestMessages(opened.store());
        assertThat(answer(tea.append(1, "before"))).isEqualTo(Outcome.STORED);
    }

    @AfterEach
    void close() {
        opened.close();
    }

    @Test
    void settleFindsACommitWhoseAnswerWasLost() {
        opened.database().have(Fault.LOST_ANSWER);
        assertThat(tea.append(2, "stored")).failsWithin(Duration.ofSeconds(30));
        assertThat(tea.tail(2)).containsExactly("stored");
        assertThat(answer(tea.append(2, "again"))).isEqualTo(Outcome.FENCED);
        assertThat(answer(tea.append(3, "after"))).isEqualTo(Outcome.STORED);
        assertThat(tea.texts()).containsExactly("before", "stored", "after");
    }

    @Test
    void aFullDiskRefusesWritesAndCanStillBeRead() throws SQLException {
        opened.database().have(Fault.DISK_FULL);
        assertThat(answer(tea.append(2, "x".repeat(100_000)))).isEqualTo(Outcome.NOT_STORED);
        assertThat(tea.texts()).containsExactly("before");
        assertThat(tea.tail(1)).containsExactly("before");
        assertThat(opened.store().accounts().secret()).as("a small thing").isNotNull();
        opened.database().have(Fault.NONE);
        assertThat(answer(tea.append(2, "after"))).isEqualTo(Outcome.STORED);
        assertThat(tea.texts()).containsExactly("before", "after");
        assertThat(FaultyDatabase.count(folder.resolve("tea.db"), "messages")).isEqualTo(2);
    }

    @Test
    void aFileThatBecomesReadOnlyRefusesWrites() {
        opened.database().have(Fault.READ_ONLY);
        assertThat(answer(tea.append(2, "x"))).isEqualTo(Outcome.NOT_STORED);
        assertThat(tea.texts()).containsExactly("before");
        opened.database().have(Fault.NONE);
        assertThat(answer(tea.append(2, "after"))).isEqualTo(Outcome.STORED);
    }

    @Test
    void anUnavailableDatabaseRefusesWritesUntilItIsBack() {
        opened.database().have(Fault.AWAY);
        assertThat(answer(tea.append(2, "x"))).isEqualTo(Outcome.NOT_STORED);
        assertThat(tea.log().settle(2)).failsWithin(Duration.ofSeconds(30));
        opened.database().have(Fault.NONE);
        Outcome outcome = Outcome.NOT_STORED;
        long end = System.nanoTime() + 30_000_000_000L;
        while (outcome == Outcome.NOT_STORED && System.nanoTime() < end) {
            outcome = answer(tea.append(2, "after"));
        }
        assertThat(outcome).isEqualTo(Outcome.STORED);
        assertThat(tea.texts()).containsExactly("before", "after");
    }

    /** Two appends share a transaction: the one that does not fit is refused, the other one is stored if it fits. */
    @Test
    void onAFullDiskEachWriteGetsItsOwnOutcome() {
        TestMessages other = new TestMessages(opened.store(), RoomName.of("other"));
        opened.database().have(Fault.DISK_FULL);
        var large = tea.append(2, "x".repeat(1_000_000));
        var small = other.append(1, "y");
        assertThat(answer(large)).isEqualTo(Outcome.NOT_STORED);
        Outcome outcome = answer(small);
        assertThat(other.tail(1)).hasSize(outcome == Outcome.STORED ? 1 : 0);
    }
}
