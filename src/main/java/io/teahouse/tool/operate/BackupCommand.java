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
        description = "Copies the store into a new file, as it is at this moment; a server may run meanwhile."
                + " The copy is read once before this ends, and is on the disk.")
final class BackupCommand extends StoreCommand {
    @Parameters(paramLabel = "FILE", description = "where the copy goes; it must not be there yet")
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
