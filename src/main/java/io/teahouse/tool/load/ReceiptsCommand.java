package io.teahouse.tool.load;

import static io.teahouse.tool.ToolFailure.require;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "receipts",
        mixinStandardHelpOptions = true,
        description = "Clients in many rooms wait for receipts: their own messages, in IRC by echo-message.")
final class ReceiptsCommand extends ScenarioCommand {
    @Option(names = "--clients", paramLabel = "N", description = "number of clients (${DEFAULT-VALUE})")
    private int clients = 100;

    @Option(names = "--rooms", paramLabel = "N", description = "number of rooms (${DEFAULT-VALUE})")
    private int rooms = 10;

    @Option(
            names = "--window",
            paramLabel = "N",
            description = "messages that each client keeps in flight (${DEFAULT-VALUE})")
    private int window = 1;

    @Option(
            names = "--rate",
            paramLabel = "R",
            description = "instead of --window: messages per second per client, sent at fixed times")
    private double rate;

    @Mixin
    private TimingOptions timing = new TimingOptions();

    @Override
    Scenario scenario() {
        require(clients >= 1 && clients <= MOST_CLIENTS, "--clients: 1 to " + MOST_CLIENTS);
        require(rooms >= 1 && rooms <= clients, "--rooms: 1 to the number of clients");
        require(window >= 1 && rate >= 0, "--window: at least 1; --rate: at least 0");
        return new ReceiptsScenario(new ReceiptsPlan(clients, rooms, window, rate, timing.timing()));
    }

    @Override
    Target aim(Target target) {
        return target.withReceipts();
    }
}
