package io.teahouse.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.teahouse.wire.irc.ConfiguredPassword;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * What attacks cost everybody else: the time from PING to PONG of an IRC client that has nothing to do with them, without and
 * with the attack, against a server in a process of its own. No test; prints one line for each attack. Run by
 *
 * <pre>mvn -q test-compile exec:java -Dexec.classpathScope=test -Dexec.mainClass=io.teahouse.server.AttackFigures</pre>
 *
 * Arguments: the names of attacks; none means all. {@code -Dteahouse.jar=target/teahouse.jar} measures the finished jar.
 */
final class AttackFigures {
    private static final int LINES = 1000;
    private static final int WARM_SECONDS = 15;
    private static final int MEASURED_SECONDS = 20;

    /** As many of one address may connect at once ({@code flood.connects-burst}), and some for those that are cut off. */
    private static final int MOST_AT_ONCE = 171;

    private static final int PING_MILLIS = 100; // as fast as the flood guard lets it

    /** Something that is done to the server from several connections. */
    private enum Attack {
        /** Eight clients of one address ask for all that was said, as fast as they are answered. */
        HISTORY(8, 256),
        /** Clients of one address, or three of one network, ask for all that was said and read nothing. */
        SILENT100(100, 96),
        SILENT512(512, 96),
        /** Eight clients look for people by wild cards among 500. */
        WHO(8, 256),
        /** Eight clients of eight addresses guess the password of an operator, which is hashed. */
        OPER(8, 256),
        /** 24 clients of three addresses guess the password of an account. */
        LOGIN(24, 256),
        /** Three clients of three addresses open one room after the other. */
        ROOMS(3, 256);

        final int clients;
        final int heap;

        Attack(int clients, int heap) {
            this.clients = clients;
            this.heap = heap;
        }
    }

    private static final AtomicInteger ROOMS = new AtomicInteger();
    private static volatile boolean over;

    private AttackFigures() {}

    public static void main(String[] names) throws Exception {
        List<String> wanted = List.of(names);
        for (Attack attack : Attack.values()) {
            if (wanted.isEmpty() || wanted.contains(attack.name().toLowerCase(Locale.ROOT))) {
                run(attack);
            }
        }
        System.exit(0);
    }

    private static void run(Attack attack) throws Exception {
        Path folder = Files.createTempDirectory("attack");
        over = false;
        try (ServerProcess server = ServerProcess.launch(
                folder,
                "-XX:TieredStopAtLevel=4",
                "-Xmx" + attack.heap + "m",
                "-Dteahouse.plain.port=0",
                "-Dteahouse.plain.history-lines=0",
                "-Dteahouse.irc.operators.0.name=root",
                "-Dteahouse.irc.operators.0.password=" + ConfiguredPassword.hash("long and secret"))) {
            Map<String, Integer> ports = server.awaitPorts();
            fill(ports.get("plain"));
            if (attack == Attack.WHO) {
                crowd(ports.get("irc"));
            }
            Pings pings = new Pings(ports.get("irc"));
            pings.measure(WARM_SECONDS);
            String before = pings.measure(MEASURED_SECONDS);
            begin(attack, ports);
            pings.measure(WARM_SECONDS);
            String with = pings.measure(MEASURED_SECONDS);
            System.out.println(attack.name().toLowerCase(Locale.ROOT) + ": without " + before + "; with " + with);
        } finally {
            over = true;
        }
    }

    private static void fill(int port) throws IOException {
        for (int i = 0; i < LINES / 25; i++) {
            try (Socket writer = connect("127.2." + i + ".1", port, 0)) {
                writer.getOutputStream()
                        .write(("writer" + i + "\n" + ("x".repeat(100) + "\n").repeat(25)).getBytes(US_ASCII));
                BufferedReader in = new BufferedReader(new InputStreamReader(writer.getInputStream(), US_ASCII));
                for (int seen = 0; seen < 25; ) {
                    seen += in.readLine().startsWith("writer" + i + ": ") ? 1 : 0;
                }
            }
        }
    }

    private static void crowd(int port) throws IOException {
        List<Socket> people = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            Socket one = connect("127.3." + i % 100 + ".1", port, 0);
            one.getOutputStream()
                    .write(("NICK crowd" + i + "\r\nUSER c 0 * :somebody of a crowd\r\n").getBytes(US_ASCII));
            people.add(one);
        }
        readFrom(people.get(0), " 001 ");
    }

    private static void readFrom(Socket socket, String until) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
        String line = in.readLine();
        while (!line.contains(until)) {
            line = in.readLine();
        }
    }

    private static Socket connect(String from, int port, int receiveBuffer) throws IOException {
        Socket socket = new Socket();
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.bind(new InetSocketAddress(from, 0));
        socket.connect(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
        return socket;
    }

    private static void begin(Attack attack, Map<String, Integer> ports) {
        for (int i = 0; i < attack.clients; i++) {
            int number = i;
            Thread attacker = new Thread(() -> {
                while (!over) {
                    try {
                        switch (attack) {
                            case HISTORY -> ask(0, number, ports.get("plain"), () -> "/history 1000");
                            case WHO -> ask(0, number, ports.get("irc"), () -> "WHO *a*b*?");
                            case OPER -> ask(number, number, ports.get("irc"), () -> "OPER root guess");
                            case LOGIN -> ask(number % 3, number, ports.get("plain"), () -> "/login ann guessed-it");
                            case ROOMS ->
                                ask(number, number, ports.get("irc"), () -> "JOIN #r" + ROOMS.incrementAndGet());
                            case SILENT100, SILENT512 -> beSilent(number, ports.get("plain"));
                        }
                    } catch (IOException e) {
                        for (int pauses = 0; pauses < 30 && !over; pauses++) {
                            pause(); // cut off, or refused: again, but how fast one may connect is another matter
                        }
                    }
                }
            });
            attacker.setDaemon(true);
            attacker.start();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads all that comes, and always has some requests waiting: of the plain door if they begin with a slash, else of IRC. */
    private static void ask(int address, int number, int port, Supplier<String> request) throws IOException {
        try (Socket socket = connect("127.0.0." + (2 + address), port, 0)) {
            StringBuilder first = new StringBuilder(
                    request.get().startsWith("/")
                            ? "a" + number + "\r\n"
                            : "NICK a" + number + "\r\nUSER a 0 * :a\r\n");
            for (int i = 0; i < 20; i++) {
                first.append(request.get()).append("\r\n");
            }
            socket.getOutputStream().write(first.toString().getBytes(US_ASCII));
            byte[] read = new byte[64 * 1024];
            socket.setSoTimeout(200);
            while (!over) {
                try {
                    if (socket.getInputStream().read(read) < 0) {
                        return;
                    }
                } catch (java.net.SocketTimeoutException e) {
                    socket.getOutputStream().write((request.get() + "\r\n").getBytes(US_ASCII));
                }
            }
        }
    }

    private static void beSilent(int number, int port) throws IOException {
        try (Socket socket = connect("127.1.0." + (1 + number / MOST_AT_ONCE), port, 4096)) {
            socket.getOutputStream().write(("s" + number + "\n" + "/history 1000\n".repeat(20)).getBytes(US_ASCII));
            while (!over) {
                pause();
                socket.getOutputStream().write("/help\n".getBytes(US_ASCII)); // fails when it has been cut off
                for (int i = 0; i < 9; i++) {
                    pause();
                }
            }
        }
    }

    /** One client that is asked for nothing but PONG. */
    private static final class Pings {
        private final Socket socket;
        private final BufferedReader in;

        Pings(int port) throws IOException {
            socket = connect("127.0.0.1", port, 0);
            socket.setTcpNoDelay(true);
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
            socket.getOutputStream().write("NICK uninvolved\r\nUSER u 0 * :u\r\n".getBytes(US_ASCII));
            readUntil(" 001 ");
        }

        private void readUntil(String wanted) throws IOException {
            String line = in.readLine();
            while (!line.contains(wanted)) {
                line = in.readLine();
            }
        }

        String measure(int seconds) throws IOException, InterruptedException {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            long[] nanos = new long[seconds * 1000 / PING_MILLIS + 1];
            int count = 0;
            long next = System.nanoTime();
            while (System.nanoTime() < end && count < nanos.length) {
                long began = System.nanoTime();
                socket.getOutputStream().write(("PING " + count + "\r\n").getBytes(US_ASCII));
                readUntil("PONG");
                nanos[count++] = System.nanoTime() - began;
                next += TimeUnit.MILLISECONDS.toNanos(PING_MILLIS);
                TimeUnit.NANOSECONDS.sleep(Math.max(0, next - System.nanoTime()));
            }
            long[] sorted = Arrays.copyOf(nanos, count);
            Arrays.sort(sorted);
            return String.format(
                    Locale.ROOT,
                    "p50 %.2f ms, p99 %.2f ms, max %.2f ms",
                    sorted[count / 2] / 1e6,
                    sorted[count * 99 / 100] / 1e6,
                    sorted[count - 1] / 1e6);
        }
    }
}
