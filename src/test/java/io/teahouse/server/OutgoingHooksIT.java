package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server as a process, which is killed, and a receiver that is stopped and started again. */
class OutgoingHooksIT {
    private static final int SECONDS = 60;

    @TempDir
    private Path folder;

    private final HookReceiver receiver = new HookReceiver();

    private ServerProcess launch() throws IOException {
        Files.writeString(
                folder.resolve("application.conf"),
                "teahouse { plain.port = 0, irc.port = 0, web.port = 0, flood.enabled = off, webhooks { allow-private = on, retry-delay = 20 ms,"
                        + " longest-retry-delay = 200 ms, outgoing = [ "
                        + receiver.hook("archive", ", rooms = [ lobby ], events = [ message, join ]") + " ] } }");
        return ServerProcess.launch(folder);
    }

    private static void awaitHook(Peer peer) {
        peer.say("/who");
        while (!peer.until("in lobby: ").contains("archive")) {
            peer.say("/who");
        }
    }

    /** Says them, and waits for the receipts. */
    private static void say(Peer ann, int from, int to, List<String> said) {
        for (int i = from; i < to; i++) {
            ann.say("m" + i);
            ann.expect("ann: m" + i);
            said.add("m" + i);
        }
    }

    @Test
    void everyMessageIsDeliveredOnceAndInOrderAlthoughBothSidesAreKilled() throws Exception {
        List<String> said = new ArrayList<>();
        try (receiver) {
            for (int round = 0; round < 4; round++) {
                try (ServerProcess server = launch();
                        Peer ann = Peer.enter("ann", server.awaitReady())) {
                    awaitHook(ann);
                    say(ann, round * 50, round * 50 + 20, said);
                    receiver.stop();
                    say(ann, round * 50 + 20, round * 50 + 40, said);
                    if (round % 2 == 0) { // otherwise it is stopped while the server starts
                        receiver.start();
                    }
                    say(ann, round * 50 + 40, round * 50 + 50, said);
                    server.signal("KILL");
                    server.exitCode(SECONDS);
                }
                if (round % 2 != 0) {
                    receiver.start();
                }
            }
            try (ServerProcess server = launch();
                    Peer bob = Peer.enter("bob", server.awaitReady())) {
                awaitHook(bob);
                bob.say("last");
                bob.expect("bob: last");
                said.add("last");
                assertThat(receiver.awaitText("last")).isEqualTo(said);
            }
        }
    }
}
