package io.teahouse.tool.load;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "fanout",
        mixinStandardHelpOptions = true,
        description = "Members of one room, some of which send in a closed loop.")
final class FanoutCommand extends ScenarioCommand {
    @Mixin
    private FanoutOptions options = new FanoutOptions();

    @Option(
            names = "--then",
            paramLabel = "SxW",
            split = ",",
            description =
                    "a further load by the same members, S senders with W messages in flight; has a report of its own")
    private List<String> then = new ArrayList<>();

    @Override
    Scenario scenario() {
        List<FanoutPlan> plans = new ArrayList<>(List.of(options.plan(0)));
        then.forEach(each -> plans.add(options.plan(each)));
        return new FanoutSeries(plans);
    }
}
