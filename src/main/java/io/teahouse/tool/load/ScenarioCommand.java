package io.teahouse.tool.load;

import static io.teahouse.tool.load.LoadFailure.require;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the scenarios' commands share: make the clients, run the scenario, print its figures, choose the exit code. */
abstract class ScenarioCommand implements Callable<Integer> {
    /** A sender's number has five hex digits in a message. */
    static final int MOST_CLIENTS = 0xFFFFF;

    @Mixin
    private TargetOptions target = new TargetOptions();

    @Option(
            names = "--pid",
            paramLabel = "PID",
            split = ",",
            description = "the server's processes, for CPU and memory (Linux)")
    private List<Long> pids = new ArrayList<>();

    @Option(names = "--json", description = "print one line of JSON")
    private boolean json;

    @Option(names = "--label", paramLabel = "TEXT", description = "goes into the report")
    private String label = "";

    @Option(
            names = "--rehearse",
            paramLabel = "S",
            description = "seconds the generator first runs against itself, so that it is compiled (${DEFAULT-VALUE})")
    private double rehearse = 1.5;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** The scenario its options describe; throws {@link LoadFailure} if they make no sense. */
    abstract Scenario scenario();

    /** The server as this scenario goes at it. */
    Target aim(Target target) {
        return target;
    }

    @Override
    public final Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        try {
            return run(spec.commandLine().getOut(), err);
        } catch (LoadFailure e) {
            err.println("load: " + e.getMessage());
            return e.exitCode();
        } catch (IOException e) {
            err.println("load: " + e);
            return LoadFailure.CLIENTS_LOST;
        }
    }

    private int run(PrintWriter out, PrintWriter err) throws IOException {
        Scenario scenario = scenario();
        Target aim = aim(target.target());
        for (long pid : pids) {
            require(ProcessHandle.of(pid).isPresent(), "--pid: no process " + pid);
        }
        Rehearsal.run(rehearse);
        try (Crowd crowd = new Crowd(aim)) {
            Report report = new Report();
            report.text("scenario", scenario.name());
            report.text("label", label);
            report.text("proto", aim.dialect().name());
            int lost = scenario.run(new Run(crowd, new Pump(crowd), new ServerProcesses(pids), report));
            if (!json) {
                out.println(scenario.name());
            }
            report.print(out, json);
            explain(report, err);
            return lost > 0 ? LoadFailure.CLIENTS_LOST : 0;
        }
    }

    private void explain(Report report, PrintWriter err) {
        if (!report.unknown().isEmpty()) {
            String why = pids.isEmpty() ? "no --pid" : "they need Linux, and a server of the same user";
            err.printf(Locale.ROOT, "load: left out (%s): %s%n", why, String.join(", ", report.unknown()));
            err.flush();
        }
    }
}
