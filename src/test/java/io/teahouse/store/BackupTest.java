package io.teahouse.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomEvent.Said;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backing up SQLite files and restoring them. */
class BackupTest {
    @TempDir
    private Path folder;

    private StoreSettings settings;
    private Path backup;

    @BeforeEach
    void name() {
        settings = StoreSettings.sqlite(folder.resolve("tea.db"));
        backup = folder.resolve("o'clock.db");
    }

    private static List<String> texts(StoreFixture fixture) {
        return fixture.all(StoreFixture.TEA).stream()
                .map(event -> ((Said) event).text())
                .toList();
    }

    /** The room's identity and the epoch. */
    private static String prefix(String id) {
        return id.substring(0, id.indexOf('-'));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aBackupCanBeMadeWhileTheStoreIsWrittenTo() throws Exception {
        try (StoreFixture fixture = StoreFixture.open(settings)) {
            fixture.say("ann", "one");
            long bytes = new StoreMaintenance(settings).backup(backup);
            fixture.say("ann", "two");
            assertThat(bytes).isEqualTo(Files.size(backup));
        }
        try (StoreFixture copy = StoreFixture.open(StoreSettings.sqlite(backup))) {
            assertThat(texts(copy)).containsExactly("one");
        }
    }

    @Test
    void aBackupOverwritesNothing() throws Exception {
        StoreFixture.open(settings).close();
        Files.writeString(backup, "precious");
        assertThatThrownBy(() -> new StoreMaintenance(settings).backup(backup))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("exists already");
        assertThat(backup).hasContent("precious");
    }

    @Test
    void aFailedBackupLeavesNoFile() throws Exception {
        Files.writeString(settings.backend().path(), "no database, but more than the header of one ".repeat(100));
        List<String> before = names();
        assertThatThrownBy(() -> new StoreMaintenance(settings).backup(backup))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("the backup " + backup + " could not be made: ");
        assertThat(names()).isEqualTo(before);
    }

    @Test
    void aBackupIntoAMissingFolderNamesTheFolder() throws Exception {
        StoreFixture.open(settings).close();
        List<String> before = names();
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> new StoreMaintenance(settings).backup(missing.resolve("backup.db")))
                .isInstanceOf(StoreException.class)
                .hasMessage("the folder " + missing + " does not exist; nothing was written");
        assertThat(names()).isEqualTo(before);
    }

    @Test
    void aMissingStoreIsNotCreated() throws IOException {
        assertThatThrownBy(() -> new StoreMaintenance(settings).backup(backup))
                .hasMessageStartingWith("there is no store ");
        assertThat(names()).isEmpty();
    }

    @Test
    void aRestoredStoreGivesOtherIdsThanTheLostOne() throws Exception {
        String kept;
        String lost;
        try (StoreFixture fixture = StoreFixture.open(settings)) {
            kept = fixture.say("ann", "kept");
            new StoreMaintenance(settings).backup(backup);
            lost = fixture.say("ann", "lost");
        }
        MaintenanceResult.Restored restored = new StoreMaintenance(settings).restore(backup);
        try (StoreFixture fixture = StoreFixture.open(settings)) {
            String fresh = fixture.say("ann", "fresh");
            assertThat(fresh).isNotEqualTo(lost);
            assertThat(texts(fixture)).containsExactly("kept", "fresh");
            assertThat(fixture.all(StoreFixture.TEA)).extracting(Recorded::id).containsExactly(kept, fresh);
            assertThat(fixture.knows(StoreFixture.TEA, kept)).isTrue();
            assertThat(fixture.knows(StoreFixture.TEA, fresh)).isTrue();
            assertThat(fixture.knows(StoreFixture.TEA, lost)).isFalse();
        }
        try (StoreFixture replaced =
                StoreFixture.open(StoreSettings.sqlite(restored.replaced().orElseThrow()))) {
            assertThat(texts(replaced)).containsExactly("kept", "lost");
        }
    }

    @Test
    void restoringTheSameBackupAgainGivesOtherIdsAgain() throws Exception {
        try (StoreFixture fixture = StoreFixture.open(settings)) {
            fixture.say("ann", "kept");
        }
        new StoreMaintenance(settings).backup(backup);
        new StoreMaintenance(settings).restore(backup);
        String first;
        try (StoreFixture fixture = StoreFixture.open(settings)) {
            first = fixture.say("ann", "once");
        }
        new StoreMaintenance(settings).restore(backup);
        try (StoreFixture fixture = StoreFixture.open(settings)) {
            assertThat(fixture.say("ann", "twice")).isNotEqualTo(first);
        }
    }

    @Test
    void aLostFileIsRestoredWithANewEpoch() throws Exception {
        String lost;
        try (StoreFixture fixture = StoreFixture.open(settings)) {
            new StoreMaintenance(settings).backup(backup);
            lost = fixture.say("ann", "lost");
        }
        Files.delete(settings.backend().path());
        MaintenanceResult.Restored restored = new StoreMaintenance(settings).restore(backup);
        assertThat(restored.replaced()).isEmpty();
        try (StoreFixture fixture = StoreFixture.open(settings)) {
            assertThat(prefix(fixture.say("ann", "fresh"))).isNotEqualTo(prefix(lost));
        }
    }

    @Test
    void aStoreInUseIsNotReplaced() throws Exception {
        try (StoreFixture fixture = StoreFixture.open(settings)) {
            fixture.say("ann", "here");
            new StoreMaintenance(settings).backup(backup);
            assertThatThrownBy(() -> new StoreMaintenance(settings).restore(backup))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("is in use by another server")
                    .hasNoCause();
            fixture.say("ann", "still here");
            assertThat(texts(fixture)).containsExactly("here", "still here");
        }
    }

    @Test
    void aDamagedStoreIsReplacedAndKeptWithItsLog() throws Exception {
        try (StoreFixture fixture = StoreFixture.open(settings)) {
            fixture.say("ann", "kept");
            new StoreMaintenance(settings).backup(backup);
        }
        Files.writeString(
                settings.backend().path(), "not a database, and long enough to be taken for a damaged one".repeat(20));
        Path log = folder.resolve("tea.db-wal");
        Files.writeString(log, "not a log");
        Path replaced =
                new StoreMaintenance(settings).restore(backup).replaced().orElseThrow();
        assertThat(replaced).content().startsWith("not a database");
        assertThat(log).doesNotExist();
        try (StoreFixture fixture = StoreFixture.open(settings)) {
            assertThat(texts(fixture)).containsExactly("kept");
        }
    }

    @Test
    void aDamagedBackupIsNotRestored() throws Exception {
        try (StoreFixture fixture = StoreFixture.open(settings)) {
            for (int i = 0; i < 500; i++) {
                fixture.say("ann", "line " + i);
            }
        }
        new StoreMaintenance(settings).backup(backup);
        try (RandomAccessFile file = new RandomAccessFile(backup.toFile(), "rw")) {
            file.seek(file.length() / 2);
            file.write(new byte[8192]);
        }
        assertThatThrownBy(() -> new StoreMaintenance(settings).restore(backup))
                .isInstanceOf(StoreException.class)
                .hasMessageContainingAll("was not restored", "damaged");
        try (StoreFixture fixture = StoreFixture.open(settings)) {
            assertThat(texts(fixture)).hasSize(500);
        }
    }

    @Test
    void anythingButABackupIsNotRestored() throws Exception {
        Files.writeString(backup, "");
        assertThatThrownBy(() -> new StoreMaintenance(settings).restore(backup))
                .hasMessageContaining("is not a backup of a store");
        Files.writeString(backup, "a letter to a friend, which is long enough to have a header".repeat(20));
        assertThatThrownBy(() -> new StoreMaintenance(settings).restore(backup)).hasMessageContaining("not a database");
        assertThatThrownBy(() -> new StoreMaintenance(settings).restore(folder.resolve("missing")))
                .hasMessageStartingWith("there is no file ");
        assertThat(settings.backend().path()).doesNotExist();
    }

    @Test
    void restoringInPlaceRaisesTheEpoch() throws Exception {
        String before;
        try (StoreFixture fixture = StoreFixture.open(settings)) {
            before = fixture.say("ann", "one");
        }
        long epoch = new StoreMaintenance(settings).raiseEpoch();
        try (StoreFixture fixture = StoreFixture.open(settings)) {
            assertThat(prefix(fixture.say("ann", "two")))
                    .isEqualTo(prefix(before) + Long.toString(epoch, Character.MAX_RADIX));
            assertThatThrownBy(() -> new StoreMaintenance(settings).raiseEpoch())
                    .hasMessageContaining("in use by another server");
        }
    }
}
