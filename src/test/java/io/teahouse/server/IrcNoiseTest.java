package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.TestServer;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.command.IrcCommands;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Noise at the IRC port, while ann sits at the plain one. */
class IrcNoiseTest {
    private static final int CONNECTIONS = 20;
    private static final int LINES = 300;
    private static final int MEGABYTE = 1 << 20;

    private final List<String> verbs = IrcCommands.all().stream()
            .map(IrcCommand::spec)
            .map(spec -> spec.verb())
            .toList();

    @Test
    void noiseHarmsNobody() {
        long seed = Long.getLong("teahouse.test.seed", System.nanoTime());
        System.out.println("IrcNoiseTest: -Dteahouse.test.seed=" + seed);
        Random random = new Random(seed);
        try (FailedClients failed = new FailedClients();
                TestServer server = TestServer.start("teahouse.flood.enabled = off");
                Peer ann = Peer.enter("ann", server.port())) {
            ann.say("/join quiet");
            ann.expect("ann has joined the chat");
            List<Peer> noisy = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                Peer peer = Peer.connect("noise", server.port("irc"));
                peer.say("NICK n" + i + "\r\nUSER n 0 * :n\r");
                noisy.add(peer);
            }
            for (int i = 0; i < LINES; i++) {
                noisy.forEach(peer -> send(peer, line(random)));
            }
            noisy.forEach(random.nextBoolean() ? Peer::cut : Peer::close);
            ann.say("still here");
            assertThat(lineOf(ann, "ann: ")).isEqualTo("ann: still here");
            try (Peer bob = Peer.connect("bob", server.port("irc"))) {
                bob.say("NICK bob\r\nUSER bob 0 * :Bob\r\nJOIN #quiet\r");
                assertThat(lineOf(ann, "bob has")).isEqualTo("bob has joined the chat");
            }
            failed.expectNone();
        }
    }

    /** Others may have found the room by chance. */
    private static String lineOf(Peer peer, String start) {
        String line = peer.line();
        while (!line.startsWith(start)) {
            line = peer.line();
        }
        return line;
    }

    private byte[] line(Random random) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        if (random.nextBoolean()) {
            line.writeBytes(verbs.get(random.nextInt(verbs.size())).getBytes(StandardCharsets.US_ASCII));
        }
        for (int words = random.nextInt(5); words > 0; words--) {
            byte[] word = new byte[random.nextInt(1, 20)];
            random.nextBytes(word);
            String signs = "#a+-*!@:, \u0001nobv";
            for (int i = 0; i < word.length; i++) {
                if (random.nextInt(8) > 0) {
                    word[i] = (byte) signs.charAt(random.nextInt(signs.length()));
                }
            }
            line.write(' ');
            line.writeBytes(word);
        }
        line.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        return line.toByteArray();
    }

    private static void send(Peer peer, byte[] bytes) {
        try {
            peer.send(bytes);
        } catch (UncheckedIOException e) {
            return; // it has said QUIT, or does not read
        }
    }

    @Test
    void aMegabyteWithoutALineEndIsCutOff() {
        try (TestServer server = TestServer.start();
                Peer ann = Peer.connect("ann", server.port("irc"))) {
            byte[] endless = new byte[MEGABYTE];
            Arrays.fill(endless, (byte) 'x');
            send(ann, endless);
            try (Peer bob = Peer.connect("bob", server.port("irc"))) {
                bob.say("PING alive\r");
                assertThat(bob.line()).endsWith("alive\r");
            }
            ann.drain();
        }
    }
}
