package io.teahouse.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * An empty SQLite database with the newest tables. The build creates it by running the migrations, and a new
 * store is a copy of it: running all migrations would take a third of the server's start.
 */
public final class EmptyStore {
    private static final String RESOURCE = "/db/sqlite/empty.db";

    private EmptyStore() {}

    /**
     * Copies the database. When this returns true, the file is complete and on the disk.
     *
     * @return false if the build has created no database; then nothing was done
     */
    static boolean copyTo(Path path) throws IOException {
        try (InputStream empty = EmptyStore.class.getResourceAsStream(RESOURCE)) {
            if (empty == null) {
                return false;
            }
            PrivateFile.<IOException>make(path, part -> {
                try (OutputStream out = PrivateFile.append(part)) {
                    empty.transferTo(out);
                }
            });
            return true;
        }
    }

    /**
     * Creates it; called by the build.
     *
     * @param args the file, which is overwritten
     */
    public static void main(String[] args) throws IOException, SQLException, StoreException {
        Path file = Path.of(args[0]);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.deleteIfExists(file);
        String url = "jdbc:sqlite:" + file;
        Schema.migrate(url, SqliteFile.MIGRATIONS, file.toString());
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            Schema.forgetWhen(statement); // so that two builds create the same file
            statement.execute("pragma journal_mode = wal");
            statement.execute("vacuum");
        }
    }
}
