package io.teahouse.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server of this program's own jar, as a process in a folder of its own, with its IRC door on a free port. */
final class OwnServer implements AutoCloseable {
    private static final String LISTENING = "irc listening on 127.0.0.1:";
    private static final String LOG = "server.log";
    private static final int SECONDS_TO_END = 15;

    private final Path folder;
    private final Process process;
    private final int port;

    /**
     * Returns when it is ready.
     *
     * @param java the options of its JVM
     * @param settings as {@code teahouse.name=value}
     */
    OwnServer(Path jar, Path folder, List<String> java, List<String> settings) throws IOException {
        this.folder = folder;
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(java);
        settings.forEach(setting -> command.add("-D" + setting));
        command.addAll(List.of(
                "-Dteahouse.plain.enabled=off",
                "-Dteahouse.irc.port=0",
                "-Dteahouse.flood.enabled=off",
                "-jar",
                jar.toString()));
        process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(folder.resolve(LOG).toFile())
                .start();
        port = awaitReady();
    }

    private int awaitReady() throws IOException {
        int found = 0;
        BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(LISTENING)) {
                found = Integer.parseInt(line.substring(LISTENING.length()));
            } else if (line.equals("ready")) {
                return found; // it says little more, and less than a pipe holds
            }
        }
        throw new IOException("the server ended while it started: " + Files.readString(folder.resolve(LOG)));
    }

    int port() {
        return port;
    }

    ServerProcesses processes() {
        return new ServerProcesses(List.of(process.pid()));
    }

    /** Ends it as an operator does. */
    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** The jar that this is run from. */
    static Path jar() {
        try {
            CodeSource source = OwnServer.class.getProtectionDomain().getCodeSource();
            Path jar =
                    source == null ? Path.of("") : Path.of(source.getLocation().toURI());
            LoadFailure.require(
                    Files.isRegularFile(jar), "run it from the finished jar: java -jar target/teahouse.jar load store");
            return jar;
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
