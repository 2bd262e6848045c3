package io.teahouse.tool.load;

import static io.teahouse.tool.ToolFailure.require;

import io.teahouse.tool.ToolCommand;
import io.teahouse.tool.process.ProcessUsage;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The parent of the commands that run a scenario: makes the clients, runs it, prints its figures, chooses the exit code. */
abstract class ScenarioCommand extends ToolCommand {
    /** A sender's number has five hex digits in a message. */
    static final int MOST_CLIENTS = 0xFFFFF;

    @Mixin
    private TargetOptions target = new TargetOptions();

    @Option(
            names = "--pid",
            paramLabel = "PID",
            split = ",",
            description = "the server's processes, to measure CPU and memory (Linux)")
    private List<Long> pids = new ArrayList<>();

    @Option(names = "--json", description = "print the report as one line of JSON")
    private boolean json;

    @Option(names = "--label", paramLabel = "TEXT", description = "a label for the report")
    private String label = "";

    @Option(
            names = "--rehearse",
            paramLabel = "S",
            description = "seconds to warm up the generator itself before the run (${DEFAULT-VALUE})")
    private double rehearse = 1.5;

    ScenarioCommand() {
        super(LoadCommand.NAME, LoadFailure.CLIENTS_LOST);
    }

    /** The scenario its options describe; throws {@link io.teahouse.tool.ToolFailure} if they are invalid. */
    abstract Scenario scenario();

    /** Adjusts the target for this scenario. */
    Target aim(Target target) {
        return target;
    }

    @Override
    protected final int run(PrintWriter out, PrintWriter err) throws IOException {
        Scenario scenario = scenario();
        Target aim = aim(target.target());
        for (long pid : pids) {
            require(ProcessHandle.of(pid).isPresent(), "--pid: no process " + pid);
        }
        Rehearsal.run(rehearse);
        try (Clients clients = new Clients(aim)) {
            Report report = new Report();
            report.text("scenario", scenario.name());
            report.text("label", label);
            report.text("proto", aim.dialect().name());
            int lost = scenario.run(new RunContext(clients, new EventLoop(clients), new ProcessUsage(pids), report));
            if (!json) {
                out.println(scenario.name());
            }
            report.print(out, json);
            explain(report, err);
            return lost > 0 ? LoadFailure.CLIENTS_LOST : 0;
        }
    }

    private void explain(Report report, PrintWriter err) {
        if (!report.missing().isEmpty()) {
            String why = pids.isEmpty() ? "no --pid" : "they need Linux, and a server of the same user";
            err.printf(Locale.ROOT, "load: omitted figures (%s): %s%n", why, String.join(", ", report.missing()));
            err.flush();
        }
    }
}
