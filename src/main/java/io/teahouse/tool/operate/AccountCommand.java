package io.teahouse.tool.operate;

import io.teahouse.store.StoreException;
import io.teahouse.store.StoreMaintenance;
import java.io.PrintWriter;
import picocli.CommandLine.Parameters;

/** The parent of the commands that change one account. */
abstract class AccountCommand extends StoreCommand {
    @Parameters(paramLabel = "ACCOUNT", description = "the name of the account")
    private String account = "";

    AccountCommand(ToolContext.Source source) {
        super(source);
    }

    /**
     * Runs the command and prints what it did.
     *
     * @param account as the operator typed it
     * @param key the same name, folded
     */
    abstract void run(String account, String key, StoreMaintenance maintenance, ToolContext context, PrintWriter out)
            throws StoreException;

    @Override
    final void run(StoreMaintenance maintenance, ToolContext context, PrintWriter out) throws StoreException {
        run(account, context.fold().apply(account), maintenance, context, out);
    }
}
