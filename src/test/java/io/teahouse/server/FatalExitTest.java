package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.PoisonPill;
import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.Adapter;
import io.teahouse.TestServer;
import io.teahouse.room.RoomDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that cannot go on ends, at once and with an exit code that says so. */
class FatalExitTest {
    private static final int FATAL = 3;
    private static final int SECONDS = 60;

    @TempDir
    private Path folder;

    /** The budget is set far above the heap, so that clients who do not read use it up. */
    @Test
    void aServerWithoutMemoryEndsAtOnceThoughItsThreadsAreTheOnesThatFail() throws IOException, InterruptedException {
        try (ServerProcess server = ServerProcess.launch(
                folder,
                "-Xmx40m",
                "-Dteahouse.plain.port=0",
                "-Dteahouse.store.kind=memory",
                "-Dteahouse.flood.enabled=off",
                "-Dteahouse.limits.send-queues-bytes=1 GiB",
                "-Dteahouse.store.memory-bytes=1 GiB",
                "-Dteahouse.limits.send-queue-bytes=64 MiB",
                "-Dteahouse.limits.socket-send-buffer-bytes=4096")) {
            int port = server.awaitReady();
            List<Peer> silent = new ArrayList<>();
            Peer ann = Peer.enter("ann", port);
            for (int i = 0; i < 10; i++) {
                Peer peer = Peer.connect("silent" + i, Peer.HOST, port, 4096);
                peer.enter();
                silent.add(peer);
            }
            fill(ann);
            assertThat(server.exitCode(SECONDS)).isEqualTo(FATAL);
            assertThat(server.errors()).containsPattern("OutOfMemoryError|Java heap space");
            silent.forEach(Peer::cut);
        }
    }

    /** Has them sent more than there is memory, until there is nobody any more who would. */
    private static void fill(Peer ann) {
        try {
            for (int i = 0; i < 100; i++) {
                ann.say("/join room" + i);
                for (int j = 0; j < 100; j++) {
                    ann.say("x".repeat(8000));
                }
                ann.say("/history 1000");
            }
        } catch (UncheckedIOException e) {
            return; // the server has ended
        }
    }

    @Test
    void aServerWithoutItsDirectoryOfRoomsSaysThatItCannotGoOn() {
        try (TestServer server = TestServer.start()) {
            ActorRef<RoomDirectory.Command> rooms = (ActorRef<RoomDirectory.Command>) server.rooms();
            Adapter.toClassic(rooms).tell(PoisonPill.getInstance(), akka.actor.ActorRef.noSender());
            assertThat(server.failure()).isEqualTo("the actor rooms");
        }
    }

    @Test
    void aServerWhosePortIsGoneSaysThatItCannotGoOn() {
        try (TestServer server = TestServer.start()) {
            Adapter.toClassic(server.system())
                    .actorSelection("/system/IO-TCP/selectors/*/*")
                    .tell(PoisonPill.getInstance(), akka.actor.ActorRef.noSender());
            assertThat(server.failure()).startsWith("the actor ");
        }
    }
}
