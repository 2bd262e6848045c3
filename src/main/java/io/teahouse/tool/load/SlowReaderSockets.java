package io.teahouse.tool.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The server's ends of the connections of clients that do not read, from {@code /proc/net/tcp}: such a client cannot
 * notice by itself that the server has disconnected it. Linux only.
 */
final class SlowReaderSockets {
    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
    private static final String ESTABLISHED = "01";

    private final String serverPort;
    private final Set<String> clients = new HashSet<>();

    /** How many connections are still established, and the bytes in their send queues in the server's kernel. */
    record State(int established, long queued) {}

    SlowReaderSockets(int serverPort, List<Client> slow) throws IOException {
        this.serverPort = String.format(Locale.ROOT, ":%04X", serverPort);
        for (Client client : slow) {
            clients.add(hex(client.connection().localAddress()));
        }
    }

    static boolean isReadable() {
        return Files.isReadable(TABLES.get(0));
    }

    /** Columns (proc(5)): slot, local address, remote address, state, send queue:receive queue, … */
    State read() throws IOException {
        int established = 0;
        long queued = 0;
        for (Path table : TABLES) {
            if (!Files.isReadable(table)) {
                continue;
            }
            for (String line : Files.readAllLines(table)) {
                String[] column = line.strip().split(" +", 6);
                if (column[1].endsWith(serverPort) && column[3].equals(ESTABLISHED) && isSlow(column[2])) {
                    established++;
                    queued += Long.parseLong(column[4].substring(0, column[4].indexOf(':')), 16);
                }
            }
        }
        return new State(established, queued);
    }

    /** In the table of IPv6, an IPv4 address is the last eight digits. */
    private boolean isSlow(String remote) {
        return clients.contains(remote.substring(Math.max(0, remote.length() - "0200007F:0000".length())));
    }

    /** As the kernel prints it: the address as a little-endian word, the port as a number. */
    private static String hex(InetSocketAddress address) {
        InetAddress host = address.getAddress();
        byte[] b = host.getAddress();
        return String.format(Locale.ROOT, "%02X%02X%02X%02X:%04X", b[3], b[2], b[1], b[0], address.getPort());
    }
}
