package io.teahouse.tool.load;

import static io.teahouse.tool.load.LoadFailure.require;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "reference",
        mixinStandardHelpOptions = true,
        description = "The least a room server can do, to compare with: plain protocol, /join ROOM, no checks.")
final class ReferenceCommand implements Callable<Integer> {
    @Option(names = "--port", paramLabel = "PORT", description = "port on loopback, 0: any (${DEFAULT-VALUE})")
    private int port = 7000;

    @Option(
            names = "--max-queue",
            paramLabel = "BYTES",
            description = "a client with more than this waiting is cut off (${DEFAULT-VALUE})")
    private int maxQueue = ReferenceServer.MAX_QUEUE;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try {
            require(port >= 0 && port < 1 << 16, "--port: 0 to 65535");
            require(maxQueue > 0 && maxQueue <= 1 << 29, "--max-queue: 1 to 536870912");
            try (ReferenceServer server = ReferenceServer.open(port, maxQueue)) {
                out.println("reference listening on 127.0.0.1:" + server.port());
                out.flush();
                server.run();
            }
            return 0;
        } catch (LoadFailure e) {
            err.println("load: " + e.getMessage());
            return e.exitCode();
        } catch (IOException e) {
            err.println("load: port " + port + ": " + e.getMessage());
            return LoadFailure.BAD_ARGUMENTS;
        }
    }
}
