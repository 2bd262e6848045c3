package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import akka.actor.testkit.typed.javadsl.TestInbox;
import io.teahouse.room.Refusal.Reason;
import io.teahouse.room.RoomReply.Participant;
import io.teahouse.testkit.InboxGuest;
import io.teahouse.testkit.TestRoom;
import io.teahouse.testkit.Transcript;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RoomActorMembersTest {
    private final TestRoom room = new TestRoom();
    private final InboxGuest ann = room.enter("ann");
    private final InboxGuest bob = room.enter("bob");

    @BeforeEach
    void forgetTheComing() {
        ann.heard();
    }

    private List<String> names() {
        room.ask(ann.names());
        return ann.answer(RoomReply.NameList.class).members().stream()
                .map(one -> one.nick().text())
                .toList();
    }

    @Test
    void aRenameIsPublishedAndAppliesFromThenOn() {
        room.ask(bob.say("as bob"), bob.rename("rob"), bob.say("as rob"));

        List<RoomEvent> told = ann.heard();
        assertThat(Transcript.of(told)).containsExactly("1 bob: as bob", "bob > rob", "2 rob: as rob");
        assertThat(bob.heard()).isEqualTo(told);
        assertThat(names()).containsExactly("ann", "rob");
    }

    @Test
    void theOldNickIsFreeAndTheNewOneTaken() {
        InboxGuest rob = new InboxGuest("ROB");
        InboxGuest other = new InboxGuest("bob");

        room.ask(bob.rename("rob"), rob.join(), other.join());

        rob.wasRefused(Reason.NICK_IN_USE);
        assertThat(other.lines()).containsExactly("welcome bob after 0", "+bob");
    }

    @Test
    void aTakenNickIsRefused() {
        room.ask(bob.rename("Ann"));
        bob.wasRefused(Reason.NICK_IN_USE);
        assertThat(ann.hasHeardAnything()).isFalse();
    }

    @Test
    void anotherSpellingOfTheOwnNickIsAllowed() {
        room.ask(bob.rename("BOB"));
        assertThat(ann.lines()).containsExactly("bob > BOB");
        room.ask(bob.say("loud"));
        assertThat(ann.lines()).containsExactly("1 BOB: loud");
    }

    @Test
    void aNonMemberCannotBeRenamed() {
        InboxGuest cyd = new InboxGuest("cyd");
        room.ask(cyd.rename("kid"));
        cyd.wasRefused(Reason.NOT_A_MEMBER);
    }

    @Test
    void aChangeWithANumberIsAnsweredByDone() {
        room.ask(
                new RoomActor.Rename(UserId.of(bob.member()), Nick.of("rob"), 0, 1, bob.replyTo()),
                change(bob, 2),
                note(bob, 3));

        assertThat(ann.lines())
                .containsExactly("bob > rob", "rob has another profile", "rob notes of themselves {url=x}");
        assertThat(bob.answers())
                .containsExactly(
                        new RoomReply.Done(TestRoom.TEA, 1),
                        new RoomReply.Done(TestRoom.TEA, 2),
                        new RoomReply.Done(TestRoom.TEA, 3));
    }

    private static RoomActor.ChangeProfile change(InboxGuest guest, long number) {
        Profile out = Profile.APPLICATION.withAway("out");
        return new RoomActor.ChangeProfile(UserId.of(guest.member()), out, 0, number, guest.replyTo());
    }

    private static RoomActor.TellMetadata note(InboxGuest guest, long number) {
        return new RoomActor.TellMetadata(UserId.of(guest.member()), Map.of("url", "x"), 0, number, guest.replyTo());
    }

    @Test
    void aChangeWithoutNumberIsAnsweredByTheEventAlone() {
        room.ask(bob.rename("rob"), change(bob, 0), note(bob, 0));
        assertThat(ann.lines()).hasSize(3);
        assertThat(bob.answers()).isEmpty();
    }

    @Test
    void aNonMemberCannotChangeTheirProfile() {
        InboxGuest cyd = new InboxGuest("cyd");
        room.ask(change(cyd, 1));
        cyd.wasRefused(Reason.NOT_A_MEMBER);
        room.ask(note(cyd, 2));
        cyd.wasRefused(Reason.NOT_A_MEMBER);
        assertThat(ann.hasHeardAnything()).isFalse();
    }

    @Test
    void aRefusedRenameIsNotAnsweredByDone() {
        room.ask(new RoomActor.Rename(UserId.of(bob.member()), ann.nick(), 0, 7, bob.replyTo()));
        assertThat(bob.answer(RoomReply.Refused.class).number()).isEqualTo(7);
    }

    @Test
    void eventsOfARenamedRoomBearItsNewName() {
        room.ask(change(bob, 1), ann.renameRoom("cha"));
        assertThat(bob.answers()).containsExactly(new RoomReply.Done(RoomName.of("cha"), 1));
    }

    @Test
    void anybodyMayAskForTheMembers() {
        InboxGuest stranger = new InboxGuest("cyd");

        room.ask(stranger.names());

        assertThat(stranger.answer(RoomReply.NameList.class).members())
                .containsExactly(
                        new Participant(ann.nick(), profile(ann), Ranks.OPERATOR),
                        new Participant(bob.nick(), profile(bob), Ranks.NONE));
    }

    private static Profile profile(InboxGuest guest) {
        return Profile.APPLICATION.withGuest(UserId.of(guest.member()));
    }

    @Test
    void namesAreInTheOrderOfJoins() {
        room.enter("cyd");
        InboxGuest dan = room.enter("dan");
        room.ask(bob.part());
        assertThat(names()).containsExactly("ann", "cyd", "dan");

        room.ask(dan.part(), bob.join());
        assertThat(names()).containsExactly("ann", "cyd", "bob");
    }

    @Test
    void namesAreThoseAtTheTimeOfTheQuestion() {
        InboxGuest cyd = new InboxGuest("cyd");

        room.ask(bob.part(), cyd.join(), ann.names());

        assertThat(ann.answer(RoomReply.NameList.class).members())
                .extracting(Participant::nick)
                .containsExactly(ann.nick(), cyd.nick());
    }

    private static TestRoom observed(TestInbox<RoomSummary> seen) {
        RoomSettings limits = RoomSettings.defaults();
        return new TestRoom(new RoomParts(
                TestRoom.TEA,
                new MemoryRoomLog(9),
                new StandardPolicy(limits),
                limits,
                InstantSource.system(),
                Optional.of(seen.getRef()),
                Optional.empty(),
                FormerState.NONE));
    }

    @Test
    void anObserverReceivesTheStateThatTheRoomNeedsToContinue() {
        TestInbox<RoomSummary> seen = TestInbox.create("seen");
        TestRoom observed = observed(seen);
        InboxGuest cyd = observed.enter("cyd");
        observed.enter("dan");
        observed.ask(
                new RoomActor.SetModes(cyd.member(), List.of(new ModeChange(true, Mode.VOICE, "dan")), cyd.replyTo()));
        List<RoomSummary> told = seen.getAllReceived();
        RoomState newest = told.get(told.size() - 1).state();
        assertThat(newest.version()).isEqualTo(told.size());
        assertThat(newest.session()).isNotEqualTo(RoomLog.FOR_ALL);
        assertThat(newest.ranks().values())
                .containsExactlyInAnyOrder(Ranks.OPERATOR, Ranks.NONE.with(Mode.VOICE, true));
        assertThat(newest.ranks()).containsEntry(UserId.of(cyd.member()), Ranks.OPERATOR);
    }

    @Test
    void anObserverReceivesMembersAndTopic() {
        TestInbox<RoomSummary> seen = TestInbox.create("seen");
        TestRoom observed = observed(seen);
        InboxGuest cyd = observed.enter("cyd");
        observed.ask(cyd.say("nothing to see"));
        observed.ask(cyd.topic("tea"));
        observed.ask(cyd.part());

        assertThat(seen.getAllReceived())
                .extracting(RoomSummary::members, summary -> summary.topic().text())
                .containsExactly(tuple(1, ""), tuple(1, "tea"), tuple(0, "tea"));
    }
}
