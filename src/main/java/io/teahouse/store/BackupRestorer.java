package io.teahouse.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Replaces the file of a store that no server has open by a backup. At every moment one of the two is in place. */
final class BackupRestorer {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path store;
    private final Path backup;

    BackupRestorer(Path store, Path backup) {
        this.store = store;
        this.backup = backup;
    }

    MaintenanceResult.Restored run() throws SQLException, IOException {
        boolean replaces = Files.exists(store);
        long epoch = StoreEpoch.after(Math.max(SqliteFile.epoch(backup), replaces ? epochOfReplaced() : 0));
        Path fresh = store.resolveSibling(store.getFileName() + ".restoring");
        Files.deleteIfExists(fresh);
        SqliteFile.copy(backup, fresh);
        SqliteFile.setEpoch(fresh, epoch);
        Optional<Path> kept = replaces ? Optional.of(keepReplaced()) : Optional.empty();
        Files.move(fresh, store, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        PrivateFile.forceFolder(store);
        return new MaintenanceResult.Restored(kept, epoch);
    }

    /** Also accepts a damaged file. */
    private long epochOfReplaced() {
        try {
            SqliteFile.foldIn(store);
            return SqliteFile.epoch(store);
        } catch (SQLException e) {
            return 0;
        }
    }

    /**
     * Keeps the replaced file under a second name. Moves its write-ahead log, if it could not be checkpointed: SQLite
     * would apply it to the new file.
     */
    private Path keepReplaced() throws IOException {
        Path to = unused(store.getFileName() + ".replaced-" + STAMP.format(Instant.now()));
        for (String end : new String[] {"-wal", "-shm"}) {
            Path beside = store.resolveSibling(store.getFileName() + end);
            if (Files.exists(beside)) {
                Files.move(beside, to.resolveSibling(to.getFileName() + end));
            }
        }
        try {
            Files.createLink(to, store);
        } catch (UnsupportedOperationException | IOException e) {
            PrivateFile.<IOException>make(
                    to,
                    part -> { // a file system without links
                        try (OutputStream out = PrivateFile.append(part)) {
                            Files.copy(store, out);
                        }
                    });
        }
        for (String end : new String[] {"", "-wal", "-shm"}) {
            Path kept = to.resolveSibling(to.getFileName() + end);
            if (Files.exists(kept)) {
                PrivateFile.close(kept);
            }
        }
        return to;
    }

    private Path unused(String name) {
        Path path = store.resolveSibling(name);
        for (int i = 2; Files.exists(path); i++) {
            path = store.resolveSibling(name + '-' + i);
        }
        return path;
    }
}
