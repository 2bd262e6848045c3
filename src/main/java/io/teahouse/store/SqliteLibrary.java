package io.teahouse.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The driver unpacks a library of a megabyte whenever a process starts, and takes it away at an orderly end only: a server
 * that is killed again and again would fill the disk (xerial/sqlite-jdbc, issues 603 and 1140). Once it is loaded, nobody
 * needs the file.
 */
final class SqliteLibrary {
    /** Where the driver unpacks it. */
    private static final String FOLDER = "org.sqlite.tmpdir";

    private static boolean tried;
    private static Optional<StoreException> problem = Optional.empty();

    private SqliteLibrary() {}

    /** Loads it, unless that has been tried. From any thread. */
    static synchronized void load() {
        if (!tried) {
            tried = true;
            try {
                if (System.getProperty(FOLDER) == null) {
                    unpack();
                } else {
                    open(System.getProperty(FOLDER)); // somebody has said where it is to be unpacked
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
            throw new StoreException("the library of SQLite cannot be unpacked into "
                    + System.getProperty("java.io.tmpdir") + " (" + e + "); name a folder that can be written to by -D"
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

    /** Which loads it. */
    private static void open(String folder) throws StoreException {
        try {
            DriverManager.getConnection("jdbc:sqlite::memory:").close();
        } catch (SQLException | LinkageError e) {
            throw new StoreException(
                    "the library of SQLite cannot be loaded from " + folder + " (the folder may be full, or"
                            + " programs may not be run from it: noexec); name another one by -D" + FOLDER);
        }
    }

    private static void deleteQuietly(Path folder) {
        try {
            delete(folder);
        } catch (IOException e) {
            StoreWriter.LOG.debug("the library of SQLite was not deleted: {}", e.toString());
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
