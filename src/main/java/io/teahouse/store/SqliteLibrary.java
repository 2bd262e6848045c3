package io.teahouse.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads SQLite's native library. The driver unpacks about a megabyte at each start and deletes it only at an orderly
 * end: a server that is killed again and again would fill the disk (xerial/sqlite-jdbc, issues 603 and 1140). The
 * file is not needed once it is loaded.
 */
final class SqliteLibrary {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteLibrary.class);

    /** The property that tells the driver where to unpack the library. */
    private static final String FOLDER = "org.sqlite.tmpdir";

    private static boolean tried;
    private static Optional<StoreException> problem = Optional.empty();

    private SqliteLibrary() {}

    /** Loads the library, unless that has been tried. From any thread. */
    static synchronized void load() {
        if (!tried) {
            tried = true;
            try {
                if (System.getProperty(FOLDER) == null) {
                    unpack();
                } else {
                    open(System.getProperty(FOLDER)); // the operator has set the folder
                }
            } catch (StoreException e) {
                problem = Optional.of(e);
            }
        }
    }

    /** @throws StoreException when it could not be loaded, with one line that says why and what to do */
    static synchronized void require() throws StoreException {
        load();
        if (problem.isPresent()) {
            throw problem.get();
        }
    }

    private static void unpack() throws StoreException {
        Path folder;
        try {
            folder = Files.createTempDirectory("teahouse-sqlite-");
        } catch (IOException e) {
            throw new StoreException("SQLite's library cannot be unpacked into "
                    + System.getProperty("java.io.tmpdir") + " (" + e + "); set a writable folder with -D"
                    + FOLDER);
        }
        System.setProperty(FOLDER, folder.toString());
        try {
            open(String.valueOf(folder.getParent()));
        } finally {
            System.clearProperty(FOLDER);
            deleteQuietly(folder);
        }
    }

    /** Opens a connection, which loads the library. */
    private static void open(String folder) throws StoreException {
        try {
            DriverManager.getConnection("jdbc:sqlite::memory:").close();
        } catch (SQLException | LinkageError e) {
            throw new StoreException("SQLite's library cannot be loaded from " + folder + " (the folder may be full, or"
                    + " programs may not be run from it: noexec); set another one with -D" + FOLDER);
        }
    }

    private static void deleteQuietly(Path folder) {
        try {
            delete(folder);
        } catch (IOException e) {
            LOG.debug("SQLite's library was not deleted: {}", e.toString());
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
