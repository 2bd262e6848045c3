package io.teahouse.tool.operate;

import io.teahouse.store.StoreException;
import io.teahouse.store.StoreMaintenance;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code backup FILE}. */
@Command(
        name = "backup",
        description = "Copies a snapshot of the store into a new file. The server may be running."
                + " The copy is flushed to disk, and read once to check it.")
final class BackupCommand extends StoreCommand {
    @Parameters(paramLabel = "FILE", description = "the new file; it must not exist yet")
    private Path file = Path.of("");

    BackupCommand(ToolContext.Source source) {
        super(source);
    }

    @Override
    void run(StoreMaintenance maintenance, ToolContext context, PrintWriter out) throws StoreException {
        long bytes = maintenance.backup(file);
        out.println("backed up: " + file + " (" + bytes + " bytes, checked)");
    }
}
