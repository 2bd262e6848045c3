package io.teahouse.tool.load;

import static io.teahouse.tool.ToolFailure.require;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "slow", mixinStandardHelpOptions = true, description = "Like fanout, but some members stop reading.")
final class SlowCommand extends ScenarioCommand {
    @Mixin
    private FanoutOptions options = new FanoutOptions();

    @Option(names = "--slow", paramLabel = "N", description = "number of members that stop reading (${DEFAULT-VALUE})")
    private int slow = 1;

    @Override
    Scenario scenario() {
        require(slow >= 1, "--slow: at least 1");
        return new FanoutScenario(options.plan(slow));
    }
}
