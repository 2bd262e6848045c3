package io.teahouse.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteExportTest extends ExportContract {
    @TempDir
    private Path folder;

    @Override
    StoreSettings create() {
        return StoreSettings.sqlite(folder.resolve("tea.db"));
    }
}
