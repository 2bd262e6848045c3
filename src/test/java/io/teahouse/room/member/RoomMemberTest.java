package io.teahouse.room.member;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import io.teahouse.room.HistoryRange;
import io.teahouse.room.Ranks;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomReply;
import io.teahouse.room.local.LocalRooms;
import io.teahouse.testkit.TestClient;
import io.teahouse.testkit.TestRooms;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A member that the application has, in the rooms of one process. */
class RoomMemberTest {
    private static final ActorTestKit AKKA = ActorTestKit.create();
    private static final String NAME = "order-1";

    private final TestRooms rooms = TestRooms.on(AKKA);
    private final TestClient ann = rooms.client("ann");
    private final TestProbe<String> heard = AKKA.createTestProbe();

    @AfterAll
    static void shutDown() {
        AKKA.shutdownTestKit();
    }

    private RoomMember.Builder clerk() {
        return RoomMember.in(rooms.ref(), NAME)
                .as("clerk")
                .onJoined((me, welcome) -> heard.ref().tell("joined"))
                .onRejoined((me, welcome) -> heard.ref().tell("rejoined"))
                .onSaid((me, said) -> heard.ref().tell(said.by() + ": " + said.text()));
    }

    @Test
    void itJoinsAndAnswers() {
        AKKA.spawn(RoomMember.in(rooms.ref(), NAME)
                .as("clerk")
                .onJoined((me, welcome) -> heard.ref().tell("joined"))
                .onSaid((me, said) -> me.say("hi, " + said.by()))
                .create());
        heard.expectMessage("joined");

        ann.join(NAME).say("hello").expectSaid("clerk", "hi, ann");
    }

    @Test
    void itRejoinsARoomThatHasFailed() {
        AKKA.spawn(clerk().create());
        heard.expectMessage("joined");

        rooms.failRoom(NAME);
        heard.expectMessage("rejoined");
        ann.join(NAME).say("hello");

        heard.expectMessage("ann: hello");
    }

    @Test
    void itKeepsItsRanksWhenTheRoomFails() {
        AKKA.spawn(clerk().create());
        heard.expectMessage("joined");

        rooms.failRoom(NAME);
        heard.expectMessage("rejoined");
        rooms.find(NAME).tell(new RoomActor.Names(ann.replyTo()));

        RoomReply.NameList names = ann.expectAnswer(RoomReply.NameList.class);
        assertThat(names.members()).extracting(RoomReply.Participant::ranks).containsExactly(Ranks.OPERATOR);
    }

    @Test
    void itResumesAfterTheSeqThatAnEarlierRunHasSeen() {
        ann.join(NAME).say("seen").say("missed").expectDelivered();

        AKKA.spawn(clerk().after(1).create());

        heard.expectMessage("joined");
        heard.expectMessage("ann: missed");
    }

    @Test
    void whatItSaysIsShownOnceAlsoWhenTheRoomFails() {
        ActorRef<RoomMember.Command> clerk = AKKA.spawn(clerk().create());
        heard.expectMessage("joined");
        for (int i = 1; i <= 20; i++) {
            clerk.tell(new RoomMember.Say("line " + i));
            if (i % 5 == 0) {
                rooms.failRoom(NAME);
                heard.expectMessage("rejoined");
            }
        }
        clerk.tell(new RoomMember.Say("end"));

        List<String> shown = heard.awaitAssert(() -> {
            List<String> texts = history();
            assertThat(texts).contains("end");
            return texts;
        });
        assertThat(shown).hasSize(21).doesNotHaveDuplicates().startsWith("line 1", "line 2");
    }

    private List<String> history() {
        ann.join(NAME).send(new RoomActor.History(ann.member(), HistoryRange.latest(100), ann.replyTo()));
        return ann.expectAnswer(RoomReply.Past.class).events().stream()
                .map(RoomEvent.Said.class::cast)
                .map(RoomEvent.Said::text)
                .toList();
    }

    @Test
    void itLeavesWithPartingWords() {
        ActorRef<RoomMember.Command> clerk = AKKA.spawn(clerk().create());
        heard.expectMessage("joined");
        ann.join(NAME);

        clerk.tell(new RoomMember.Leave("closing time"));

        assertThat(ann.expectLeft("clerk").text()).isEqualTo("closing time");
        heard.expectTerminated(clerk);
    }

    @Test
    void itSaysWhyItIsNotInTheRoom() {
        ActorRef<RoomDirectory.Command> none =
                AKKA.spawn(LocalRooms.builder().maxRooms(0).create());
        AKKA.spawn(RoomMember.in(none, NAME)
                .onAbsent((me, why) -> heard.ref().tell(why))
                .create());

        assertThat(heard.receiveMessage()).startsWith("there are 0 rooms already");
    }

    @Test
    void whatItSaysCanBeRefused() {
        AKKA.spawn(RoomMember.in(rooms.ref(), NAME)
                .onJoined((me, welcome) -> me.say(""))
                .onRefused((me, reply) -> heard.ref().tell(reply.refusal().text()))
                .create());

        heard.expectMessage("there is nothing to say");
    }
}
