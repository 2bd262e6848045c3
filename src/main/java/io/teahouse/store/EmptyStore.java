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
 * A file of SQLite with the newest tables and nothing in them. The build makes it by the migrations, and a new store is a
 * copy of it: to run them all takes a third of a server's start.
 */
public final class EmptyStore {
    private static final String RESOURCE = "/db/sqlite/empty.db";

    private EmptyStore() {}

    /**
     * The file is there, whole and on the disk, when this returns true.
     *
     * @return false: the build made none, and nothing was done
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
     * Makes it; the build calls this.
     *
     * @param args the file, which is made anew
     */
    public static void main(String[] args) throws IOException, SQLException, StoreException {
        Path file = Path.of(args[0]);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.deleteIfExists(file);
        String url = "jdbc:sqlite:" + file;
        Schema.migrate(url, SqliteDatabase.MIGRATIONS, file.toString());
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            Schema.forgetWhen(statement); // so that two builds make the same
            statement.execute("pragma journal_mode = wal");
            statement.execute("vacuum");
        }
    }
}
