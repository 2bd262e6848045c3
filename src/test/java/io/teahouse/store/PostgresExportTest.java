package io.teahouse.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PostgresExportTest extends ExportContract {
    private final StoreSettings settings = StoreSettings.postgresql(TestPostgres.newDatabase());

    @Override
    StoreSettings create() {
        return settings;
    }

    @Test
    void pgDumpMakesABackupAndPgRestoreRestoresIt() {
        assertThatThrownBy(() -> new StoreMaintenance(settings).backup(Path.of("tea.dump")))
                .hasMessageContaining("pg_dump --format=custom --file=tea.dump");
        assertThatThrownBy(() -> new StoreMaintenance(settings).restore(Path.of("tea.dump")))
                .hasMessageContainingAll("pg_restore", "restore --in-place");
    }

    @Test
    void theEpochIsRaisedOnlyWhileNoServerHoldsTheStore() throws Exception {
        String before;
        StoreSettings other = StoreSettings.postgresql(TestPostgres.newDatabase());
        try (StoreFixture server = StoreFixture.open(other)) {
            before = server.say("ann", "one");
            assertThatThrownBy(() -> new StoreMaintenance(other).raiseEpoch())
                    .hasMessageContaining("is in use by a server");
        }
        long epoch = new StoreMaintenance(other).raiseEpoch();
        try (StoreFixture server = StoreFixture.open(other)) {
            assertThat(server.say("ann", "two"))
                    .startsWith(before.substring(0, before.indexOf('-')) + Long.toString(epoch, Character.MAX_RADIX));
            assertThat(server.knows(StoreFixture.TEA, before)).isTrue();
        }
    }
}
