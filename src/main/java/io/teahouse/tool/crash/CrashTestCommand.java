package io.teahouse.tool.crash;

import io.teahouse.tool.process.OwnFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The command {@code crash-test}: kills the server of the same jar again and again, and shows that what it promised
 * holds. It runs on the calling thread and returns its exit code; it never ends the JVM.
 */
@Command(
        name = "crash-test",
        mixinStandardHelpOptions = true,
        description = "Kills the server (kill -9) at random moments under load, and holds what people were shown, and "
                + "what had a receipt, against what is stored in the end. With --store memory it must fail.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:every promise was kept",
            "1:one was not",
            "2:bad arguments",
            "3:it could not be run to its end"
        })
public final class CrashTestCommand implements Callable<Integer> {
    @Mixin
    private CrashOptions options = new CrashOptions();

    @Option(
            names = "--keep",
            description = "keep the folder with the database and the servers' log (default: on failure)")
    private boolean keep;

    @Option(
            names = "--in",
            paramLabel = "FOLDER",
            description = "where that folder is made (default: where temporary files go)")
    private Path parent = OwnFolder.PARENT;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try (OwnFolder folder = new OwnFolder("crash-test", parent, err)) {
            int code = attempt(options.plan(folder.path()), out, err);
            if (keep || code != 0) {
                folder.keep();
            }
            return code;
        } catch (IOException e) {
            err.println("crash-test: " + e);
            return CrashFailure.CANNOT_RUN;
        } catch (CrashFailure e) {
            err.println("crash-test: " + e.getMessage());
            return e.exitCode();
        }
    }

    /** A failure here leaves something to look at. */
    private int attempt(Plan plan, PrintWriter out, PrintWriter err) throws InterruptedException {
        out.println("crash-test: " + options);
        out.flush();
        try (CrashRun run = new CrashRun(plan, err)) {
            Thread hook = new Thread(run::close, "crash-stop");
            Runtime.getRuntime().addShutdownHook(hook); // no server stays behind
            CrashRun.Outcome outcome = run.run();
            Runtime.getRuntime().removeShutdownHook(hook);
            outcome.figures().print(out);
            List<Violation> violations = Checker.check(outcome.evidence());
            Verdict.print(violations, out);
            return violations.isEmpty() ? 0 : CrashFailure.VIOLATED;
        } catch (IOException e) {
            err.println("crash-test: " + e);
            return CrashFailure.CANNOT_RUN;
        } catch (CrashFailure e) {
            err.println("crash-test: " + e.getMessage());
            return e.exitCode();
        }
    }
}
