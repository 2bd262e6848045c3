package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Always-on users of a server as a process, which is killed or stopped. */
class AlwaysOnIT {
    private static final int SECONDS = 60;

    /** Longer than it takes until a server has saved what its clients were shown. */
    private static final long REPORTED_MILLIS = 7000;

    @TempDir
    private Path folder;

    private ServerProcess launch() throws IOException {
        return ServerProcess.launch(
                folder,
                "-Dteahouse.plain.enabled=off",
                "-Dteahouse.irc.cloak=off",
                "-Dteahouse.flood.enabled=off",
                "-Dteahouse.accounts.scram-iterations=4096");
    }

    private interface Scene {
        void play(ServerProcess server, Peer bob, Peer ann) throws IOException, InterruptedException;
    }

    /** Bob and ann, with a voice, are in #tea of a server, which ends in the scene. */
    private void untilTheEnd(Scene scene) throws IOException, InterruptedException {
        try (ServerProcess server = launch()) {
            int port = server.awaitReady("irc");
            try (Peer bob = bob(port);
                    Peer ann = annWithVoice(port, bob)) {
                scene.play(server, bob, ann);
                server.exitCode(SECONDS);
            }
        }
    }

    /** The server starts again; bob, and nobody else yet, is back. */
    private void afterTheRestart(Return scene) throws IOException, InterruptedException {
        try (ServerProcess server = launch()) {
            int port = server.awaitReady("irc");
            try (Peer bob = bob(port)) {
                scene.play(port, bob);
            }
        }
    }

    private interface Return {
        void play(int port, Peer bob);
    }

    private static Peer bob(int port) {
        Peer bob = Peer.connect("bob", port);
        bob.say("CAP REQ :away-notify\r\nNICK bob\r\nUSER bob 0 * :Bob\r\nCAP END\r\nJOIN #tea\r");
        return bob;
    }

    /** She has an account, is always-on, and is in #tea with a voice. */
    private static Peer annWithVoice(int port, Peer bob) {
        Peer ann = Peer.connect("ann", port);
        ann.say("NICK ann\r\nUSER ann 0 * :Ann\r\nREGISTER * * sesame12\r");
        ann.until(" 900 ann ");
        ann.say("ALWAYSON ON\r\nMETADATA * SET url :https://ann.example\r\nJOIN #tea\r");
        ann.until("You are always-on");
        ann.until(" 366 ann #tea ");
        bob.until("JOIN #tea");
        bob.say("MODE #tea +v ann\r\nPRIVMSG #tea :one\r");
        bob.until("MODE #tea +v ann");
        ann.until("PRIVMSG #tea :one");
        return ann;
    }

    private static Peer annReturns(int port) {
        Peer ann = Peer.connect("ann", port);
        ann.say("CAP REQ :sasl\r\nNICK ann\r\nUSER ann 0 * :Ann\r\nAUTHENTICATE PLAIN\r");
        ann.until("AUTHENTICATE +");
        ann.say("AUTHENTICATE AGFubgBzZXNhbWUxMg==\r");
        ann.until(" 903 ");
        ann.say("CAP END\r");
        ann.until("JOIN #tea");
        return ann;
    }

    /** What is said in #tea, up to those words. */
    private static List<String> said(Peer ann, String last) {
        List<String> said = new ArrayList<>();
        while (!said.contains(last)) {
            String line = ann.until(" PRIVMSG #tea :");
            said.add(line.substring(line.lastIndexOf(':') + 1));
        }
        return said;
    }

    @Test
    void whoWasAwayWhenTheServerWasKilledIsStillThere() throws IOException, InterruptedException {
        untilTheEnd((server, bob, ann) -> {
            ann.say("QUIT :bye\r");
            bob.until("AWAY :not connected");
            bob.say("PRIVMSG #tea :two\r\nPING two\r");
            bob.until("PONG");
            server.signal("KILL");
        });
        afterTheRestart((port, bob) -> {
            assertThat(bob.until(" 353 bob ")).contains("+ann").doesNotContain("@");
            bob.say("WHOIS ann\r\nMETADATA ann GET url\r\nPRIVMSG #tea :three\r");
            assertThat(bob.until(" 311 bob ann ")).contains(" ann ", ":Ann");
            assertThat(bob.until(" 301 bob ann ")).endsWith(":not connected");
            bob.until("https://ann.example");
            try (Peer ann = annReturns(port)) {
                assertThat(said(ann, "three")).containsExactly("two", "three");
                ann.say("NAMES #tea\r");
                assertThat(ann.until(" 353 ann ")).contains("+ann");
                bob.until(":ann!ann@127.0.0.1 AWAY");
                bob.say("PRIVMSG #tea :four\r");
                assertThat(said(ann, "four")).containsExactly("four");
            }
        });
    }

    @Test
    void whoWasConnectedWhenTheServerWasKilledMissesNothing() throws IOException, InterruptedException {
        untilTheEnd((server, bob, ann) -> {
            TimeUnit.MILLISECONDS.sleep(REPORTED_MILLIS);
            bob.say("PRIVMSG #tea :two\r");
            ann.until("PRIVMSG #tea :two");
            server.signal("KILL");
        });
        afterTheRestart((port, bob) -> {
            assertThat(bob.until(" 353 bob ")).contains("+ann");
            bob.say("PRIVMSG #tea :three\r\nPING three\r");
            bob.until("PONG");
            try (Peer ann = annReturns(port)) {
                assertThat(said(ann, "three")).isSubsetOf("two", "three").doesNotHaveDuplicates();
            }
        });
    }

    @Test
    void aServerThatIsStoppedSavesWhatEverybodyHasSeen() throws IOException, InterruptedException {
        untilTheEnd((server, bob, ann) -> {
            bob.say("PRIVMSG #tea :two\r");
            ann.until("PRIVMSG #tea :two");
            server.terminate();
        });
        afterTheRestart((port, bob) -> {
            bob.say("PRIVMSG #tea :three\r\nPING three\r");
            bob.until("PONG");
            try (Peer ann = annReturns(port)) {
                assertThat(said(ann, "three")).containsExactly("three");
            }
        });
    }
}
