package io.teahouse.example;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import com.typesafe.config.ConfigFactory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Customers connect by IRC to a desk in a file. */
class SupportDeskTest {
    private static final int PATIENCE_MS = 20_000;

    @TempDir
    Path folder;

    @Test
    void theFirstCustomerIsNoOperatorAndTheDeskAnswers() throws Exception {
        ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "shop", ConfigFactory.load());
        try (SupportDesk desk = new SupportDesk(system, folder.resolve("desk.db"), 0, 0)) {
            int port = desk.doors().toCompletableFuture().join().address("irc").getPort();
            try (Socket ann = new Socket(InetAddress.getLoopbackAddress(), port)) {
                ann.setSoTimeout(PATIENCE_MS);
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(ann.getInputStream(), StandardCharsets.UTF_8));
                send(ann, "NICK ann", "USER ann 0 * ann", "JOIN #help");
                assertThat(await(lines, " 353 ")).doesNotContain("@");
                send(ann, "PRIVMSG #help :what are your opening hours?");
                assertThat(await(lines, "NOTICE #help")).startsWith(":desk!").endsWith(":We are here from 9 to 17.");
            }
            system.terminate();
            system.getWhenTerminated().toCompletableFuture().join();
        }
    }

    private static void send(Socket to, String... lines) throws IOException {
        to.getOutputStream().write((String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private static String await(BufferedReader lines, String part) throws IOException {
        String line = lines.readLine();
        while (line != null && !line.contains(part)) {
            line = lines.readLine();
        }
        return String.valueOf(line);
    }
}
