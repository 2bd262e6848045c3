package io.teahouse.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Programs in terminals that nobody sees: a tmux of the test's own, with a session for each of them. */
final class Terminals implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final Path socket;

    Terminals(Path folder) {
        socket = folder.resolve("tmux");
    }

    private String tmux(String... arguments) {
        List<String> command = new ArrayList<>(List.of("tmux", "-S", socket.toString(), "-f", "/dev/null", "-u"));
        command.addAll(List.of(arguments));
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().put("TERM", "xterm");
            builder.environment().put("LC_ALL", "C.UTF-8");
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Runs a command line in a terminal of its own. */
    void open(String name, String command) {
        tmux("new-session", "-d", "-s", name, "-x", "120", "-y", "40", command);
    }

    void type(String name, String line) {
        tmux("send-keys", "-t", name, "-l", line);
        tmux("send-keys", "-t", name, "Enter");
    }

    private String screen(String name) {
        return tmux("capture-pane", "-p", "-J", "-t", name);
    }

    /** Waits until a line of the screen has all these parts, in this order. */
    void sees(String name, String... parts) {
        String line = Stream.of(parts).map(Pattern::quote).collect(Collectors.joining("[^\\n]*"));
        String pattern = "(?s).*" + line + ".*";
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String screen = screen(name);
        while (!screen.matches(pattern)) {
            assertThat(System.nanoTime())
                    .as("%s waits for '%s' and sees:%n%s", name, String.join(" … ", parts), screen)
                    .isLessThan(deadline);
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            screen = screen(name);
        }
    }

    /** Ends the programs, and waits until they have: they write into their folders to the last. */
    @Override
    public void close() {
        List<ProcessHandle> programs = tmux("list-panes", "-a", "-F", "#{pane_pid}")
                .lines()
                .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)).stream())
                .flatMap(shell -> Stream.concat(Stream.of(shell), shell.descendants()))
                .toList();
        tmux("kill-server");
        programs.forEach(program -> program.onExit()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join());
    }
}
