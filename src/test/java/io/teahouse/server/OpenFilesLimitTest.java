package io.teahouse.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server, in a process of its own, that may open too few files for all who come. */
class OpenFilesLimitTest {
    private static final int FILES = 250;

    @TempDir
    private Path folder;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    private static String classPath() {
        String surefire = System.getProperty("surefire.test.class.path");
        return surefire == null ? System.getProperty("java.class.path") : surefire;
    }

    /** Returns the port of its plain door. */
    private int start(Path log) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process server = new ProcessBuilder(
                        "bash",
                        "-c",
                        "ulimit -n " + FILES + " && exec \"$@\"",
                        "limited",
                        java,
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath(),
                        "-Dteahouse.plain.port=0",
                        "-Dteahouse.irc.enabled=off",
                        "-Dteahouse.web.enabled=off",
                        "-Dteahouse.store.kind=memory",
                        "-Dteahouse.flood.enabled=off",
                        "io.teahouse.Teahouse")
                .directory(folder.toFile())
                .redirectError(log.toFile())
                .start();
        started.add(server);
        BufferedReader out = new BufferedReader(new InputStreamReader(server.getInputStream(), UTF_8));
        String listening = out.readLine();
        assertThat(listening).startsWith("plain listening on ");
        assertThat(out.readLine()).isEqualTo("ready");
        return Integer.parseInt(listening.substring(listening.lastIndexOf(':') + 1));
    }

    private Duration cpu() {
        return started.get(0).toHandle().info().totalCpuDuration().orElseThrow();
    }

    private static List<String> told(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("accepts no more connections"))
                    .toList();
        }
    }

    @Test
    void whoCannotBeAcceptedWaitsWhileTheServerRestsAndOthersTalk() throws IOException {
        Path log = folder.resolve("log");
        int port = start(log);
        Deque<Peer> in = new ArrayDeque<>();
        Peer ann = Peer.enter("ann", port);
        try (Peer bob = Peer.enter("bob", port)) {
            ann.expect("bob has joined the chat");
            bob.say("hi");
            ann.expect("bob: hi"); // all classes are loaded, which takes files here
        }
        ann.expect("bob has left the chat...");
        try (Peer silent = Peer.connect("silent", port)) {
            silent.expect(Peer.GREETING);
        }
        for (int i = 0; told(log).isEmpty() && i < FILES; i++) {
            in.add(Peer.connect("guest", port));
        }
        Peer late = Peer.connect("late", port); // the kernel accepts it
        for (int i = 0; i < FILES / 4; i++) {
            in.add(Peer.connect("later", port));
        }
        for (int i = 0; i < 20; i++) {
            ann.say("still here");
            ann.expect("ann: still here");
        }
        Duration before = cpu();
        long end = System.nanoTime() + Duration.ofSeconds(3).toNanos();
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(cpu().minus(before)).isLessThan(Duration.ofMillis(900));
        assertThat(told(log)).hasSize(1);

        in.forEach(Peer::close);
        late.expect(Peer.GREETING); // it recovers by itself
        late.close();
        ann.close();
    }
}
