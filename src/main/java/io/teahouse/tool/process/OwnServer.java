package io.teahouse.tool.process;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One server process, from its start to its end. Thread-safe. */
public final class OwnServer implements AutoCloseable {
    private static final String LISTENING = " listening on 127.0.0.1:";
    private static final String LOG = "server.log";
    private static final int LINES_TOLD = 5;
    private static final Duration TO_END = Duration.ofSeconds(15);
    private static final double NANOS_PER_MILLI = 1e6;

    private final Path log;
    private final long began = System.nanoTime();
    private final Process process;
    private final CompletableFuture<Map<String, Integer>> ready = new CompletableFuture<>();
    private volatile double millis;

    /**
     * Starts it.
     *
     * @param folder where it works; its log is added to {@code server.log} there
     * @param java the options of its JVM
     * @param settings as {@code teahouse.name=value}
     */
    public OwnServer(Path jar, Path folder, List<String> java, List<String> settings) throws IOException {
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

    /** The jar that this is run from; empty when it is run from classes. */
    public static Optional<Path> jar() {
        try {
            CodeSource source = OwnServer.class.getProtectionDomain().getCodeSource();
            return source == null
                    ? Optional.empty()
                    : Optional.of(Path.of(source.getLocation().toURI())).filter(Files::isRegularFile);
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
                    millis = (System.nanoTime() - began) / NANOS_PER_MILLI;
                    ready.complete(Map.copyOf(ports));
                }
            }
        } catch (IOException e) {
            // Its end: what follows is the same.
        }
        ready.completeExceptionally(new IOException("it ended"));
    }

    /**
     * The ports of its doors, by their names, when it is ready.
     *
     * @throws IOException when it ends instead, or takes too long; says what it told last
     */
    public Map<String, Integer> awaitReady(Duration patience) throws IOException, InterruptedException {
        try {
            return ready.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException("the server ended while it started: " + lastWords(), e);
        } catch (TimeoutException e) {
            throw new IOException("the server is not ready after " + patience.toMillis() + " ms: " + lastWords(), e);
        }
    }

    /** The end of its log. */
    public String lastWords() throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join(" | ", lines.subList(Math.max(0, lines.size() - LINES_TOLD), lines.size()));
    }

    /** From its launch until it was ready. */
    public double startMillis() {
        return millis;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** {@code kill -9}; does not wait. */
    public void kill() {
        process.destroyForcibly();
    }

    /** False: it is not gone after so long. */
    public boolean awaitEnd(Duration patience) throws InterruptedException {
        return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends it as an operator does. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!awaitEnd(TO_END)) {
                kill();
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }
}
