package io.teahouse.tool.load;

import static io.teahouse.tool.ToolFailure.require;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "return",
        mixinStandardHelpOptions = true,
        description = {
            "Clients join rooms and say so on standard error. When the server has been killed and started again at the same port,",
            "they come back: measures how long that takes, from the end of the last connection."
        })
final class ReturnCommand extends ScenarioCommand {
    @Option(names = "--clients", paramLabel = "N", description = "number of clients (${DEFAULT-VALUE})")
    private int clients = 100;

    @Option(names = "--rooms", paramLabel = "N", description = "number of rooms (${DEFAULT-VALUE})")
    private int rooms = 10;

    @Override
    Scenario scenario() {
        require(clients >= 1 && clients <= MOST_CLIENTS && rooms >= 1, "--clients and --rooms: at least 1");
        return new ReturnScenario(clients, rooms);
    }
}
