package io.teahouse.tool.load;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "fanout",
        mixinStandardHelpOptions = true,
        description = "Members of one room, some of which send in a closed loop.")
final class FanoutCommand extends ScenarioCommand {
    @Mixin
    private FanoutOptions options = new FanoutOptions();

    @Override
    Scenario scenario() {
        return new FanoutScenario(options.plan(0));
    }
}
