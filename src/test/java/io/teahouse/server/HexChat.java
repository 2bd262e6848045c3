package io.teahouse.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * HexChat under an X server that shows nothing. It is told what to do over D-Bus, and what it shows is read in the logs
 * that it writes. To root it would first show a window with a warning, so then it runs as nobody.
 */
final class HexChat implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
    private static final String NOBODY = "65534";

    private final Path folder;
    private final Deque<Process> running = new ArrayDeque<>();
    private final String display;
    private final String bus;

    /**
     * Connects and, without being told, joins {@code #lobby}.
     *
     * @param folder empty, for itself
     * @param port of the IRC door
     */
    HexChat(Path folder, String nick, int port) throws IOException {
        this.folder = folder;
        everybody(folder);
        write("servlist.conf", "v=2.16.1", "", "N=Test", "J=#lobby", "E=UTF-8", "F=27", "S=127.0.0.1/" + port, "");
        write(
                "hexchat.conf",
                "version = 2.16.1",
                "gui_slist_skip = 1",
                "gui_tab_newtofront = 1",
                "irc_join_delay = 0",
                "irc_logging = 1",
                "irc_logmask = %c.log",
                "identd_server = 0",
                "net_throttle = 0",
                "irc_nick1 = " + nick,
                "irc_user_name = " + nick,
                "irc_real_name = " + nick);
        display = ":" + firstLine("Xvfb", "-displayfd", "1", "-ac", "-nolisten", "tcp", "-screen", "0", "800x600x24");
        bus = firstLine(own("dbus-daemon", "--session", "--nofork", "--print-address=1"));
        start(
                own("hexchat", "--cfgdir=" + folder),
                folder.resolve("hexchat.out").toFile());
    }

    /** What every user may read and write. */
    private static void everybody(Path path) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    private void write(String name, String... lines) throws IOException {
        Path file = folder.resolve(name);
        Files.write(file, List.of(lines));
        everybody(file);
    }

    private static String[] own(String... command) {
        List<String> all = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            all.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
        }
        all.addAll(List.of(command));
        return all.toArray(new String[0]);
    }

    private ProcessBuilder builder(String... command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        if (running.size() >= 2) {
            builder.environment().put("DISPLAY", display);
            builder.environment().put("DBUS_SESSION_BUS_ADDRESS", bus);
        }
        return builder.redirectError(
                ProcessBuilder.Redirect.appendTo(folder.resolve("errors.out").toFile()));
    }

    private void start(String[] command, File output) throws IOException {
        running.push(builder(command).redirectOutput(output).start());
    }

    /** Starts what says first where it can be reached. */
    private String firstLine(String... command) throws IOException {
        Process process = builder(command).start();
        running.push(process);
        String line = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)).readLine();
        assertThat(line).as("what %s says", command[0]).isNotNull();
        return line;
    }

    /** From now on it does what it is told in the window of that channel. */
    void goesTo(String channel) {
        String answer = tell("FindContext", "string:", "string:" + channel);
        String window = answer.substring(answer.lastIndexOf(' ') + 1).strip();
        tell("SetContext", "uint32:" + window);
    }

    /** Has it do what it would if somebody typed that there, with a slash before it. */
    void does(String command) {
        tell("Command", "string:" + command);
    }

    private String tell(String method, String... arguments) {
        String[] call = {
            "dbus-send",
            "--session",
            "--print-reply",
            "--dest=org.hexchat.service",
            "/org/hexchat/Remote",
            "org.hexchat.plugin." + method
        };
        try {
            Process sent = builder(own(
                            Stream.concat(Stream.of(call), Stream.of(arguments)).toArray(String[]::new)))
                    .start();
            String answer = new String(sent.getInputStream().readAllBytes(), UTF_8);
            assertThat(sent.waitFor()).as(method).isZero();
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Waits until one of its windows has shown a line with that in it. */
    void sees(String text) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String shown = shown();
        while (!shown.contains(text)) {
            assertThat(System.nanoTime())
                    .as("HexChat waits for '%s' and has shown:%n%s", text, shown)
                    .isLessThan(deadline);
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            shown = shown();
        }
    }

    /** All that it has shown in all windows. */
    String shown() {
        Path logs = folder.resolve("logs");
        if (!Files.isDirectory(logs)) {
            return "";
        }
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(logs)) {
            for (Path file : files.sorted().toList()) {
                all.append(Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all.toString();
    }

    /** Ends it, then what it needs; waits until they have ended, since they write into the folder to the last. */
    @Override
    public void close() {
        for (Process process : running) {
            process.destroy();
            process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        }
    }
}
