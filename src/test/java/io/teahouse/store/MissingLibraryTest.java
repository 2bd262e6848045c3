package io.teahouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application that has not added a library is told which. */
class MissingLibraryTest {
    @TempDir
    Path folder;

    @Test
    void aStoreInSqliteNamesItsLibraries() throws Exception {
        assertThat(failure(List.of("sqlite-jdbc"), "sqlite", Path.class, folder.resolve("rooms.db")))
                .isEqualTo("a store in SQLite needs a library that an application adds to its dependencies:"
                        + " org.xerial:sqlite-jdbc (doc/embedding.md has the versions)");
        assertThat(failure(List.of("sqlite-jdbc", "flyway"), "sqlite", Path.class, folder.resolve("rooms.db")))
                .contains("needs libraries", ": org.xerial:sqlite-jdbc, org.flywaydb:flyway-core (");
    }

    @Test
    void aStoreInPostgresqlNamesItsLibraries() throws Exception {
        String url = "jdbc:postgresql://127.0.0.1:1/rooms";
        assertThat(failure(List.of("flyway", "postgresql"), "postgresql", String.class, url))
                .startsWith("a store in PostgreSQL needs libraries")
                .contains("org.postgresql:postgresql, org.flywaydb:flyway-core,"
                        + " org.flywaydb:flyway-database-postgresql");
        assertThat(failure(List.of("flyway-database-postgresql"), "postgresql", String.class, url))
                .contains(": org.flywaydb:flyway-database-postgresql (");
    }

    /** The driver of another class loader is not found; but the libraries are. */
    @Test
    void aCompleteClassPathLacksNoLibrary() throws Exception {
        assertThat(failure(List.of(), "postgresql", String.class, "jdbc:postgresql://127.0.0.1:1/rooms"))
                .contains("cannot be used")
                .doesNotContain("librar");
    }

    /** Opens a store in a class loader that does not see the jars with these names. */
    private static String failure(List<String> hidden, String method, Class<?> type, Object argument) throws Exception {
        try (URLClassLoader loader = without(hidden)) {
            Object store = loader.loadClass(Stores.class.getName())
                    .getMethod(method, type)
                    .invoke(null, argument);
            ((AutoCloseable) store).close();
            return "";
        } catch (InvocationTargetException e) {
            assertThat(e.getCause().getClass().getSimpleName()).isEqualTo("StoreException");
            return e.getCause().getMessage();
        }
    }

    private static URLClassLoader without(List<String> hidden) throws IOException {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        URL[] seen = Stream.of(all.split(File.pathSeparator))
                .filter(entry -> hidden.stream()
                        .noneMatch(
                                name -> Path.of(entry).getFileName().toString().startsWith(name)))
                .map(MissingLibraryTest::url)
                .toArray(URL[]::new);
        return new URLClassLoader(seen, ClassLoader.getPlatformClassLoader());
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
