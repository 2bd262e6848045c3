package io.teahouse.tool.load;

import static io.teahouse.tool.ToolFailure.require;

import picocli.CommandLine.Option;

/** The options for the durations of a run. */
final class TimingOptions {
    @Option(names = "--warm", paramLabel = "S", description = "seconds to warm up (${DEFAULT-VALUE})")
    private double warm = 1;

    @Option(names = "--secs", paramLabel = "S", description = "seconds to measure (${DEFAULT-VALUE})")
    private double measured = 5;

    @Option(
            names = "--drain",
            paramLabel = "S",
            description = "seconds to wait for missing deliveries (${DEFAULT-VALUE})")
    private double drain = 5;

    Timing timing() {
        require(warm >= 0 && drain >= 0, "--warm and --drain: at least 0");
        require(measured > 0, "--secs: above 0");
        return new Timing(RunClock.nanos(warm), RunClock.nanos(measured), RunClock.nanos(drain));
    }
}
