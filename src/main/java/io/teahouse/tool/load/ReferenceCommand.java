package io.teahouse.tool.load;

import static io.teahouse.tool.ToolFailure.require;

import io.teahouse.tool.ToolCommand;
import io.teahouse.tool.ToolFailure;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "reference",
        mixinStandardHelpOptions = true,
        description = "Runs a minimal room server to compare with: plain protocol, /join ROOM, no checks.")
final class ReferenceCommand extends ToolCommand {
    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "port on loopback; 0: any free port (${DEFAULT-VALUE})")
    private int port = 7000;

    @Option(
            names = "--max-queue",
            paramLabel = "BYTES",
            description = "longest send queue of a client; beyond that it is disconnected (${DEFAULT-VALUE})")
    private int maxQueue = ReferenceServer.MAX_QUEUE;

    ReferenceCommand() {
        super(LoadCommand.NAME, ToolFailure.BAD_ARGUMENTS);
    }

    @Override
    protected int run(PrintWriter out, PrintWriter err) {
        require(port >= 0 && port < 1 << 16, "--port: 0 to 65535");
        require(maxQueue > 0 && maxQueue <= 1 << 29, "--max-queue: 1 to 536870912");
        try (ReferenceServer server = ReferenceServer.open(port, maxQueue)) {
            out.println("reference listening on 127.0.0.1:" + server.port());
            out.flush();
            server.run();
            return 0;
        } catch (IOException e) {
            throw ToolFailure.badArguments("port " + port + ": " + e.getMessage());
        }
    }
}
