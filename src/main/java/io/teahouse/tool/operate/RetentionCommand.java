package io.teahouse.tool.operate;

import io.teahouse.store.MaintenanceResult;
import io.teahouse.store.StoreException;
import io.teahouse.store.StoreMaintenance;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code retention}. */
@Command(
        name = "retention",
        description =
                "Deletes messages that are older than teahouse.store.retention allows, room by room, and prints how many."
                        + " The server may be running.")
final class RetentionCommand extends StoreCommand {
    RetentionCommand(ToolContext.Source source) {
        super(source);
    }

    @Override
    void run(StoreMaintenance maintenance, ToolContext context, PrintWriter out) throws StoreException {
        List<MaintenanceResult.Deleted> all = maintenance.expire(context.retention(), Instant.now());
        long conversations = 0;
        long inThem = 0;
        for (MaintenanceResult.Deleted one : all) {
            if (one.room().isConversation()) {
                conversations++;
                inThem += one.messages();
            } else {
                out.println("deleted: " + Count.of(one.messages(), "message") + " in the room " + one.room()
                        + ", sent before " + one.before());
            }
        }
        if (conversations > 0) {
            out.println("deleted: " + Count.of(inThem, "message") + " in " + Count.of(conversations, "conversation"));
        }
        if (all.isEmpty()) {
            out.println("no message has expired");
        }
    }
}
