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

/** Backups of files, and their return. */
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

    private static List<String> texts(Scribe scribe) {
        return scribe.all(Scribe.TEA).stream()
                .map(event -> ((Said) event).text())
                .toList();
    }

    /** The room's identity, and the epoch. */
    private static String prefix(String id) {
        return id.substring(0, id.indexOf('-'));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aBackupIsMadeOfAStoreThatIsWrittenTo() throws Exception {
        try (Scribe scribe = Scribe.open(settings)) {
            scribe.say("ann", "one");
            long bytes = new Upkeep(settings).backup(backup);
            scribe.say("ann", "two");
            assertThat(bytes).isEqualTo(Files.size(backup));
        }
        try (Scribe copy = Scribe.open(StoreSettings.sqlite(backup))) {
            assertThat(texts(copy)).containsExactly("one");
        }
    }

    @Test
    void nothingIsOverwrittenByABackup() throws Exception {
        Scribe.open(settings).close();
        Files.writeString(backup, "precious");
        assertThatThrownBy(() -> new Upkeep(settings).backup(backup))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is there already");
        assertThat(backup).hasContent("precious");
    }

    @Test
    void aBackupThatFailsLeavesNothing() throws Exception {
        Scribe.open(settings).close();
        List<String> before = names();
        Path nowhere = folder.resolve("missing").resolve("backup.db");
        assertThatThrownBy(() -> new Upkeep(settings).backup(nowhere))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("no backup in " + nowhere);
        assertThat(names()).isEqualTo(before);
    }

    @Test
    void aStoreThatIsNotThereIsNotMade() throws IOException {
        assertThatThrownBy(() -> new Upkeep(settings).backup(backup)).hasMessageStartingWith("there is no store ");
        assertThat(names()).isEmpty();
    }

    @Test
    void aRestoredStoreGivesOtherIdsThanTheOneThatIsLost() throws Exception {
        String kept;
        String lost;
        try (Scribe scribe = Scribe.open(settings)) {
            kept = scribe.say("ann", "kept");
            new Upkeep(settings).backup(backup);
            lost = scribe.say("ann", "lost");
        }
        Upkeep.Restored restored = new Upkeep(settings).restore(backup);
        try (Scribe scribe = Scribe.open(settings)) {
            String fresh = scribe.say("ann", "fresh");
            assertThat(fresh).isNotEqualTo(lost);
            assertThat(texts(scribe)).containsExactly("kept", "fresh");
            assertThat(scribe.all(Scribe.TEA)).extracting(Recorded::id).containsExactly(kept, fresh);
            assertThat(scribe.knows(Scribe.TEA, kept)).isTrue();
            assertThat(scribe.knows(Scribe.TEA, fresh)).isTrue();
            assertThat(scribe.knows(Scribe.TEA, lost)).isFalse();
        }
        try (Scribe replaced =
                Scribe.open(StoreSettings.sqlite(restored.replaced().orElseThrow()))) {
            assertThat(texts(replaced)).containsExactly("kept", "lost");
        }
    }

    @Test
    void theSameBackupRestoredAgainGivesOtherIdsAgain() throws Exception {
        try (Scribe scribe = Scribe.open(settings)) {
            scribe.say("ann", "kept");
        }
        new Upkeep(settings).backup(backup);
        new Upkeep(settings).restore(backup);
        String first;
        try (Scribe scribe = Scribe.open(settings)) {
            first = scribe.say("ann", "once");
        }
        new Upkeep(settings).restore(backup);
        try (Scribe scribe = Scribe.open(settings)) {
            assertThat(scribe.say("ann", "twice")).isNotEqualTo(first);
        }
    }

    @Test
    void aFileThatIsLostIsRestoredWithAnEpochOfItsOwnToo() throws Exception {
        String lost;
        try (Scribe scribe = Scribe.open(settings)) {
            new Upkeep(settings).backup(backup);
            lost = scribe.say("ann", "lost");
        }
        Files.delete(settings.path());
        Upkeep.Restored restored = new Upkeep(settings).restore(backup);
        assertThat(restored.replaced()).isEmpty();
        try (Scribe scribe = Scribe.open(settings)) {
            assertThat(prefix(scribe.say("ann", "fresh"))).isNotEqualTo(prefix(lost));
        }
    }

    @Test
    void aStoreThatIsInUseIsNotReplaced() throws Exception {
        try (Scribe scribe = Scribe.open(settings)) {
            scribe.say("ann", "here");
            new Upkeep(settings).backup(backup);
            assertThatThrownBy(() -> new Upkeep(settings).restore(backup))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("is in use by another server")
                    .hasNoCause();
            scribe.say("ann", "still here");
            assertThat(texts(scribe)).containsExactly("here", "still here");
        }
    }

    @Test
    void aDamagedStoreIsReplacedAndKeptWithItsLog() throws Exception {
        try (Scribe scribe = Scribe.open(settings)) {
            scribe.say("ann", "kept");
            new Upkeep(settings).backup(backup);
        }
        Files.writeString(settings.path(), "not a database, and long enough to be taken for a damaged one".repeat(20));
        Path log = folder.resolve("tea.db-wal");
        Files.writeString(log, "not a log");
        Path replaced = new Upkeep(settings).restore(backup).replaced().orElseThrow();
        assertThat(replaced).content().startsWith("not a database");
        assertThat(log).doesNotExist();
        try (Scribe scribe = Scribe.open(settings)) {
            assertThat(texts(scribe)).containsExactly("kept");
        }
    }

    @Test
    void aBackupThatIsDamagedIsNotRestored() throws Exception {
        try (Scribe scribe = Scribe.open(settings)) {
            for (int i = 0; i < 500; i++) {
                scribe.say("ann", "line " + i);
            }
        }
        new Upkeep(settings).backup(backup);
        try (RandomAccessFile file = new RandomAccessFile(backup.toFile(), "rw")) {
            file.seek(file.length() / 2);
            file.write(new byte[8192]);
        }
        assertThatThrownBy(() -> new Upkeep(settings).restore(backup))
                .isInstanceOf(StoreException.class)
                .hasMessageContainingAll("was not restored", "damaged");
        try (Scribe scribe = Scribe.open(settings)) {
            assertThat(texts(scribe)).hasSize(500);
        }
    }

    @Test
    void whatIsNoBackupIsNotRestored() throws Exception {
        Files.writeString(backup, "");
        assertThatThrownBy(() -> new Upkeep(settings).restore(backup)).hasMessageContaining("is no backup of a store");
        Files.writeString(backup, "a letter to a friend, which is long enough to have a header".repeat(20));
        assertThatThrownBy(() -> new Upkeep(settings).restore(backup)).hasMessageContaining("not a database");
        assertThatThrownBy(() -> new Upkeep(settings).restore(folder.resolve("missing")))
                .hasMessageStartingWith("there is no file ");
        assertThat(settings.path()).doesNotExist();
    }

    @Test
    void aStoreThatWasPutBackByOtherMeansGetsAnotherEpochInPlace() throws Exception {
        String before;
        try (Scribe scribe = Scribe.open(settings)) {
            before = scribe.say("ann", "one");
        }
        long epoch = new Upkeep(settings).raiseEpoch();
        try (Scribe scribe = Scribe.open(settings)) {
            assertThat(prefix(scribe.say("ann", "two")))
                    .isEqualTo(prefix(before) + Long.toString(epoch, Character.MAX_RADIX));
            assertThatThrownBy(() -> new Upkeep(settings).raiseEpoch())
                    .hasMessageContaining("in use by another server");
        }
    }
}
