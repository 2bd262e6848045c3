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
                "Replaces the store with a backup. Stop the server first. The replaced file is kept beside the store."
                        + " Message ids that were issued after the backup are not issued again.")
final class RestoreCommand extends StoreCommand {
    @Parameters(paramLabel = "FILE", arity = "0..1", description = "the backup; it is not changed")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--in-place",
            description =
                    "for a store that was restored by other means (pg_restore, a snapshot of the disk): copies nothing,"
                            + " and only makes the ids of new messages differ from those of lost ones")
    private boolean inPlace;

    RestoreCommand(ToolContext.Source source) {
        super(source);
    }

    @Override
    void run(StoreMaintenance maintenance, ToolContext context, PrintWriter out) throws StoreException {
        if (file.isPresent() == inPlace) {
            throw new IllegalArgumentException("restore needs either the name of a backup or --in-place");
        }
        if (inPlace) {
            out.println("the store has a new epoch: " + maintenance.raiseEpoch());
            return;
        }
        MaintenanceResult.Restored restored = maintenance.restore(file.get());
        out.println("restored: " + context.store().backend().path() + " from " + file.get() + ", epoch "
                + restored.epoch());
        restored.replaced().ifPresent(path -> out.println("the replaced store is now " + path));
    }
}
