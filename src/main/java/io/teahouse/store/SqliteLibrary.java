package io.teahouse.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * The driver unpacks a library of a megabyte whenever a process starts, and takes it away at an orderly end only: a server
 * that is killed again and again would fill the disk (xerial/sqlite-jdbc, issues 603 and 1140). Once it is loaded, nobody
 * needs the file.
 */
final class SqliteLibrary {
    /** Where the driver unpacks it. */
    private static final String FOLDER = "org.sqlite.tmpdir";

    private static boolean loaded;

    private SqliteLibrary() {}

    /**
     * Loads it, unless that has been done, or somebody has said where it is to be unpacked. What goes wrong is left to the
     * driver, which tries again and says so. From any thread.
     */
    static synchronized void load() {
        if (!loaded && System.getProperty(FOLDER) == null) {
            try {
                unpack();
            } catch (IOException e) {
                Writer.LOG.debug("the library of SQLite was not unpacked, or not taken away: {}", e.toString());
            }
        }
        loaded = true;
    }

    private static void unpack() throws IOException {
        Path folder = Files.createTempDirectory("teahouse-sqlite-");
        System.setProperty(FOLDER, folder.toString());
        try {
            DriverManager.getConnection("jdbc:sqlite::memory:").close(); // which loads it
        } catch (SQLException e) {
            throw new IOException(e);
        } finally {
            System.clearProperty(FOLDER);
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
