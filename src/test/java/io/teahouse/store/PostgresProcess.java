package io.teahouse.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A PostgreSQL server that belongs to one test, which can stop it, kill it and start it again. */
public final class PostgresProcess implements AutoCloseable {
    private final Path data;
    private final EmbeddedPostgres first;
    private final String program;

    private PostgresProcess(Path data) throws IOException {
        this.data = data;
        first = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .start();
        program = server().info().command().orElseThrow();
    }

    /** Starts it with its data in that folder. */
    public static PostgresProcess start(Path folder) throws IOException {
        return new PostgresProcess(folder.resolve("data"));
    }

    public String url() {
        return first.getJdbcUrl("postgres", "postgres");
    }

    private ProcessHandle server() throws IOException {
        List<String> messages = Files.readAllLines(data.resolve("postmaster.pid"));
        return ProcessHandle.of(Long.parseLong(messages.get(0).strip())).orElseThrow();
    }

    void freeze() throws IOException, InterruptedException {
        signal("STOP", Stream.concat(Stream.of(server()), server().descendants()));
    }

    void thaw() throws IOException, InterruptedException {
        signal("CONT", Stream.concat(Stream.of(server()), server().descendants()));
    }

    /**
     * Kills all its processes. The postmaster is stopped first: otherwise it would replace the processes that
     * end, and the leftover ones would keep it from starting again.
     */
    public void kill() throws IOException, InterruptedException {
        ProcessHandle server = server();
        signal("STOP", Stream.of(server));
        List<ProcessHandle> all =
                Stream.concat(server.descendants(), Stream.of(server)).toList();
        signal("KILL", all.stream());
        all.forEach(each -> each.onExit().join());
    }

    private static void signal(String name, Stream<ProcessHandle> processes) throws IOException, InterruptedException {
        for (ProcessHandle each : processes.toList()) {
            new ProcessBuilder("kill", "-" + name, Long.toString(each.pid()))
                    .start()
                    .waitFor();
        }
    }

    /** Starts the same server again, at the same port. PostgreSQL refuses to run as root. */
    public void startAgain() throws IOException {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(List.of(program, "-D", data.toString(), "-p", Integer.toString(first.getPort())));
        new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @Override
    public void close() throws IOException {
        first.close();
        if (Files.exists(
                data.resolve("postmaster.pid"))) { // the library does not stop a server that it has not started
            server().destroy();
        }
    }
}
