package io.teahouse.tool.operate;

import io.teahouse.store.MaintenanceResult;
import io.teahouse.store.StoreException;
import io.teahouse.store.StoreMaintenance;
import java.io.PrintWriter;
import picocli.CommandLine.Command;

/** {@code erase ACCOUNT}. */
@Command(
        name = "erase",
        description =
                "Takes an account out of the store, for good: itself, all that was said under it, its conversations"
                        + " (both sides), how far it has read. The server must not run. Topics that it set stay, without its"
                        + " name; rooms that belonged to it belong to nobody.")
final class EraseCommand extends AccountCommand {
    EraseCommand(ToolContext.Source source) {
        super(source);
    }

    @Override
    void run(String account, String key, StoreMaintenance maintenance, ToolContext context, PrintWriter out)
            throws StoreException {
        MaintenanceResult.Erased erased = maintenance.erase(key, name -> isSpelling(context, name, key));
        if (erased.isNothing() && erased.before()) {
            out.println("erased before, and nothing has come since: " + account);
            return;
        } else if (erased.isNothing()) {
            throw new IllegalArgumentException("there is no account " + account + ", and nothing was said under it");
        }
        if (erased.resumed()) {
            out.println("an earlier run was interrupted; it is now finished");
        }
        out.println("erased: " + (erased.registered() ? "the account, " : "") + Count.of(erased.messages(), "message")
                + ", " + Count.of(erased.conversations(), "conversation"));
        erased.released().forEach(room -> out.println("belongs to nobody any more: the room " + room));
        erased.copies().forEach(copy -> out.println("still holds what was erased: " + copy));
        out.println("backups that were made before still hold it, too: erase again after restoring one");
    }

    /** The name may have been registered under other settings and break the rules of today. */
    private static boolean isSpelling(ToolContext context, String name, String key) {
        try {
            return name.equals(key) || context.fold().apply(name).equals(key);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
