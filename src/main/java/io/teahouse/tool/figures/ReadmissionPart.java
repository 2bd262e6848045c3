package io.teahouse.tool.figures;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server is killed and started again: how long it takes until all its clients are back in their rooms. */
final class ReadmissionPart implements Part {
    private static final int ROOM = 20;
    private static final int POLL_MILLIS = 20;
    private static final int POLLS = 3000;
    private static final String BACK = "s until all are back";
    private static final String SERVER = "s until the server takes connections";

    @Override
    public String name() {
        return "readmission";
    }

    @Override
    public void measure(Bench bench, Values values) throws IOException, InterruptedException {
        List<Contender> servers = bench.plan().some().stream()
                .filter(each -> each != Contender.PLAIN && each != Contender.LIMIT)
                .toList();
        bench.inTurn("a server is killed and started again", servers, which -> {
            Optional<RunningServer> started = bench.start(which);
            if (started.isPresent()) {
                try (RunningServer server = started.get()) {
                    measure(bench, which, server, values);
                }
            }
        });
    }

    private static void measure(Bench bench, Contender which, RunningServer server, Values values)
            throws IOException, InterruptedException {
        Map<String, Object> options = bench.options(which);
        options.keySet().removeAll(List.of("warm", "secs", "drain"));
        options.putAll(Map.of(
                "clients",
                bench.plan().returning(),
                "rooms",
                Math.max(1, bench.plan().returning() / ROOM)));
        List<String> arguments = Generator.arguments("return", Door.of(which.protocol(), server), options).stream()
                .filter(each -> !each.startsWith("--pid"))
                .toList();
        try (Generator.Load load = bench.generator().start(arguments)) {
            for (int i = 0; i < POLLS && load.isRunning() && !load.hasSaid("all are in"); i++) {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
            server.kill();
            try (RunningServer again = bench.startAgain(which, server)) {
                Generator.Reading reading = load.await().get(0);
                values.add(SERVER, which.name(), reading.get("server_back_s"));
                values.add(BACK, which.name(), reading.get("all_back_s"));
                bench.say(which.title() + ": all back at port " + again.port());
            }
        }
    }

    @Override
    public String show(Values values, Pictures pictures) throws IOException {
        List<Plot.Series> series = Stream.of(Contender.values())
                .filter(each -> values.find(BACK, each.name()).isPresent())
                .map(each ->
                        Plot.Series.of(each, List.of(values.find(SERVER, each.name()), values.find(BACK, each.name()))))
                .toList();
        return pictures.add(
                        "readmission",
                        "Readmission after a restart",
                        new Plot(
                                        "Seconds after the server was killed",
                                        List.of("server takes connections", "all clients are back"),
                                        series)
                                .bars())
                + "\n"
                + new Comparison(values, Contender.OF_IRC)
                        .row("seconds until the server takes connections", SERVER, 1)
                        .row("seconds until all are back in their rooms", BACK, 1)
                        .text();
    }
}
