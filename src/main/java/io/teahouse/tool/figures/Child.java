package io.teahouse.tool.figures;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server of somebody else, as a process that is known by its port. */
final class Child implements RunningServer {
    private static final Duration TO_START = Duration.ofSeconds(20);
    private static final Duration TO_STOP = Duration.ofSeconds(10);
    private static final int PAUSE_MILLIS = 20;
    private static final int LOG_SHOWN = 400;

    private final Process process;
    private final int port;
    private final Path log;

    private Child(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /**
     * Starts a program, and waits until its port takes connections.
     *
     * @param processes ends it with this program
     * @param folder its working directory, where its output goes
     */
    static Child start(Processes processes, Path folder, int port, List<String> command)
            throws IOException, InterruptedException {
        Path log = folder.resolve("output.log");
        Process process = processes.start(() -> new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start());
        Child child = new Child(process, port, log);
        try {
            child.awaitPort();
            return child;
        } catch (IOException | InterruptedException e) {
            child.close();
            throw e;
        }
    }

    private void awaitPort() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TO_START.toNanos();
        while (true) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return;
            } catch (IOException e) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    throw new IOException("it takes no connections: " + logTail(), e);
                }
            }
            process.waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private String logTail() throws IOException {
        String text = Files.readString(log, StandardCharsets.ISO_8859_1).strip().replace('\n', ' ');
        return text.substring(Math.max(0, text.length() - LOG_SHOWN));
    }

    /** A port of the loopback address that is free now, for programs that cannot be asked which one they have taken. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public List<Long> pids() {
        return List.of(process.pid());
    }

    @Override
    public void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(TO_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
