package io.teahouse.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A PostgreSQL of one test's own that is stopped in the middle, killed, and started again. */
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

    /** With its data in that folder. */
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

    /** All of it at once: it is stopped first, or it would start others for those that end; none would let it start again. */
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

    /** The same server, at the same port; it refuses to be run by root. */
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
        if (Files.exists(data.resolve("postmaster.pid"))) { // it does not end whom it has not started
            server().destroy();
        }
    }
}
