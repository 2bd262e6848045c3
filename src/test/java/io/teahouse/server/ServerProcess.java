package io.teahouse.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A run of the finished jar, or where there is none of the classes that are tested, in a process of its own. */
final class ServerProcess implements AutoCloseable {
    private static final int START_SECONDS = 60;
    private static final List<String> WITHOUT_PRIVILEGES =
            List.of("setpriv", "--bounding-set", "-dac_override,-dac_read_search", "--inh-caps", "-all");
    private static final String LISTENING = " listening on 127.0.0.1:";

    private final Process process;
    private final BufferedReader out;
    private final CompletableFuture<String> err;
    private final StringBuilder errorsSoFar = new StringBuilder();

    private ServerProcess(Path folder, List<String> options, List<String> arguments) throws IOException {
        this(List.of(), folder, options, program(), arguments);
    }

    private ServerProcess(
            List<String> under, Path folder, List<String> options, List<String> program, List<String> arguments)
            throws IOException {
        this(folder, command(under, options, program, arguments));
    }

    private ServerProcess(Path folder, List<String> command) throws IOException {
        process = new ProcessBuilder(command).directory(folder.toFile()).start();
        out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        err = CompletableFuture.supplyAsync(this::readErrors, ServerProcess::inThread);
    }

    /** Reading blocks: the threads that all tests share may be fewer than the processes that are read. */
    private static void inThread(Runnable reading) {
        Thread thread = new Thread(reading, "server-process-reader");
        thread.setDaemon(true);
        thread.start();
    }

    private static List<String> command(
            List<String> under, List<String> options, List<String> program, List<String> arguments) {
        List<String> command = new ArrayList<>(under);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m"));
        command.addAll(ClassArchive.options());
        command.addAll(options);
        command.addAll(program);
        command.addAll(arguments);
        return command;
    }

    private static List<String> program() {
        String jar = System.getProperty("teahouse.jar");
        return jar == null ? classes("io.teahouse.Teahouse") : List.of("-jar", jar);
    }

    private static List<String> classes(String main) {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return List.of("-cp", path, main);
    }

    /** The server, with options of the JVM, its IRC door on any port; it may refuse to start. */
    static ServerProcess launch(Path folder, String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of("-Dteahouse.irc.port=0", "-Dteahouse.web.port=0"));
        all.addAll(List.of(options));
        return new ServerProcess(folder, all, List.of());
    }

    /** The server, its IRC door on any port, started by another program of the test classes. */
    static ServerProcess launchBy(Class<?> launcher, Path folder, String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of("-Dteahouse.irc.port=0", "-Dteahouse.web.port=0"));
        all.addAll(List.of(options));
        return new ServerProcess(List.of(), folder, all, classes(launcher.getName()), List.of());
    }

    /** The server, that may write no file larger than that: what happens then is what happens on a full disk. */
    static ServerProcess launchWithFilesUpTo(int kibibytes, Path folder, String... options) throws IOException {
        List<String> limited = List.of("bash", "-c", "ulimit -f " + kibibytes + " && exec \"$@\"", "limited");
        List<String> all =
                new ArrayList<>(List.of("-Dteahouse.irc.port=0", "-Dteahouse.web.port=0", "-XX:-UsePerfData"));
        all.addAll(List.of(options));
        return new ServerProcess(limited, folder, all, program(), List.of());
    }

    /** The server, for which the permissions of files hold even if these tests run as root. */
    static ServerProcess launchWithoutPrivileges(Path folder, String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of("-Dteahouse.irc.port=0", "-Dteahouse.web.port=0"));
        all.addAll(List.of(options));
        return new ServerProcess(withoutPrivileges(), folder, all, program(), List.of());
    }

    /** What goes before a command for which the permissions of files are to hold. */
    static List<String> withoutPrivileges() {
        return System.getProperty("user.name").equals("root") ? WITHOUT_PRIVILEGES : List.of();
    }

    /** The server or, with arguments, a tool, whose new files anybody may read and write, unless it sees to that itself. */
    static ServerProcess withoutUmask(Path folder, List<String> options, String... arguments) throws IOException {
        List<String> open = List.of("sh", "-c", "umask 0; exec \"$@\"", "open");
        return new ServerProcess(open, folder, options, program(), List.of(arguments));
    }

    /** The server or, with arguments, a tool, in that locale. */
    static ServerProcess inLocale(String locale, Path folder, List<String> options, String... arguments)
            throws IOException {
        return new ServerProcess(List.of("env", "LC_ALL=" + locale), folder, options, program(), List.of(arguments));
    }

    /** The server as a script starts it. */
    static ServerProcess script(Path folder, List<String> command) throws IOException {
        return new ServerProcess(folder, command);
    }

    /** Another tool of the jar. */
    static ServerProcess tool(Path folder, String... arguments) throws IOException {
        return new ServerProcess(folder, List.of(), List.of(arguments));
    }

    /** The same, with options of the JVM. */
    static ServerProcess tool(List<String> options, Path folder, String... arguments) throws IOException {
        return new ServerProcess(folder, options, List.of(arguments));
    }

    private String readErrors() {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(process.getErrorStream(), UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                synchronized (errorsSoFar) {
                    errorsSoFar.append(line).append('\n');
                    errorsSoFar.notifyAll();
                }
            }
            synchronized (errorsSoFar) {
                return errorsSoFar.toString();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String errorsUntilNow() {
        synchronized (errorsSoFar) {
            return errorsSoFar.toString();
        }
    }

    /** Waits for a line of standard error that holds this. */
    void awaitError(String part) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        synchronized (errorsSoFar) {
            while (errorsSoFar.indexOf(part) < 0) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                assertThat(left)
                        .as("'%s' is on standard error: %s", part, errorsSoFar)
                        .isPositive();
                errorsSoFar.wait(left);
            }
        }
    }

    /** Reads the lines with which a server that has started says so; returns the port of its plain door. */
    int awaitReady() {
        return awaitReady("plain");
    }

    /** The same for any door. */
    int awaitReady(String door) {
        return awaitPorts().getOrDefault(door, -1);
    }

    /** The same for all doors. */
    Map<String, Integer> awaitPorts() {
        Map<String, Integer> ports = new HashMap<>();
        String line = line();
        while (line.contains(" listening on ")) {
            ports.put(
                    line.substring(0, line.indexOf(' ')), Integer.parseInt(line.substring(line.lastIndexOf(':') + 1)));
            line = line();
        }
        assertThat(line).as(this::errorsUntilNow).isEqualTo("ready");
        return ports;
    }

    /** Reads lines until one says that this door listens; returns its port. */
    int awaitListening(String door) {
        String line = line();
        while (!line.startsWith(door + LISTENING)) {
            assertThat(line).as(this::errorsUntilNow).contains(LISTENING);
            line = line();
        }
        return Integer.parseInt(line.substring((door + LISTENING).length()));
    }

    /** The next line of standard output. */
    private String line() {
        return CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return Objects.requireNonNullElse(out.readLine(), "(the end of the output)");
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        },
                        ServerProcess::inThread)
                .orTimeout(START_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    /** Standard output that has not been read yet. Waits for the end of the process. */
    List<String> restOfOutput() {
        return out.lines().toList();
    }

    /** Standard error. Waits for the end of the process. */
    String errors() {
        return err.join();
    }

    /** SIGTERM. */
    void terminate() {
        process.toHandle().destroy(); // unlike the process itself, this leaves the streams open
    }

    /** Another signal, by its name. */
    void signal(String name) throws IOException, InterruptedException {
        String pid = Long.toString(process.pid());
        assertThat(new ProcessBuilder("kill", "-" + name, pid)
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
    }

    /** SIGKILL, unless it ends by itself before. Returns whether it did not. */
    boolean killAfter(long millis) throws InterruptedException {
        boolean ended = process.waitFor(millis, TimeUnit.MILLISECONDS);
        process.destroyForcibly().waitFor();
        return !ended;
    }

    int exitCode(int seconds) throws InterruptedException {
        assertThat(process.waitFor(seconds, TimeUnit.SECONDS))
                .as(() -> "ended within " + seconds + " seconds; its errors:\n" + errorsUntilNow())
                .isTrue();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
