package io.teahouse.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteRenamedAccountTest extends RenamedAccountContract {
    @TempDir
    private Path folder;

    @Override
    StoreSettings create() {
        return StoreSettings.sqlite(folder.resolve("tea.db"));
    }
}
