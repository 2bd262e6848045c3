package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server as a process, which is killed while a program posts. */
class IncomingHooksIT {
    private static final String TOKEN = "a token for the test";
    private static final int SECONDS = 60;
    private static final int MESSAGES = 60;

    @TempDir
    private Path folder;

    private ServerProcess launch(int adminPort) throws IOException {
        return ServerProcess.launch(
                folder,
                "-Dteahouse.plain.port=0",
                "-Dteahouse.flood.enabled=off",
                "-Dteahouse.admin.enabled=on",
                "-Dteahouse.admin.port=" + adminPort,
                "-Dteahouse.webhooks.rate-burst=10000",
                "-Dteahouse.webhooks.incoming.0.id=ci",
                "-Dteahouse.webhooks.incoming.0.token=" + TOKEN,
                "-Dteahouse.webhooks.incoming.0.room=lobby");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Until it is stored, as a program should that has an Idempotency-Key. */
    private static String postUntilStored(HookPoster poster, int number) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (System.nanoTime() < end) {
            try {
                HttpResponse<String> answer = poster.post("m" + number, "Idempotency-Key", "key-" + number);
                if (answer.statusCode() == 200) {
                    return HookPoster.id(answer);
                }
            } catch (UncheckedIOException e) {
                // the server has been killed
            }
        }
        throw new AssertionError("message " + number + " was not stored");
    }

    @Test
    void whatIsPostedAgainAfterTheServerWasKilledIsShownOnce() throws Exception {
        int port = freePort();
        HookPoster poster = new HookPoster(port, "ci", TOKEN);
        Semaphore stored = new Semaphore(0);
        ServerProcess server = launch(port);
        try {
            server.awaitReady();
            CompletableFuture<List<String>> posting = CompletableFuture.supplyAsync(() -> {
                List<String> ids = new ArrayList<>();
                for (int i = 0; i < MESSAGES; i++) {
                    ids.add(postUntilStored(poster, i));
                    stored.release();
                }
                return ids;
            });
            for (int kills = 0; kills < 3; kills++) {
                assertThat(stored.tryAcquire(MESSAGES / 4, 60, TimeUnit.SECONDS))
                        .isTrue();
                server.signal("KILL");
                server.exitCode(SECONDS);
                server = launch(port);
                server.awaitPorts();
            }
            List<String> ids = posting.get(60, TimeUnit.SECONDS);
            assertThat(ids).doesNotHaveDuplicates().hasSize(MESSAGES);
            server.signal("KILL");
            server.exitCode(SECONDS);
            server = launch(port);
            int door = server.awaitReady();
            assertThat(postUntilStored(poster, MESSAGES - 1)).isEqualTo(ids.get(MESSAGES - 1));
            try (Peer bob = Peer.enter("bob", door)) {
                bob.say("/history " + (MESSAGES + 1));
                bob.until("ci: m0");
                for (int i = 1; i < MESSAGES; i++) {
                    assertThat(bob.line()).endsWith("ci: m" + i);
                }
            }
        } finally {
            server.close();
        }
    }
}
