package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.teahouse.room.Refusal.Reason;
import io.teahouse.room.RoomEvent.Kind;
import io.teahouse.room.RoomEvent.Said;
import io.teahouse.testkit.InboxGuest;
import io.teahouse.testkit.TestRoom;
import io.teahouse.testkit.Transcript;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoomActorSayTest {
    private final TestRoom room = new TestRoom();
    private final InboxGuest ann = room.enter("ann");

    @Test
    void theSenderReceivesTheSameEventAsAllOthers() {
        InboxGuest bob = room.enter("bob");
        ann.heard();

        room.ask(new RoomActor.Say(ann.member(), new OutgoingMessage(Kind.ACTION, "pours tea", "c1"), ann.replyTo()));

        Said receipt = ann.heard(Said.class);
        assertThat(bob.heard()).containsExactly(receipt);
        assertThat(receipt)
                .returns(1L, Said::seq)
                .returns(Kind.ACTION, Said::kind)
                .returns("pours tea", Said::text)
                .returns("c1", Said::clientId)
                .returns(ann.nick(), Said::by);
        assertThat(ann.answers()).isEmpty();
    }

    @Test
    void seqsHaveNoGapAndIdsDiffer() {
        room.ask(ann.say("a"), ann.say("b"));
        room.ask(ann.topic("c"));

        List<RoomEvent.Recorded> told =
                ann.heard().stream().map(RoomEvent.Recorded.class::cast).toList();
        assertThat(told).extracting(RoomEvent.Recorded::seq).containsExactly(1L, 2L, 3L);
        assertThat(told).extracting(RoomEvent.Recorded::id).doesNotHaveDuplicates();
        assertThat(told).extracting(RoomEvent.Recorded::at).isSorted();
    }

    @Test
    void theTimeOfAMessageIsThatOfTheRoomsClock() {
        Instant noon = Instant.parse("2026-03-01T12:00:00.123456Z");
        RoomSettings limits = RoomSettings.defaults();
        TestRoom atNoon = new TestRoom(new RoomParts(
                TestRoom.TEA,
                new MemoryRoomLog(9),
                new StandardPolicy(limits),
                limits,
                InstantSource.fixed(noon),
                Optional.empty(),
                Optional.empty(),
                FormerState.NONE));
        InboxGuest bob = atNoon.enter("bob");

        atNoon.ask(bob.say("hi"));

        assertThat(bob.heard(Said.class).at()).isEqualTo("2026-03-01T12:00:00.123Z");
    }

    @Test
    void allMembersReceiveTheSameEventsInTheSameOrder() {
        InboxGuest bob = room.enter("bob");
        ann.heard();

        room.ask(ann.say("1"), bob.say("2"), ann.topic("3"), bob.rename("rob"), bob.say("4"), ann.say("5"));

        List<RoomEvent> told = ann.heard();
        assertThat(Transcript.of(told))
                .containsExactly("1 ann: 1", "2 bob: 2", "3 ann topic 3", "bob > rob", "4 rob: 4", "5 ann: 5");
        assertThat(bob.heard()).isEqualTo(told);
    }

    @Test
    void aNonMemberMaySendNothing() {
        InboxGuest bob = new InboxGuest("bob");

        room.ask(bob.say("hi", "c7"), bob.topic("mine"));

        assertThat(bob.answers())
                .map(RoomReply.Refused.class::cast)
                .extracting(
                        RoomReply.Refused::clientId,
                        refused -> refused.refusal().reason())
                .containsExactly(tuple("c7", Reason.NOT_A_MEMBER), tuple("", Reason.NOT_A_MEMBER));
        assertThat(ann.hasHeardAnything()).isFalse();
    }

    @Test
    void refusedMessagesHaveNoSeq() {
        room.ask(ann.say(""));
        ann.wasRefused(Reason.EMPTY);
        room.ask(ann.say("x".repeat(RoomSettings.defaults().limits().maxText() + 1)));
        ann.wasRefused(Reason.TOO_LONG);

        room.ask(ann.say("hi"));

        assertThat(ann.lines()).containsExactly("1 ann: hi");
    }

    @Test
    void aTopicIsPublishedKeptAndRemoved() {
        room.ask(ann.topic("tea"));
        assertThat(ann.lines()).containsExactly("1 ann topic tea");
        InboxGuest bob = new InboxGuest("bob");
        room.ask(ann.topic(""), bob.join());
        assertThat(bob.heard(RoomEvent.Welcome.class).topic().text()).isEmpty();
    }

    @Test
    void moreThanOneRoundOfMessagesKeepsItsOrder() {
        RoomActor.Command[] many = new RoomActor.Command[1000];
        for (int i = 0; i < many.length; i++) {
            many[i] = ann.say(Integer.toString(i + 1));
        }

        room.ask(many);

        List<String> told = ann.lines();
        assertThat(told).hasSize(1000);
        for (int i = 1; i <= many.length; i++) {
            assertThat(told.get(i - 1)).isEqualTo(i + " ann: " + i);
        }
    }
}
