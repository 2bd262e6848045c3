package io.teahouse.tool.figures;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A PostgreSQL server with its default settings (every commit is synced), and databases in it. */
final class PostgresServer implements AutoCloseable {
    private static final int SECONDS = 60;
    private static final String USER = "tea";

    private final Child server;

    private PostgresServer(Child server) {
        this.server = server;
    }

    /**
     * Starts one; empty if its programs are not installed.
     *
     * @param databases empty ones to make
     */
    static Optional<PostgresServer> start(Bench bench, List<String> databases)
            throws IOException, InterruptedException {
        Optional<Path> initdb = Programs.find("initdb");
        Optional<Path> postgres = Programs.find("postgres");
        if (initdb.isEmpty() || postgres.isEmpty()) {
            bench.say("left out, because it is not installed: PostgreSQL");
            return Optional.empty();
        }
        Path folder = Files.createTempDirectory(bench.folder(), "postgres");
        Path data = folder.resolve("data");
        List<String> init = List.of(
                initdb.get().toString(), "-D", data.toString(), "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C");
        run(bench, folder, init, "");
        StringBuilder create = new StringBuilder();
        databases.forEach(each -> create.append("create database ").append(each).append(";\n"));
        run(
                bench,
                folder,
                List.of(postgres.get().toString(), "--single", "-D", data.toString(), "postgres"),
                create.toString());
        int port = Child.freePort();
        List<String> command = unprivileged(List.of(
                postgres.get().toString(),
                "-D",
                data.toString(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories="));
        return Optional.of(new PostgresServer(Child.start(bench.processes(), folder, port, command)));
    }

    /** It refuses to run as root; in a user namespace without a mapping, root is nobody in particular. */
    private static List<String> unprivileged(List<String> command) throws IOException {
        Optional<Path> unshare = Programs.find("unshare");
        List<String> all = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name")) && unshare.isPresent()) {
            all.addAll(List.of(unshare.get().toString(), "-U"));
        }
        all.addAll(command);
        return all;
    }

    private static void run(Bench bench, Path folder, List<String> command, String input)
            throws IOException, InterruptedException {
        Path in = Files.writeString(folder.resolve("input"), input);
        Path log = folder.resolve("prepare.log");
        Process process = bench.processes()
                .start(() -> new ProcessBuilder(unprivileged(command))
                        .redirectInput(in.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start());
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(command.get(0) + " failed: " + Files.readString(log));
        }
    }

    /** The settings of a server that stores its messages in that database. */
    List<String> settings(String database) {
        return List.of(
                "teahouse.store.kind=postgresql",
                "teahouse.store.url=jdbc:postgresql://127.0.0.1:" + server.port() + "/" + database + "?user=" + USER);
    }

    @Override
    public void close() {
        server.close();
    }
}
