package io.teahouse.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteMaintenanceTest extends MaintenanceContract {
    @TempDir
    private Path folder;

    @Override
    StoreSettings create() {
        return StoreSettings.sqlite(folder.resolve("tea.db"));
    }

    /** The bytes of all files. */
    private List<String> holding(String text) throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (Files.readString(file, ISO_8859_1).contains(text)) {
                    names.add(file.getFileName().toString());
                }
            }
        }
        return names;
    }

    @Test
    void noErasedByteStaysInTheFile() throws Exception {
        try (StoreFixture fixture = StoreFixture.open(create())) {
            for (int i = 0; i < 100; i++) {
                fixture.say(StoreFixture.TEA, "ann", "Ann", "confidential " + i, StoreFixture.NOON);
                fixture.say("bob", "public " + i);
            }
        }
        assertThat(holding("confidential")).containsExactly("tea.db");
        new StoreMaintenance(create()).erase("ann", String::equalsIgnoreCase);
        assertThat(holding("confidential")).isEmpty();
        assertThat(holding("public 99")).containsExactly("tea.db");
    }

    @Test
    void copiesThatStillContainErasedDataAreListed() throws Exception {
        Path backup = folder.resolve("backup.db");
        try (StoreFixture fixture = StoreFixture.open(create())) {
            fixture.say(StoreFixture.TEA, "ann", "Ann", "confidential", StoreFixture.NOON);
        }
        new StoreMaintenance(create()).backup(backup);
        Path replaced =
                new StoreMaintenance(create()).restore(backup).replaced().orElseThrow();
        assertThat(new StoreMaintenance(create())
                        .erase("ann", String::equalsIgnoreCase)
                        .copies())
                .extracting(Path::getFileName)
                .containsExactly(replaced.getFileName());
    }
}
