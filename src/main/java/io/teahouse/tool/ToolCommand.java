package io.teahouse.tool;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that ends with an exit code and, if it fails, one line on standard error. It never ends the JVM. */
public abstract class ToolCommand implements Callable<Integer> {
    private final String name;
    private final int exitCodeOnIoError;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** @param name begins every line on standard error */
    protected ToolCommand(String name, int exitCodeOnIoError) {
        this.name = name;
        this.exitCodeOnIoError = exitCodeOnIoError;
    }

    /**
     * Runs on the calling thread.
     *
     * @return the exit code
     * @throws ToolFailure if it cannot go on
     */
    protected abstract int run(PrintWriter out, PrintWriter err) throws IOException, InterruptedException;

    @Override
    public final Integer call() throws InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        try {
            return run(spec.commandLine().getOut(), err);
        } catch (ToolFailure e) {
            err.println(name + ": " + e.getMessage());
            return e.exitCode();
        } catch (IOException e) {
            err.println(name + ": " + e);
            return exitCodeOnIoError;
        }
    }
}
