package io.teahouse.tool.crash;

import io.teahouse.tool.ToolCommand;
import io.teahouse.tool.process.ShutdownHook;
import io.teahouse.tool.process.WorkFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code crash-test}: kills the server of the same jar again and again, and checks that it keeps its promises. */
@Command(
        name = CrashTestCommand.NAME,
        mixinStandardHelpOptions = true,
        description =
                "Kills the server (kill -9) at random moments under load, then compares what clients were shown, and "
                        + "what had a receipt, with what is stored. With --store memory the test must fail. With --nodes it "
                        + "kills, pauses, cuts off and stops the nodes of a cluster, and compares its lists of members, too.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:every promise was kept",
            "1:a promise was broken",
            "2:bad arguments",
            "3:the run could not be completed"
        })
public final class CrashTestCommand extends ToolCommand {
    static final String NAME = "crash-test";

    @Mixin
    private CrashOptions options = new CrashOptions();

    @Option(
            names = "--keep",
            description = "keep the working folder with the database and the servers' log (default: on failure)")
    private boolean keep;

    @Option(
            names = "--in",
            paramLabel = "FOLDER",
            description = "where the working folder is created (default: the temporary folder)")
    private Path parent = WorkFolder.PARENT;

    public CrashTestCommand() {
        super(NAME, CrashFailure.CANNOT_RUN);
    }

    @Override
    protected int run(PrintWriter out, PrintWriter err) throws IOException, InterruptedException {
        try (WorkFolder folder = new WorkFolder(NAME, parent, err)) {
            CrashPlan plan = options.plan(folder.path());
            out.println(NAME + ": " + options);
            out.flush();
            folder.setKept(true); // so that a failure can be examined
            boolean passed = run(plan, out, err);
            folder.setKept(keep || !passed);
            return passed ? 0 : CrashFailure.VIOLATED;
        }
    }

    private static boolean run(CrashPlan plan, PrintWriter out, PrintWriter err)
            throws IOException, InterruptedException {
        try (Run run = plan.nodes() == 1 ? new CrashRun(plan, err) : new ClusterRun(plan, err)) {
            Run.Outcome outcome = outcome(run);
            outcome.figures().print(out);
            List<Violation> violations = Checker.check(outcome.evidence());
            Verdict.print(violations, out);
            return violations.isEmpty();
        }
    }

    private static Run.Outcome outcome(Run run) throws IOException, InterruptedException {
        ShutdownHook hook = new ShutdownHook(run::close); // leaves no server running
        try {
            return run.run();
        } finally {
            hook.remove();
        }
    }
}
