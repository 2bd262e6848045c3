package io.teahouse.tool.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.teahouse.tool.ToolFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A server that runs as a process of its own, from its start to its end. Thread-safe. */
public final class ServerProcess implements AutoCloseable {
    /** The options of the JVM in {@code bin/teahouse}. */
    public static final List<String> USUAL_OPTIONS = List.of(
            "-XX:+ExitOnOutOfMemoryError", "-XX:+UseParallelGC", "-Xmn32m", "-Xms160m", "-XX:MetaspaceSize=64m");

    private static final String LISTENING = " listening on 127.0.0.1:";
    private static final String LOG = "server.log";
    private static final int LOG_LINES_SHOWN = 5;
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(15);
    private static final double NANOS_PER_MILLI = 1e6;

    private final Path log;
    private final long startedNanos = System.nanoTime();
    private final Process process;
    private final CompletableFuture<Map<String, Integer>> ready = new CompletableFuture<>();
    private volatile double startMillis;

    /**
     * Starts a server.
     *
     * @param folder its working directory; its log is appended to {@code server.log} there
     * @param java options of its JVM
     * @param settings as {@code teahouse.name=value}
     */
    public ServerProcess(Path jar, Path folder, List<String> java, List<String> settings) throws IOException {
        log = folder.resolve(LOG);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(java);
        settings.forEach(setting -> command.add("-D" + setting));
        command.addAll(List.of("-jar", jar.toString()));
        process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        Thread reader = new Thread(this::listen, "server-output-" + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * The jar that this program is run from.
     *
     * @param command for the hint to the user, if it is run from classes instead
     */
    public static Path jar(String command) {
        try {
            CodeSource source = ServerProcess.class.getProtectionDomain().getCodeSource();
            Path path =
                    source == null ? Path.of("") : Path.of(source.getLocation().toURI());
            if (!Files.isRegularFile(path)) {
                throw ToolFailure.badArguments(
                        "run it from the finished jar: java -jar target/teahouse.jar " + command);
            }
            return path;
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private void listen() {
        Map<String, Integer> ports = new HashMap<>();
        try (BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                int at = line.indexOf(LISTENING);
                if (at > 0) {
                    ports.put(line.substring(0, at), Integer.parseInt(line.substring(at + LISTENING.length())));
                } else if (line.equals("ready")) {
                    startMillis = (System.nanoTime() - startedNanos) / NANOS_PER_MILLI;
                    ready.complete(Map.copyOf(ports));
                }
            }
        } catch (IOException e) {
            // The process has ended; handled below like the end of its output.
        }
        ready.completeExceptionally(new IOException("the process ended"));
    }

    /**
     * Waits until the server is ready; returns its ports by the names of their listeners.
     *
     * @throws IOException when it ends instead, or takes longer than {@code patience}; the message has the end of its log
     */
    public Map<String, Integer> awaitReady(Duration patience) throws IOException, InterruptedException {
        try {
            return ready.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException("the server stopped during its start: " + logTail(), e);
        } catch (TimeoutException e) {
            throw new IOException("the server is not ready after " + patience.toMillis() + " ms: " + logTail(), e);
        }
    }

    /** The last lines of its log, on one line. */
    public String logTail() throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join(" | ", lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size()));
    }

    /** Milliseconds from its launch until it was ready. */
    public double startMillis() {
        return startMillis;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Kills the process ({@code kill -9}); does not wait for its end. */
    public void kill() {
        process.destroyForcibly();
    }

    /** Asks the server to stop (SIGTERM); does not wait for its end. */
    public void terminate() {
        process.destroy();
    }

    /** Stops the process where it is (SIGSTOP): it does nothing until it is {@linkplain #resume resumed}, and its sockets stay open. */
    public void pause() throws IOException {
        signal("STOP");
    }

    /** SIGCONT. */
    public void resume() throws IOException {
        signal("CONT");
    }

    private void signal(String name) throws IOException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .redirectErrorStream(true)
                .start();
    }

    /** Only after its end. */
    public int exitCode() {
        return process.exitValue();
    }

    /** Waits for the end of the process; false if it has not come within {@code patience}. */
    public boolean awaitEnd(Duration patience) throws InterruptedException {
        return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Stops the server by SIGTERM, as an operator does; kills it if that takes too long. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!awaitEnd(STOP_TIMEOUT)) {
                kill();
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }
}
