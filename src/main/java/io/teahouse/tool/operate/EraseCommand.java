package io.teahouse.tool.operate;

import io.teahouse.store.MaintenanceResult;
import io.teahouse.store.StoreException;
import io.teahouse.store.StoreMaintenance;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code erase ACCOUNT}. */
@Command(
        name = "erase",
        description =
                "Deletes an account permanently, with all its messages, its conversations (both sides), its uploaded files"
                        + " and its read markers."
                        + " Stop the server first. Topics that the account set stay, without its name; its rooms are no"
                        + " longer registered.")
final class EraseCommand extends AccountCommand {
    EraseCommand(ToolContext.Source source) {
        super(source);
    }

    @Override
    void run(String account, String key, StoreMaintenance maintenance, ToolContext context, PrintWriter out)
            throws StoreException {
        MaintenanceResult.Erased erased = maintenance.erase(key, (name, of) -> isSpelling(context, name, of));
        int files = files(erased.keys(), context);
        if (erased.isNothing() && files == 0 && erased.before()) {
            out.println("already erased, nothing to do: " + account);
            return;
        } else if (erased.isNothing() && files == 0) {
            throw new IllegalArgumentException("there is no account " + account + ", and there are no messages of it");
        }
        if (erased.resumed()) {
            out.println("an earlier run was interrupted; it is now finished");
        }
        out.println("erased: " + (erased.registered() ? "the account, " : "") + Count.of(erased.messages(), "message")
                + ", " + Count.of(erased.conversations(), "conversation")
                + (files > 0 ? ", " + Count.of(files, "uploaded file") : ""));
        erased.released().forEach(room -> out.println("no longer registered: the room " + room));
        erased.copies().forEach(copy -> out.println("still contains erased data: " + copy));
        out.println("earlier backups still contain the erased data: erase again after restoring one");
    }

    private static int files(List<String> keys, ToolContext context) {
        int files = 0;
        try {
            for (String key : keys) {
                files += context.uploads().erase(key);
            }
            return files;
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the account was erased, but not its uploaded files, which cannot be read: " + e, e);
        }
    }

    /** The name may have been registered under other settings and be invalid now. */
    private static boolean isSpelling(ToolContext context, String name, String key) {
        try {
            return name.equals(key) || context.fold().apply(name).equals(key);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
