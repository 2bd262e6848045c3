package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import io.teahouse.TestServer;
import io.teahouse.room.Delivery;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.Ranks;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An actor and somebody at a socket sit in one room. The actor's name is bob. */
class EmbeddedActorTest {
    private TestServer server;
    private Peer ann;
    private TestProbe<RoomEvent> bob;
    private TestProbe<RoomReply> replies;
    private ActorRef<RoomActor.Command> lobby;

    @BeforeEach
    void open() {
        server = TestServer.start();
        ann = Peer.enter("ann", server.port());
        bob = TestProbe.create(RoomEvent.class, server.system());
        replies = TestProbe.create(RoomReply.class, server.system());
        TestProbe<RoomDirectory.Location> found = TestProbe.create(server.system());
        server.rooms().tell(new RoomDirectory.Locate(RoomName.of("lobby"), found.ref()));
        lobby = found.expectMessageClass(RoomDirectory.Found.class).ref();
        lobby.tell(new RoomActor.Join(Nick.of("bob"), bob.ref(), replies.ref()));
        ann.expect("bob has joined the chat");
        bob.expectMessageClass(RoomEvent.Welcome.class);
        bob.expectMessageClass(RoomEvent.Joined.class);
    }

    @AfterEach
    void close() {
        ann.close();
        server.close();
    }

    @Test
    void theyTalk() {
        ann.say("hi");
        ann.expect("ann: hi");
        RoomEvent.Said hi = bob.expectMessageClass(RoomEvent.Said.class);
        assertThat(hi.by().text()).isEqualTo("ann");
        assertThat(hi.text()).isEqualTo("hi");
        lobby.tell(new RoomActor.Say(bob.ref(), "你好", replies.ref()));
        ann.expect("bob: 你好");
        RoomEvent.Said receipt = bob.expectMessageClass(RoomEvent.Said.class);
        assertThat(receipt.seq()).isEqualTo(hi.seq() + 1);
    }

    @Test
    void controlCharactersOfAnActorDoNotReachATerminal() {
        lobby.tell(new RoomActor.Say(bob.ref(), "a\nann: b\r\u001b[2J", replies.ref()));
        ann.expect("bob: a").expect("bob: ann: b\uFFFD\uFFFD[2J");
    }

    @Test
    void theActorSeesHowTheOtherLeaves() {
        ann.say("/quit bye");
        RoomEvent.Left quit = bob.expectMessageClass(RoomEvent.Left.class);
        assertThat(quit.how()).isEqualTo(RoomEvent.Departure.QUIT);
        assertThat(quit.text()).isEqualTo("bye");
        Peer carol = Peer.enter("carol", server.port());
        bob.expectMessageClass(RoomEvent.Joined.class);
        carol.cut();
        RoomEvent.Left lost = bob.expectMessageClass(RoomEvent.Left.class);
        assertThat(lost.how()).isEqualTo(RoomEvent.Departure.LOST);
        assertThat(lost.nick().text()).isEqualTo("carol");
    }

    @Test
    void anActorThatComesBackIsToldWhatItMissedOnceAndInOrder() {
        ann.say("1");
        long seen = bob.expectMessageClass(RoomEvent.Said.class).seq();
        lobby.tell(new RoomActor.Leave(bob.ref(), RoomEvent.Departure.PARTED, ""));
        bob.expectMessageClass(RoomEvent.Left.class);
        ann.expect("ann: 1").expect("bob has left the chat...");
        ann.say("2\n3");
        ann.expect("ann: 2").expect("ann: 3");

        TestProbe<RoomEvent> again = TestProbe.create(RoomEvent.class, server.system());
        lobby.tell(new RoomActor.Join(
                Nick.of("bob"),
                Profile.APPLICATION,
                "",
                again.ref(),
                Delivery.EACH,
                Optional.of(new RoomActor.Back(seen, Ranks.NONE)),
                replies.ref()));
        again.expectMessageClass(RoomEvent.Welcome.class);
        ann.say("4");
        for (String text : List.of("2", "3", "4")) {
            RoomEvent.Said said = again.expectMessageClass(RoomEvent.Said.class);
            assertThat(said.text()).isEqualTo(text);
            assertThat(said.seq()).isEqualTo(++seen);
        }
    }

    @Test
    void anActorThatEndsIsSeenToLeave() {
        bob.stop();
        ann.expect("bob has left the chat...");
    }

    @Test
    void theActorIsInWhoAsItIsInNames() {
        try (Peer cyd = Peer.connect("cyd", server.port("irc"))) {
            cyd.say("NICK cyd\r\nUSER cyd 0 * :Cyd\r\nJOIN #lobby\r\nWHO #lobby");
            assertThat(cyd.until(" 353 ")).endsWith(":ann bob cyd");
            assertThat(cyd.until(" 352 ")).endsWith(" ann H :0");
            assertThat(cyd.until(" 352 ")).endsWith(" app local teahouse.local bob H :0");
            assertThat(cyd.until(" 352 ")).endsWith(" cyd H :0 Cyd");
            assertThat(cyd.until(" 315 ")).contains("#lobby");
        }
    }

    @Test
    void aNameIsRefusedInTheRoomWhenAnActorHasIt() {
        try (Peer other = Peer.connect("bob", server.port())) {
            other.expect(Peer.GREETING);
            other.say("bob");
            other.expect("! bob is already in the room").expect("-- you are in no room: type /join ROOM");
        }
        ann.say("hi");
        ann.expect("ann: hi");
    }

    @Test
    void aNewNameIsRefusedWhenAnActorInTheRoomHasIt() {
        ann.say("/nick bob");
        ann.expect("! bob is already in the room");
        ann.say("hi");
        ann.expect("ann: hi");
        ann.say("/who");
        ann.expect("-- in lobby: ann, bob");
        ann.say("/nick anna");
        ann.expect("ann is now called anna");
    }
}
