package io.teahouse.tool.load;

import static io.teahouse.tool.ToolFailure.require;

import io.teahouse.tool.ToolFailure;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options for a room and its senders. */
final class FanoutOptions {
    @Option(
            names = {"--members", "--clients"},
            paramLabel = "N",
            description = "number of members in the room (${DEFAULT-VALUE})")
    private int members = 100;

    @Option(names = "--senders", paramLabel = "N", description = "number of members that send (${DEFAULT-VALUE})")
    private int senders = 1;

    @Option(
            names = "--window",
            paramLabel = "N",
            description = "messages that each sender keeps in flight (${DEFAULT-VALUE})")
    private int window = 1;

    @Mixin
    private TimingOptions timing = new TimingOptions();

    /** The same members and times with other senders; {@code load} is {@code SxW}. */
    FanoutPlan plan(String load) {
        int cross = load.indexOf('x');
        try {
            return plan(
                    Integer.parseInt(load.substring(0, Math.max(0, cross))),
                    Integer.parseInt(load.substring(cross + 1)),
                    0);
        } catch (NumberFormatException e) {
            throw ToolFailure.badArguments("--then: SxW, as 10x16");
        }
    }

    FanoutPlan plan(int slow) {
        return plan(senders, window, slow);
    }

    private FanoutPlan plan(int senders, int window, int slow) {
        require(senders >= 1 && window >= 1, "--senders and --window: at least 1");
        require(members <= ScenarioCommand.MOST_CLIENTS, "--members: at most " + ScenarioCommand.MOST_CLIENTS);
        require(members > senders + slow, "--members: more than --senders and --slow together");
        return new FanoutPlan(members, senders, window, slow, timing.timing());
    }
}
