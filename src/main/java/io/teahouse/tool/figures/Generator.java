package io.teahouse.tool.figures;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Runs the command {@code load} of this jar as a process of its own, and reads its figures. */
final class Generator {
    private static final int SECONDS = 200;
    private static final int ERROR_SHOWN = 300;

    private final Path jar;
    private final Processes processes;
    private final Path folder;
    private final Path archive;
    private boolean isArchived;

    /** @param folder for its output */
    Generator(Path jar, Processes processes, Path folder) {
        this.jar = jar;
        this.processes = processes;
        this.folder = folder;
        archive = folder.resolve("load.jsa");
    }

    /** The figures of one load, by the names that {@code load --json} gives them. */
    record Reading(Map<String, Double> figures) {
        /** NaN if it is missing. */
        double get(String name) {
            return figures.getOrDefault(name, Double.NaN);
        }
    }

    /** A load that runs. */
    static final class Load implements AutoCloseable {
        private final Process process;
        private final Path out;
        private final Path err;

        private Load(Process process, Path out, Path err) {
            this.process = process;
            this.out = out;
            this.err = err;
        }

        /** Whether a line of its standard error contains this. */
        boolean hasSaid(String part) throws IOException {
            return Files.readString(err).contains(part);
        }

        boolean isRunning() {
            return process.isAlive();
        }

        /**
         * Waits for its end; returns a reading for each load that it has put on the server.
         *
         * @throws IOException if it failed; the message has the end of its output
         */
        List<Reading> await() throws IOException, InterruptedException {
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("load takes longer than " + SECONDS + " s");
            }
            if (process.exitValue() != 0) {
                String why = Files.readString(err).strip().replace('\n', ' ');
                throw new IOException(why.substring(Math.max(0, why.length() - ERROR_SHOWN)));
            }
            List<Reading> readings = new ArrayList<>();
            for (String line : Files.readAllLines(out)) {
                readings.add(parse(line));
            }
            return readings;
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    /** Begins a load; {@code arguments} follow {@code load}. */
    Load start(List<String> arguments) throws IOException {
        Path out = Files.createTempFile(folder, "load", ".json");
        Path err = Files.createTempFile(folder, "load", ".log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-jar",
                jar.toString(),
                "load"));
        command.addAll(arguments);
        command.add("--json");
        if (Files.exists(archive)) {
            command.add(1, "-XX:SharedArchiveFile=" + archive);
        } else if (!isArchived) { // the first run, which warms the servers, writes it
            isArchived = true;
            command.addAll(1, List.of("-XX:ArchiveClassesAtExit=" + archive, "-Xlog:cds=off", "-Xlog:cds+dynamic=off"));
        }
        Process process = processes.start(() -> new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start());
        return new Load(process, out, err);
    }

    /**
     * Runs a load to its end.
     *
     * @param scenario the first word after {@code load}
     * @param options by name, without dashes
     */
    List<Reading> run(String scenario, Door door, Map<String, Object> options)
            throws IOException, InterruptedException {
        try (Load load = start(arguments(scenario, door, options))) {
            return load.await();
        }
    }

    /** The arguments for a load at this door. */
    static List<String> arguments(String scenario, Door door, Map<String, Object> options) {
        List<String> all = new ArrayList<>(List.of(
                scenario,
                "--proto=" + door.protocol(),
                "--port=" + door.ports().stream().map(String::valueOf).collect(Collectors.joining(",")),
                "--pid=" + door.pids().stream().map(String::valueOf).collect(Collectors.joining(","))));
        options.forEach((name, value) -> all.add("--" + name + "="
                + (value instanceof Double number ? String.format(Locale.ROOT, "%.3f", number) : value)));
        return all;
    }

    /** Numbers only; one object with no others in it. */
    static Reading parse(String json) throws IOException {
        Map<String, Double> figures = new HashMap<>();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isNumeric()) {
                    figures.put(parser.currentName(), parser.getDoubleValue());
                }
            }
        }
        return new Reading(figures);
    }
}
