package io.teahouse.tool.figures;

import static io.teahouse.tool.ToolFailure.require;

import io.teahouse.tool.ToolCommand;
import io.teahouse.tool.process.ServerProcess;
import io.teahouse.tool.process.ShutdownHook;
import io.teahouse.tool.process.WorkFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The command {@code figures}: measures this server, beside others that are installed, and writes the page of figures with
 * its plots. It runs on the calling thread, and ends all servers that it has started, also on Ctrl-C.
 */
@Command(
        name = FiguresCommand.NAME,
        mixinStandardHelpOptions = true,
        description = {
            "Measures this server beside InspIRCd, ngIRCd, Ergo and src/bench/limit.c, as far as they are installed, and writes",
            "a page with plots. Takes up to half an hour on two cores; nothing else should run on the machine (Linux)."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:the page is written", "2:bad arguments", "3:the run could not be completed"})
public final class FiguresCommand extends ToolCommand {
    static final String NAME = "figures";

    private static final int CANNOT_RUN = 3;
    static final List<Part> PARTS = List.of(
            new FanoutPart(),
            new RoomsPart(),
            new ConnectionsPart(),
            new ReadmissionPart(),
            new ReceiptsPart(),
            new SearchPart(),
            new StartPart(),
            new ClusterPart());

    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description = "parts to measure; the page keeps the earlier values of the others (default: all)")
    private List<String> only = names();

    @Option(
            names = "--beside",
            paramLabel = "SERVER",
            split = ",",
            description = "servers to compare with, as far as they are installed (${DEFAULT-VALUE})")
    private List<String> beside = Contender.otherNames();

    @Option(names = "--short", description = "a minute instead of half an hour, with figures that mean little")
    private boolean isShort;

    @Option(
            names = "--redraw",
            description = "measures nothing: writes the page again, with the values of earlier runs")
    private boolean isRedrawn;

    @Option(
            names = "--page",
            paramLabel = "FILE",
            description = "the page; its values (.json) and the folder of its plots are beside it (${DEFAULT-VALUE})")
    private Path page = Path.of("doc", "benchmarks.md");

    @Option(
            names = "--limit",
            paramLabel = "FILE",
            description = "the source of the C server to compare with (${DEFAULT-VALUE})")
    private Path limit = Path.of("src", "bench", "limit.c");

    @Option(
            names = "--in",
            paramLabel = "FOLDER",
            description = "where the servers' working folders are created (default: the temporary folder)")
    private Path parent = WorkFolder.PARENT;

    public FiguresCommand() {
        super(NAME, CANNOT_RUN);
    }

    private static List<String> names() {
        return PARTS.stream().map(Part::name).toList();
    }

    @Override
    protected int run(PrintWriter out, PrintWriter err) throws IOException, InterruptedException {
        require(names().containsAll(only), "--only: one or more of " + String.join(", ", names()));
        require(
                Contender.otherNames().containsAll(beside),
                "--beside: one or more of " + String.join(", ", Contender.otherNames()));
        Page target = new Page(page);
        Results results = Results.read(target.valuesFile());
        if (!isRedrawn) {
            measure(results, target.valuesFile(), out, err);
        }
        target.write(PARTS, results);
        out.println("wrote " + page);
        return 0;
    }

    private void measure(Results results, Path valuesFile, PrintWriter out, PrintWriter err)
            throws IOException, InterruptedException {
        Path jar = ServerProcess.jar(NAME);
        try (WorkFolder folder = new WorkFolder(NAME, parent, err);
                Bench bench = new Bench(jar, plan(), limit, folder.path(), out)) {
            ShutdownHook hook = new ShutdownHook(() -> stop(bench, folder)); // leaves no server running
            try {
                measure(bench, results, valuesFile);
            } finally {
                hook.remove();
            }
        }
    }

    private static void stop(Bench bench, WorkFolder folder) {
        bench.close();
        try {
            folder.close();
        } catch (IOException e) {
            // What this program was still writing stays behind.
        }
    }

    private Plan plan() {
        return (isShort ? Plan.SHORT : Plan.FULL).with(Contender.named(beside));
    }

    private void measure(Bench bench, Results results, Path valuesFile) throws IOException, InterruptedException {
        String date = LocalDate.now(ZoneOffset.UTC).toString();
        Origin origin = new Origin(date, Machine.commit(), Machine.describe(), command());
        bench.teahouse().prepare();
        for (Part part : PARTS) {
            if (only.contains(part.name())) {
                Values values = new Values(origin);
                boolean isComplete = true;
                try {
                    part.measure(bench, values);
                } catch (IOException e) {
                    isComplete = false;
                    bench.say(part.name() + " failed at some point: " + e.getMessage());
                }
                // what an earlier run has measured is better than a part that has failed
                if (!values.isEmpty() && (isComplete || results.get(part.name()).isEmpty())) {
                    results.put(part.name(), values);
                    results.write(valuesFile);
                }
            }
        }
        bench.say("all measured");
    }

    private String command() {
        List<String> words = new ArrayList<>(List.of("java -jar target/teahouse.jar", NAME));
        if (isShort) {
            words.add("--short");
        }
        if (!beside.equals(Contender.otherNames())) {
            words.add("--beside " + String.join(",", beside));
        }
        if (!only.equals(names())) {
            words.add("--only " + String.join(",", only));
        }
        return String.join(" ", words);
    }
}
