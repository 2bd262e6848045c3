package io.teahouse.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node is stopped, and its clients come back at another one. {@code -Ddrain.clients=10000} measures more of them, after as many
 * others of {@code -Ddrain.warm=10000} have come to that one and left, as after some time of real use; {@code -Ddrain.output=on} prints
 * the figures.
 */
class ClusterDrainIT {
    private static final int CLIENTS = Integer.getInteger("drain.clients", 300);
    private static final int WARM = Integer.getInteger("drain.warm", 0);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int STOP_SECONDS = 35;
    private static final Duration PROBE_INTERVAL = Duration.ofMillis(10);

    @TempDir
    private Path folder;

    /** IRC clients on one thread, each of which connects again, at another port, when its connection ends. */
    private static final class Clients implements AutoCloseable {
        private final Selector selector = Selector.open();
        private final ByteBuffer buffer = ByteBuffer.allocate(1 << 14);
        private int port;
        private int registered;
        private int told;

        Clients(int port) throws IOException {
            this.port = port;
        }

        private static final class Client {
            final String nick;
            final StringBuilder read = new StringBuilder();

            Client(String nick) {
                this.nick = nick;
            }
        }

        void connect(String nick) throws IOException {
            SocketChannel channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.register(selector, SelectionKey.OP_CONNECT, new Client(nick));
        }

        /** Connects so many, a hundred at a time, and waits until they have registered. */
        void connect(String prefix, int count) throws IOException {
            for (int i = 0; i < count; i++) {
                connect(prefix + i);
                if (i % 100 == 0) {
                    awaitRegistered(Math.max(0, i - 100));
                }
            }
            awaitRegistered(count);
        }

        /** Runs until that many have registered. Returns when, in nanoseconds. */
        long awaitRegistered(int count) throws IOException {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (registered < count) {
                assertThat(System.nanoTime()).as(registered + " of " + count).isLessThan(end);
                selector.select(100);
                for (SelectionKey key : selector.selectedKeys()) {
                    serve(key, (Client) key.attachment());
                }
                selector.selectedKeys().clear();
            }
            return System.nanoTime();
        }

        private void serve(SelectionKey key, Client client) throws IOException {
            SocketChannel channel = (SocketChannel) key.channel();
            if (key.isConnectable()) {
                channel.finishConnect();
                key.interestOps(SelectionKey.OP_READ);
                channel.write(US_ASCII.encode("NICK " + client.nick + "\r\nUSER " + client.nick + " 0 * :x\r\n"));
            } else if (key.isReadable()) {
                buffer.clear();
                if (channel.read(buffer) < 0) {
                    channel.close();
                    connect(client.nick);
                    return;
                }
                client.read.append(US_ASCII.decode(buffer.flip()));
                int line;
                while ((line = client.read.indexOf("\n")) >= 0) {
                    take(client.read.substring(0, line));
                    client.read.delete(0, line + 1);
                }
            }
        }

        private void take(String line) {
            if (line.contains(" 001 ")) {
                registered++;
            } else if (line.startsWith("ERROR ") && line.contains("connect again")) {
                told++;
            }
        }

        @Override
        public void close() throws IOException {
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        }
    }

    /** How long somebody on another node waits for the answers to their messages. */
    private static final class Probe implements AutoCloseable {
        private final Peer peer;
        private final List<Long> waits = Collections.synchronizedList(new ArrayList<>());
        private final CompletableFuture<Void> talk;
        private final CountDownLatch over = new CountDownLatch(1);

        Probe(int port) {
            peer = Peer.irc("probe", port);
            peer.say("CAP REQ :echo-message");
            peer.until(" ACK ");
            peer.say("JOIN #probe");
            peer.until(" 366 ");
            talk = CompletableFuture.runAsync(this::run, task -> new Thread(task, "drain-probe").start());
        }

        private void run() {
            try {
                do {
                    long start = System.nanoTime();
                    peer.say("PRIVMSG #probe :x");
                    peer.until("PRIVMSG");
                    waits.add(System.nanoTime() - start);
                } while (!over.await(PROBE_INTERVAL.toMillis(), TimeUnit.MILLISECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** Of those since the last call. */
        Duration p99() {
            List<Long> sorted = new ArrayList<>(waits);
            waits.clear();
            Collections.sort(sorted);
            return sorted.isEmpty() ? Duration.ZERO : Duration.ofNanos(sorted.get((sorted.size() - 1) * 99 / 100));
        }

        @Override
        public void close() {
            over.countDown();
            talk.join();
            peer.close();
        }
    }

    @Test
    void theClientsOfANodeThatIsStoppedComeBackElsewhere() throws IOException, InterruptedException {
        String[] options = {
            "-Dteahouse.flood.enabled=off",
            "-Xmx512m",
            "-Dteahouse.limits.max-connections=30000",
            "-Dteahouse.limits.max-connections-per-address=30000",
            "-Dteahouse.limits.max-connections-per-network=30000"
        };
        try (ClusterProcesses cluster = ClusterProcesses.start(2, folder, options);
                Clients clients = new Clients(cluster.node(0).port("irc"));
                Probe probe = new Probe(cluster.node(1).port("irc"))) {
            try (Clients others = new Clients(cluster.node(1).port("irc"))) {
                others.connect("other", WARM);
            }
            clients.connect("user", CLIENTS);
            Duration before = probe.p99();
            clients.port = cluster.node(1).port("irc");
            long start = System.nanoTime();
            cluster.node(0).terminate();
            long back = clients.awaitRegistered(2 * CLIENTS);
            Duration during = probe.p99();
            assertThat(clients.told).isEqualTo(CLIENTS);
            assertThat(cluster.node(0).exitCode(STOP_SECONDS)).isZero();
            if (System.getProperty("drain.output") != null) {
                System.out.println(CLIENTS + " clients are back after "
                        + Duration.ofNanos(back - start).toMillis()
                        + " ms; p99 of another one: " + before.toMillis() + " ms before, " + during.toMillis()
                        + " ms meanwhile");
            }
        }
    }

    @Test
    void anOperatorDrainsANode() throws IOException, InterruptedException {
        String token = "the token of boss";
        String[] options = {
            "-Dteahouse.admin.token=" + token,
            "-Dteahouse.irc.operators.0.name=root",
            "-Dteahouse.irc.operators.0.password=secret"
        };
        try (ClusterProcesses cluster = ClusterProcesses.start(3, folder, options)) {
            ClusterProcesses.Node first = cluster.node(0);
            ClusterProcesses.Node second = cluster.node(1);
            AdminClient last = new AdminClient(cluster.node(2).port("admin"));
            try (Peer ann = Peer.irc("ann", first.port("irc"))) {
                HttpResponse<String> answer =
                        new AdminClient(first.port("admin")).post("/v1/drain", token, "{\"reason\": \"upgrade\"}");
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                assertThat(ann.until("ERROR ")).contains("connect again to reach another one");
                assertThat(first.exitCode(STOP_SECONDS)).isZero();
            }
            try (Peer bob = Peer.irc("bob", second.port("irc"))) {
                bob.say("OPER root secret");
                bob.until(" 381 bob ");
                bob.say("DRAIN :upgrade");
                bob.until("NOTICE bob :This node sends its clients to the others within 20 s");
                assertThat(bob.until("ERROR ")).contains("connect again to reach another one");
                assertThat(second.exitCode(STOP_SECONDS)).isZero();
            }
            cluster.node(2).awaitLog("cluster: member left: " + second.address());
            try (ServerProcess refused = ServerProcess.tool(
                    folder,
                    "drain",
                    "--token",
                    token,
                    "--url",
                    "http://127.0.0.1:" + cluster.node(2).port("admin"))) {
                assertThat(refused.exitCode(STOP_SECONDS)).isEqualTo(2);
                assertThat(refused.errors()).contains("no other node of the cluster can take the clients");
            }
            assertThat(last.status("/health/ready")).isEqualTo(200);
            assertThat(last.send("GET", "/v1/audit", token).body())
                    .contains("\"power\":\"drain\"", "\"why\":\"upgrade\"", "\"way\":\"irc\"", "\"way\":\"command\"");
        }
    }
}
