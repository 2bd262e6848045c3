package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestInbox;
import akka.actor.typed.ActorRef;
import io.teahouse.room.RoomEvent.Departure;
import io.teahouse.testkit.InboxGuest;
import io.teahouse.testkit.TestRoom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A member with several subscribers, or none: one user with several connections, or away. ann is the operator. */
class SeveralSubscribersTest {
    private static final UserId BOB = UserId.ofAccount("bob");

    private final TestRoom room = new TestRoom();
    private final InboxGuest ann = room.enter("ann");
    private final ActorRef<Void> owner = TestInbox.<Void>create("bobs-owner").getRef();
    private final InboxGuest laptop = subscribe(-1);

    private InboxGuest subscribe(long since) {
        InboxGuest device = new InboxGuest("bob");
        room.ask(join(device, since));
        return device;
    }

    private RoomActor.Join join(InboxGuest device, long since) {
        return new RoomActor.Join(
                new RoomActor.Identity(
                        BOB, device.nick(), Profile.APPLICATION.withAccount("bob"), false, owner, Optional.empty()),
                "",
                device.member(),
                Delivery.EACH,
                since < 0 ? Optional.empty() : Optional.of(new RoomActor.Back(since, Ranks.NONE)),
                0,
                device.replyTo());
    }

    private List<String> names() {
        room.ask(ann.names());
        return ann.answer(RoomReply.NameList.class).members().stream()
                .map(member -> member.ranks().marks() + member.nick())
                .toList();
    }

    @Test
    void theSecondSubscriberIsWelcomedSilently() {
        ann.heard();
        laptop.heard();
        InboxGuest phone = subscribe(-1);
        assertThat(phone.lines()).containsExactly("welcome bob after 0");
        assertThat(ann.lines()).isEmpty();
        assertThat(laptop.lines()).isEmpty();
        assertThat(names()).containsExactly("@ann", "bob");
    }

    @Test
    void eachReceivesEventsAndMaySpeakForTheUser() {
        InboxGuest phone = subscribe(-1);
        laptop.heard();
        phone.heard();
        room.ask(phone.say("hi"), ann.say("hello"));
        assertThat(laptop.lines()).containsExactly("1 bob: hi", "2 ann: hello");
        assertThat(phone.lines()).containsExactly("1 bob: hi", "2 ann: hello");
    }

    @Test
    void aLaterSubscriberReceivesMissedEvents() {
        room.ask(ann.say("one"), ann.say("two"));
        assertThat(subscribe(1).lines()).containsExactly("welcome bob after 2", "2 ann: two");
    }

    @Test
    void theMemberStaysWhenTheLastSubscriberLeaves() {
        ann.heard();
        laptop.heard();
        room.ask(new RoomActor.Unsubscribe(laptop.member()), ann.say("psst"));
        assertThat(laptop.lines()).isEmpty();
        assertThat(ann.lines()).containsExactly("1 ann: psst");
        assertThat(names()).containsExactly("@ann", "bob");
    }

    @Test
    void aUserWhoseOnlySubscriberLeavesAtOnceIsStillAMember() {
        room.ask(new RoomActor.Leave(BOB, Departure.PARTED, "", 0));
        ann.heard();
        InboxGuest phone = new InboxGuest("bob");
        room.ask(join(phone, -1), new RoomActor.Unsubscribe(phone.member()));
        assertThat(ann.lines()).containsExactly("+bob");
        assertThat(phone.lines()).isEmpty();
        assertThat(names()).containsExactly("@ann", "bob");

        room.ask(new RoomActor.Leave(BOB, Departure.PARTED, "", 0));

        assertThat(ann.lines()).hasSize(1).first().asString().startsWith("-bob PARTED");
        assertThat(names()).containsExactly("@ann");
    }

    @Test
    void anUnsubscribedActorMaySendNothing() {
        room.ask(new RoomActor.Unsubscribe(laptop.member()), laptop.say("hi"));
        laptop.wasRefused(Refusal.Reason.NOT_A_MEMBER);
    }

    @Test
    void leavingEndsAllSubscriptionsAndIsShownOnEach() {
        InboxGuest phone = subscribe(-1);
        ann.heard();
        laptop.heard();
        phone.heard();
        room.ask(new RoomActor.Leave(BOB, Departure.PARTED, "bye", 0));
        room.ask(ann.say("gone?"));
        assertThat(ann.lines()).hasSize(2).first().asString().startsWith("-bob PARTED");
        assertThat(laptop.lines()).hasSize(1).first().asString().startsWith("-bob PARTED");
        assertThat(phone.lines()).hasSize(1).first().asString().startsWith("-bob PARTED");
    }

    @Test
    void aRenamedUserIsRenamedOnceForAll() {
        InboxGuest phone = subscribe(-1);
        ann.heard();
        laptop.heard();
        phone.heard();
        room.ask(new RoomActor.Rename(BOB, Nick.of("rob"), 0, 0, ann.replyTo()));
        assertThat(ann.lines()).hasSize(1);
        assertThat(laptop.lines()).isEqualTo(phone.lines()).hasSize(1);
        assertThat(names()).containsExactly("@ann", "rob");
    }

    private InboxGuest returned() {
        room.ask(new RoomActor.Leave(BOB, Departure.PARTED, "", 0));
        return subscribe(0);
    }

    @Test
    void aUserWhoWasKickedAfterTheirReturnDoesNotComeBackByAnotherConnection() {
        returned();
        room.ask(ann.kick("bob", ""));
        subscribe(0).wasRefused(Refusal.Reason.NOT_A_MEMBER);
        assertThat(names()).containsExactly("@ann");
    }

    @Test
    void theyMayJoinLikeANewcomer() {
        returned();
        room.ask(ann.kick("bob", ""));
        ann.heard();
        subscribe(-1);
        assertThat(ann.lines()).containsExactly("+bob");
        room.ask(ann.kick("bob", ""));
        subscribe(0).wasRefused(Refusal.Reason.NOT_A_MEMBER);
    }

    @Test
    void aUserWhoWasLostComesBackByAnotherConnection() {
        returned();
        room.ended(owner);
        subscribe(0);
        assertThat(names()).containsExactly("@ann", "bob");
    }

    @Test
    void aNewActorOfTheUserIsToldThatTheyAreAMember() {
        TestInbox<MemberEvent> observer = TestInbox.create();
        InboxGuest phone = new InboxGuest("bob");
        room.ask(new RoomActor.Join(
                new RoomActor.Identity(
                        BOB,
                        phone.nick(),
                        Profile.APPLICATION.withAccount("bob"),
                        false,
                        observer.getRef(),
                        Optional.of(observer.getRef())),
                "",
                phone.member(),
                Delivery.EACH,
                Optional.empty(),
                0,
                phone.replyTo()));
        assertThat(observer.receiveMessage())
                .isInstanceOfSatisfying(
                        MemberEvent.Placed.class,
                        placed -> assertThat(placed.user()).isEqualTo(BOB));
    }
}
