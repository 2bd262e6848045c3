package io.teahouse.room.member;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.FishingOutcomes;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import io.teahouse.room.HistoryRange;
import io.teahouse.room.Nick;
import io.teahouse.room.Ranks;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.room.local.LocalRooms;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A member that the application has, in the rooms of one process. */
class RoomMemberTest {
    private static final ActorTestKit AKKA = ActorTestKit.create();
    private static final String NAME = "order-1";

    private final ActorRef<RoomDirectory.Command> rooms = AKKA.spawn(LocalRooms.create());
    private final TestProbe<RoomEvent> ann = AKKA.createTestProbe();
    private final TestProbe<RoomReply> replies = AKKA.createTestProbe();
    private final TestProbe<String> heard = AKKA.createTestProbe();

    @AfterAll
    static void shutDown() {
        AKKA.shutdownTestKit();
    }

    private ActorRef<RoomActor.Command> room() {
        TestProbe<RoomDirectory.Location> location = AKKA.createTestProbe();
        rooms.tell(new RoomDirectory.Locate(RoomName.of(NAME), location.ref()));
        return location.expectMessageClass(RoomDirectory.Found.class).ref();
    }

    private ActorRef<RoomActor.Command> annJoins() {
        ActorRef<RoomActor.Command> room = room();
        room.tell(new RoomActor.Join(Nick.of("ann"), ann.ref(), replies.ref()));
        ann.fishForMessage(
                ann.getRemainingOrDefault(),
                event -> event instanceof RoomEvent.Welcome
                        ? FishingOutcomes.complete()
                        : FishingOutcomes.continueAndIgnore());
        return room;
    }

    private void annSays(ActorRef<RoomActor.Command> room, String text) {
        room.tell(new RoomActor.Say(ann.ref(), text, replies.ref()));
    }

    private String annHears() {
        RoomEvent event = ann.receiveMessage();
        while (!(event instanceof RoomEvent.Said said) || said.by().text().equals("ann")) {
            event = ann.receiveMessage();
        }
        return ((RoomEvent.Said) event).by() + ": " + ((RoomEvent.Said) event).text();
    }

    private RoomMember.Builder clerk() {
        return RoomMember.in(rooms, NAME)
                .as("clerk")
                .onJoined((me, welcome) -> heard.ref().tell("joined"))
                .onRejoined((me, welcome) -> heard.ref().tell("rejoined"))
                .onSaid((me, said) -> heard.ref().tell(said.by() + ": " + said.text()));
    }

    @Test
    void itJoinsAndAnswers() {
        AKKA.spawn(RoomMember.in(rooms, NAME)
                .as("clerk")
                .onJoined((me, welcome) -> heard.ref().tell("joined"))
                .onSaid((me, said) -> me.say("hi, " + said.by()))
                .create());
        heard.expectMessage("joined");

        annSays(annJoins(), "hello");

        assertThat(annHears()).isEqualTo("clerk: hi, ann");
    }

    @Test
    void itRejoinsARoomThatHasFailed() {
        AKKA.spawn(clerk().create());
        heard.expectMessage("joined");
        ActorRef<RoomActor.Command> before = room();

        before.tell(new RoomActor.Stop());
        heard.expectMessage("rejoined");
        annSays(annJoins(), "hello");

        heard.expectMessage("ann: hello");
    }

    @Test
    void itKeepsItsRanksWhenTheRoomFails() {
        AKKA.spawn(clerk().create());
        heard.expectMessage("joined");

        room().tell(new RoomActor.Stop());
        heard.expectMessage("rejoined");
        room().tell(new RoomActor.Names(replies.ref()));

        RoomReply.NameList names = replies.expectMessageClass(RoomReply.NameList.class);
        assertThat(names.members()).extracting(RoomReply.Participant::ranks).containsExactly(Ranks.OPERATOR);
    }

    @Test
    void itResumesAfterTheSeqThatAnEarlierRunHasSeen() {
        ActorRef<RoomActor.Command> room = annJoins();
        annSays(room, "seen");
        annSays(room, "missed");

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
                room().tell(new RoomActor.Stop());
                heard.expectMessage("rejoined");
            }
        }
        clerk.tell(new RoomMember.Say("end"));

        List<String> shown = ann.awaitAssert(() -> {
            List<String> texts = history();
            assertThat(texts).contains("end");
            return texts;
        });
        assertThat(shown).hasSize(21).doesNotHaveDuplicates().startsWith("line 1", "line 2");
    }

    private List<String> history() {
        annJoins().tell(new RoomActor.History(ann.ref(), HistoryRange.latest(100), replies.ref()));
        return replies.expectMessageClass(RoomReply.Past.class).events().stream()
                .map(RoomEvent.Said.class::cast)
                .map(RoomEvent.Said::text)
                .toList();
    }

    @Test
    void itLeavesWithPartingWords() {
        ActorRef<RoomMember.Command> clerk = AKKA.spawn(clerk().create());
        heard.expectMessage("joined");
        annJoins();

        clerk.tell(new RoomMember.Leave("closing time"));

        RoomEvent event = ann.receiveMessage();
        while (!(event instanceof RoomEvent.Left)) {
            event = ann.receiveMessage();
        }
        assertThat(((RoomEvent.Left) event).text()).isEqualTo("closing time");
        ann.expectTerminated(clerk);
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
        AKKA.spawn(RoomMember.in(rooms, NAME)
                .onJoined((me, welcome) -> me.say(""))
                .onRefused((me, reply) -> heard.ref().tell(reply.refusal().text()))
                .create());

        heard.expectMessage("there is nothing to say");
    }
}
