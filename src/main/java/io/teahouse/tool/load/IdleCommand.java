package io.teahouse.tool.load;

import static io.teahouse.tool.ToolFailure.require;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "idle",
        mixinStandardHelpOptions = true,
        description = "Clients that connect, join a room and stay: the cost of each.")
final class IdleCommand extends ScenarioCommand {
    @Option(
            names = {"--clients", "--members"},
            paramLabel = "N",
            description = "clients (${DEFAULT-VALUE})")
    private int clients = 100;

    @Option(names = "--rooms", paramLabel = "N", description = "rooms (${DEFAULT-VALUE})")
    private int rooms = 100;

    @Option(names = "--settle", paramLabel = "S", description = "seconds before memory is read (${DEFAULT-VALUE})")
    private double settle = 2;

    @Override
    Scenario scenario() {
        require(clients >= 1 && clients <= MOST_CLIENTS && rooms >= 1, "--clients and --rooms: at least 1");
        require(settle >= 0, "--settle: not below 0");
        return new IdleScenario(clients, rooms, RunClock.nanos(settle));
    }
}
