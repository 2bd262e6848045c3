package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestInbox;
import akka.actor.typed.ActorRef;
import io.teahouse.room.MemberEvent.Placed;
import io.teahouse.room.MemberEvent.Removed;
import io.teahouse.room.RoomEvent.Departure;
import io.teahouse.testkit.InboxGuest;
import io.teahouse.testkit.TestRoom;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Events of a user's own membership. ann is the operator, and observes nothing. */
class MemberEventTest {
    private static final UserId BOB = UserId.ofAccount("bob");

    private final TestRoom room = new TestRoom();
    private final InboxGuest ann = room.enter("ann");
    private final InboxGuest laptop = new InboxGuest("bob");
    private final ActorRef<Void> owner = TestInbox.<Void>create("bobs-owner").getRef();
    private final TestInbox<MemberEvent> bob = TestInbox.create("bobs-observer");

    private RoomActor.Join join(InboxGuest device, ActorRef<MemberEvent> observer) {
        return join(device, Optional.of(device.member()), Optional.empty(), observer);
    }

    private RoomActor.Join joinAway(Optional<RoomActor.Back> back) {
        return join(laptop, Optional.empty(), back, bob.getRef());
    }

    private RoomActor.Join join(
            InboxGuest device,
            Optional<ActorRef<RoomEvent>> subscriber,
            Optional<RoomActor.Back> back,
            ActorRef<MemberEvent> observer) {
        return new RoomActor.Join(
                new RoomActor.Identity(
                        BOB,
                        device.nick(),
                        Profile.APPLICATION.withAccount("bob"),
                        false,
                        owner,
                        Optional.of(observer)),
                "",
                subscriber,
                Delivery.EACH,
                back,
                0,
                device.replyTo());
    }

    private void enter() {
        room.ask(join(laptop, bob.getRef()));
        bob.getAllReceived();
    }

    private RoomActor.SetModes set(ModeChange... changes) {
        return new RoomActor.SetModes(ann.member(), Arrays.asList(changes), ann.replyTo());
    }

    private Placed placed(String roomName, String nick, Ranks ranks, boolean secret, long seq) {
        return new Placed(RoomName.of(roomName), room.kit().getRef(), BOB, Nick.of(nick), ranks, secret, seq);
    }

    private Removed removed() {
        return new Removed(TestRoom.TEA, BOB, room.kit().getRef());
    }

    @Test
    void aNewMemberReceivesTheirStanding() {
        room.ask(ann.say("one"), ann.say("two"));
        room.ask(join(laptop, bob.getRef()));
        assertThat(bob.getAllReceived()).containsExactly(placed("tea", "bob", Ranks.NONE, false, 2));
    }

    @Test
    void theFirstMemberReceivesTheirRank() {
        room.ask(ann.part());
        room.ask(join(laptop, bob.getRef()));
        assertThat(bob.getAllReceived()).containsExactly(placed("tea", "bob", Ranks.OPERATOR, false, 0));
    }

    @Test
    void aSecondSubscriberChangesNothingForTheUser() {
        enter();
        TestInbox<MemberEvent> other = TestInbox.create("another-observer");
        room.ask(join(new InboxGuest("bob"), other.getRef()), ann.say("hi"));
        assertThat(bob.hasMessages()).isFalse();
        assertThat(other.hasMessages()).isFalse();
    }

    @Test
    void aRefusedUserReceivesNoEvent() {
        room.ask(set(new ModeChange(true, Mode.INVITE_ONLY, "")), join(laptop, bob.getRef()));
        assertThat(bob.hasMessages()).isFalse();
        laptop.wasRefused(Refusal.Reason.INVITE_ONLY);
    }

    @Test
    void newRanksAreSentOncePerChange() {
        enter();
        room.ask(
                set(new ModeChange(true, Mode.OPERATOR, "bob"), new ModeChange(true, Mode.VOICE, "Bob")),
                set(new ModeChange(true, Mode.VOICE, "ann")));
        assertThat(bob.getAllReceived()).containsExactly(placed("tea", "bob", new Ranks(true, false, true), false, 0));
    }

    @Test
    void ranksAreSentUnderANewNick() {
        enter();
        room.ask(
                set(new ModeChange(true, Mode.VOICE, "bob")),
                new RoomActor.Rename(BOB, Nick.of("rob"), 0, 0, laptop.replyTo()),
                new RoomActor.Join(Nick.of("bob"), TestInbox.<RoomEvent>create().getRef(), ann.replyTo()));
        assertThat(bob.getAllReceived()).containsExactly(placed("tea", "rob", new Ranks(false, false, true), false, 0));
    }

    @Test
    void everyUserIsNotifiedWhenTheRoomBecomesSecretOrPublic() {
        enter();
        room.ask(set(new ModeChange(true, Mode.SECRET, ""), new ModeChange(true, Mode.VOICE, "bob")));
        room.ask(set(new ModeChange(true, Mode.MODERATED, "")));
        room.ask(set(new ModeChange(false, Mode.SECRET, "")));
        Ranks voice = new Ranks(false, false, true);
        assertThat(bob.getAllReceived())
                .containsExactly(placed("tea", "bob", voice, true, 0), placed("tea", "bob", voice, false, 0));
    }

    @Test
    void everyUserIsNotifiedOfANewRoomName() {
        enter();
        room.ask(ann.say("one"), ann.renameRoom("cha"), ann.say("two"));
        assertThat(bob.getAllReceived()).containsExactly(placed("cha", "bob", Ranks.NONE, false, 1));
    }

    @Test
    void aLeavingUserIsRemoved() {
        enter();
        room.ask(new RoomActor.Leave(BOB, Departure.PARTED, "", 0), ann.say("gone?"));
        assertThat(bob.getAllReceived()).containsExactly(removed());
    }

    @Test
    void aKickedUserIsRemoved() {
        enter();
        room.ask(ann.kick("bob", ""));
        assertThat(bob.getAllReceived()).containsExactly(removed());
    }

    @Test
    void aLostUserIsRemoved() {
        enter();
        room.ended(owner);
        assertThat(bob.getAllReceived()).containsExactly(removed());
    }

    @Test
    void aUserWhoJoinsAndLeavesInOneRoundReceivesBoth() {
        room.ask(
                join(laptop, bob.getRef()),
                new RoomActor.Leave(BOB, Departure.PARTED, "", 0),
                join(laptop, bob.getRef()));
        Placed place = placed("tea", "bob", Ranks.NONE, false, 0);
        assertThat(bob.getAllReceived()).containsExactly(place, removed(), place);
    }

    @Test
    void anAbsentUserJoinsWithoutAConnection() {
        room.ask(ann.say("one"));
        ann.heard();
        room.ask(joinAway(Optional.empty()));
        assertThat(bob.getAllReceived()).containsExactly(placed("tea", "bob", Ranks.NONE, false, 1));
        assertThat(ann.lines()).containsExactly("+bob");
        room.ask(ann.names());
        assertThat(ann.answer(RoomReply.NameList.class).members()).hasSize(2);
        assertThat(laptop.answers()).isEmpty();
    }

    @Test
    void anAbsentUserRejoinsSilently() {
        Ranks operator = Ranks.OPERATOR;
        room.ask(ann.say("one"));
        ann.heard();
        room.ask(joinAway(Optional.of(new RoomActor.Back(0, operator))), ann.say("two"));
        assertThat(bob.getAllReceived()).containsExactly(placed("tea", "bob", operator, false, 1));
        assertThat(ann.lines()).containsExactly("2 ann: two");
    }

    @Test
    void anAbsentUserIsRefusedLikeAnyOther() {
        room.ask(set(new ModeChange(true, Mode.INVITE_ONLY, "")), joinAway(Optional.empty()));
        laptop.wasRefused(Refusal.Reason.INVITE_ONLY);
        assertThat(bob.hasMessages()).isFalse();
    }

    @Test
    void aConnectionOfAnAbsentUserIsWelcomedSilently() {
        room.ask(joinAway(Optional.empty()));
        ann.heard();
        bob.getAllReceived();
        room.ask(join(laptop, bob.getRef()), ann.say("hi"));
        assertThat(laptop.lines()).containsExactly("welcome bob after 0", "1 ann: hi");
        assertThat(ann.lines()).containsExactly("1 ann: hi");
        assertThat(bob.hasMessages()).isFalse();
    }

    @Test
    void aMemberWhoJoinsAgainWithoutAConnectionReceivesTheirStandingAgain() {
        room.ask(joinAway(Optional.empty()), joinAway(Optional.empty()));
        Placed place = placed("tea", "bob", Ranks.NONE, false, 0);
        assertThat(bob.getAllReceived()).as("not before the join is shown").containsExactly(place);
        ann.heard();
        room.ask(joinAway(Optional.empty()));
        assertThat(bob.getAllReceived()).containsExactly(place);
        assertThat(ann.hasHeardAnything()).isFalse();
    }

    @Test
    void anAbsentMemberLeaves() {
        room.ask(joinAway(Optional.empty()));
        bob.getAllReceived();
        ann.heard();
        room.ask(new RoomActor.Leave(BOB, Departure.QUIT, "", 0));
        assertThat(bob.getAllReceived()).containsExactly(removed());
        assertThat(ann.lines()).containsExactly("-bob QUIT");
    }

    @Test
    void aConversationNotifiesTheUserToo() {
        RoomName two = RoomName.conversation("n:ann", "a:bob");
        TestRoom conversation = new TestRoom(new RoomParts(two, new MemoryRoomLog(9), RoomSettings.defaults()));
        conversation.ask(join(laptop, bob.getRef()));
        conversation.ask(new RoomActor.Leave(BOB, Departure.PARTED, "", 0));
        ActorRef<RoomActor.Command> self = conversation.kit().getRef();
        assertThat(bob.getAllReceived())
                .containsExactly(
                        new Placed(two, self, BOB, Nick.of("bob"), Ranks.NONE, false, 0), new Removed(two, BOB, self));
    }
}
