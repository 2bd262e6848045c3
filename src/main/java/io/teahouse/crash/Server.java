package io.teahouse.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One server process, from its start to its sudden end. */
final class Server implements AutoCloseable {
    private static final String LISTENING = " listening on 127.0.0.1:";
    private static final String LOG = "server.log";
    private static final int LINES_TOLD = 5;
    private static final int SECONDS_TO_DIE = 10;
    private static final double NANOS_PER_MILLI = 1e6;

    private final Path folder;
    private final int number;
    private final long began = System.nanoTime();
    private final Process process;
    private final CompletableFuture<Life> ready = new CompletableFuture<>();
    private volatile double millis;

    /** @param number the how-manieth of its run, from 1 */
    Server(Plan plan, int number) throws IOException {
        folder = plan.folder();
        this.number = number;
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m"));
        plan.settings().forEach(setting -> command.add("-D" + setting));
        command.addAll(List.of("-jar", plan.jar().toString()));
        process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(
                        ProcessBuilder.Redirect.appendTo(folder.resolve(LOG).toFile()))
                .start();
        Thread reader = new Thread(this::listen, "crash-server-" + number);
        reader.setDaemon(true);
        reader.start();
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
                    ready.complete(new Life(number, ports.getOrDefault("irc", 0), ports.getOrDefault("plain", 0)));
                }
            }
        } catch (IOException e) {
            // Its end: what follows is the same.
        }
        ready.completeExceptionally(new IOException("it ended"));
    }

    /** @throws IOException when it ends instead, or takes too long; says what it told last */
    Life awaitReady(Duration patience) throws IOException, InterruptedException {
        try {
            return ready.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException("the server ended while it started: " + lastWords(), e);
        } catch (TimeoutException e) {
            throw new IOException("the server is not ready after " + patience.toSeconds() + " s: " + lastWords(), e);
        }
    }

    /** The end of its log. */
    String lastWords() throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve(LOG));
        return String.join(" | ", lines.subList(Math.max(0, lines.size() - LINES_TOLD), lines.size()));
    }

    /** From its launch until it was ready. */
    double startMillis() {
        return millis;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** {@code kill -9}, and waits until it is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(SECONDS_TO_DIE, TimeUnit.SECONDS)) {
            throw CrashFailure.cannotRun("process " + process.pid() + " does not die");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
