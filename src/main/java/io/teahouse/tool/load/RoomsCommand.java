package io.teahouse.tool.load;

import static io.teahouse.tool.ToolFailure.require;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "rooms",
        mixinStandardHelpOptions = true,
        description = "Clients in many rooms send at fixed times, however fast the server is.")
final class RoomsCommand extends ScenarioCommand {
    @Option(
            names = {"--clients", "--members"},
            paramLabel = "N",
            description = "number of clients (${DEFAULT-VALUE})")
    private int clients = 100;

    @Option(names = "--room-size", paramLabel = "N", description = "clients per room (${DEFAULT-VALUE})")
    private int roomSize = 20;

    @Option(names = "--rate", paramLabel = "R", description = "messages per second per client (${DEFAULT-VALUE})")
    private double rate = 1;

    @Option(
            names = "--p99-limit",
            paramLabel = "MS",
            description = "find the highest rate, starting at --rate, whose p99 latency stays below this")
    private double p99Limit;

    @Mixin
    private TimingOptions timing = new TimingOptions();

    @Override
    Scenario scenario() {
        require(roomSize >= 1 && clients >= 1 && clients <= MOST_CLIENTS, "--clients and --room-size: at least 1");
        require(clients % roomSize == 0, "--clients: a multiple of --room-size");
        require(rate > 0 && p99Limit >= 0, "--rate: above 0");
        return new RoomsScenario(new RoomsPlan(clients, roomSize, rate, timing.timing()), p99Limit);
    }
}
