package io.teahouse.tool.operate;

import io.teahouse.store.StoreException;
import io.teahouse.store.StoreMaintenance;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The parent of the commands: finds the store by the server's settings, and prints errors as one line. */
@Command(
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:success",
            "1:the command failed on the way: the disk is full, or the store is damaged or unavailable",
            "2:nothing was changed: arguments or settings are wrong, or the store is in use"
        })
abstract class StoreCommand implements Callable<Integer> {
    static final int FAILED = 1;
    static final int REFUSED = 2;

    private final ToolContext.Source source;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    StoreCommand(ToolContext.Source source) {
        this.source = source;
    }

    /** Runs the command and prints what it did. */
    abstract void run(StoreMaintenance maintenance, ToolContext context, PrintWriter out)
            throws StoreException, IOException;

    @Override
    public final Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try {
            ToolContext context = source.find();
            run(new StoreMaintenance(context.store()), context, out);
            out.flush();
            return 0;
        } catch (ToolContext.WrongSettings e) {
            e.problems().forEach(this::printError);
            return REFUSED;
        } catch (IllegalArgumentException e) {
            printError(String.valueOf(e.getMessage()));
            return REFUSED;
        } catch (StoreException e) {
            printError(String.valueOf(e.getMessage()));
            return e.getCause() == null ? REFUSED : FAILED;
        } catch (IOException e) {
            printError(e.toString());
            return FAILED;
        }
    }

    /** Prints a line on standard error. */
    final void printError(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("teahouse: " + line);
        err.flush();
    }
}
