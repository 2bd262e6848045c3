package io.teahouse.tool.operate;

import io.teahouse.store.MaintenanceResult;
import io.teahouse.store.StoreException;
import io.teahouse.store.StoreMaintenance;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code restore FILE}, or {@code restore --in-place}. */
@Command(
        name = "restore",
        description =
                "Puts a backup in the place of the store. The server must not run. The file that was there is kept"
                        + " beside it. Message ids that were given out after the backup are not given out again.")
final class RestoreCommand extends StoreCommand {
    @Parameters(paramLabel = "FILE", arity = "0..1", description = "the backup; it stays as it is")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--in-place",
            description =
                    "for a store that was put back by other means (pg_restore, a snapshot of the disk): nothing is"
                            + " copied, and only the ids of what is said from now on are made different")
    private boolean inPlace;

    RestoreCommand(ToolContext.Source source) {
        super(source);
    }

    @Override
    void run(StoreMaintenance maintenance, ToolContext context, PrintWriter out) throws StoreException {
        if (file.isPresent() == inPlace) {
            throw new IllegalArgumentException("restore takes the name of a backup, or else --in-place");
        }
        if (inPlace) {
            out.println("the store has another epoch: " + maintenance.raiseEpoch());
            return;
        }
        MaintenanceResult.Restored restored = maintenance.restore(file.get());
        out.println("restored: " + context.store().backend().path() + " from " + file.get() + ", epoch "
                + restored.epoch());
        restored.replaced().ifPresent(path -> out.println("what was there is now " + path));
    }
}
