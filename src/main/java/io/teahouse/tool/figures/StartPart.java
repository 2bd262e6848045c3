package io.teahouse.tool.figures;

import java.io.IOException;
import java.util.List;

/** From the start of the process to "ready", with a new file of SQLite and with the archive of classes that later starts have. */
final class StartPart implements Part {
    private static final String START = "ms to ready";
    private static final String SERVER = "IRC";
    private static final int STARTS_PER_ROUND = 3;
    private static final double TO_SECONDS = 1e-3;

    @Override
    public String name() {
        return "start";
    }

    @Override
    public void measure(Bench bench, Values values) throws IOException, InterruptedException {
        bench.say("start");
        for (int i = 0; i < STARTS_PER_ROUND * bench.plan().rounds(); i++) {
            try (Teahouse.Running server = bench.teahouse().start("irc", List.of())) {
                values.add(START, SERVER, server.process().startMillis());
            }
        }
    }

    @Override
    public String show(Values values, Pictures pictures) {
        Samples samples = values.find(START, SERVER).orElseThrow().times(TO_SECONDS);
        return "Start to `ready`, " + samples.values().size() + " starts: "
                + Must.atMost(1.2).judge(Numbers.text(samples) + " s", samples.median()) + ".";
    }
}
