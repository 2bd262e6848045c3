package io.teahouse.tool.load;

import static io.teahouse.tool.ToolFailure.require;

import io.teahouse.tool.ToolFailure;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options for the server, its protocol, the clients and the timeouts. */
final class TargetOptions {
    private static final int LONGEST_TEXT = 400;
    private static final int MOST_SOURCES = 60_000;

    @Option(names = "--host", paramLabel = "ADDRESS", description = "the server's IPv4 address (${DEFAULT-VALUE})")
    private String host = "127.0.0.1";

    @Option(
            names = "--port",
            paramLabel = "PORT",
            split = ",",
            description =
                    "the server's port; the clients take several ones, as of a cluster, in turn (${DEFAULT-VALUE})")
    private List<Integer> ports = new ArrayList<>(List.of(25_555));

    @Option(
            names = "--proto",
            paramLabel = "plain|irc|web",
            description = "protocol; web is IRC over WebSocket (${DEFAULT-VALUE})")
    private String proto = "plain";

    @Option(
            names = "--plain-join",
            paramLabel = "FORMAT",
            description = "plain: the line to send after the name; %%d is the room's number")
    private String join = "";

    @Option(
            names = "--plain-ack",
            paramLabel = "TEXT",
            description = "plain: a client is registered when a line contains TEXT (default: at once)")
    private String ack = "";

    @Option(
            names = "--irc-caps",
            paramLabel = "LIST",
            description = "irc, web: capabilities that every second client requests, separated by spaces")
    private String capabilities = "";

    @Option(
            names = "--src",
            paramLabel = "N",
            description = "number of source addresses, from 127.0.0.2 on (${DEFAULT-VALUE})")
    private int sources = 16;

    @Option(
            names = "--conc",
            paramLabel = "N",
            description = "clients that register at the same time (${DEFAULT-VALUE})")
    private int concurrency = 64;

    @Option(
            names = "--bytes",
            paramLabel = "N",
            description = "bytes of text per message, 33 to 400 (${DEFAULT-VALUE})")
    private int bytes = 64;

    @Option(
            names = "--reg-timeout",
            paramLabel = "S",
            description = "seconds for all clients to register (${DEFAULT-VALUE})")
    private double registerSeconds = 60;

    @Option(names = "--deadline", paramLabel = "S", description = "seconds for the whole run (${DEFAULT-VALUE})")
    private double deadlineSeconds = 200;

    Target target() {
        require(ports.stream().allMatch(port -> port > 0 && port < 1 << 16), "--port: 1 to 65535");
        require(sources >= 1 && sources <= MOST_SOURCES, "--src: 1 to " + MOST_SOURCES);
        require(concurrency >= 1, "--conc: at least 1");
        require(bytes >= MessageHeader.LENGTH && bytes <= LONGEST_TEXT, "--bytes: 33 to 400");
        require(registerSeconds > 0 && deadlineSeconds > 0, "--reg-timeout and --deadline: above 0");
        return new Target(
                addresses(),
                dialect(),
                sources,
                concurrency,
                bytes,
                RunClock.nanos(registerSeconds),
                RunClock.nanos(deadlineSeconds));
    }

    private List<InetSocketAddress> addresses() {
        try {
            InetAddress address = InetAddress.getByName(host);
            require(address.getAddress().length == 4, "--host: an IPv4 address");
            return ports.stream()
                    .map(port -> new InetSocketAddress(address, port))
                    .toList();
        } catch (UnknownHostException e) {
            throw ToolFailure.badArguments("--host: unknown host " + host);
        }
    }

    private Dialect dialect() {
        require(List.of("plain", "irc", "web").contains(proto), "--proto: plain, irc or web");
        int number = join.indexOf("%d");
        require(
                join.isEmpty() || (number >= 0 && join.indexOf('%', number + 1) < 0 && join.indexOf('%') == number),
                "--plain-join: exactly one %d");
        IrcDialect irc = new IrcDialect(capabilities, 2);
        return switch (proto) {
            case "irc" -> irc;
            case "web" -> new WebDialect(host + ":" + ports.get(0), irc);
            default -> new PlainDialect(join, ack);
        };
    }
}
