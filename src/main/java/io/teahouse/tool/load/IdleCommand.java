package io.teahouse.tool.load;

import static io.teahouse.tool.ToolFailure.require;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "idle",
        mixinStandardHelpOptions = true,
        description = "Clients connect, join a room and stay silent: measures the cost of each.")
final class IdleCommand extends ScenarioCommand {
    @Option(
            names = {"--clients", "--members"},
            paramLabel = "N",
            description = "number of clients (${DEFAULT-VALUE})")
    private int clients = 100;

    @Option(names = "--rooms", paramLabel = "N", description = "number of rooms (${DEFAULT-VALUE})")
    private int rooms = 100;

    @Option(
            names = "--settle",
            paramLabel = "S",
            description = "seconds to wait before memory is measured (${DEFAULT-VALUE})")
    private double settle = 2;

    @Override
    Scenario scenario() {
        require(clients >= 1 && clients <= MOST_CLIENTS && rooms >= 1, "--clients and --rooms: at least 1");
        require(settle >= 0, "--settle: at least 0");
        return new IdleScenario(clients, rooms, RunClock.nanos(settle));
    }
}
