package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestInbox;
import akka.actor.typed.ActorRef;
import io.teahouse.room.RoomEvent.Departure;
import io.teahouse.testkit.InboxGuest;
import io.teahouse.testkit.Some;
import io.teahouse.testkit.TestRoom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A guest logs in to an account while in a room. ann is the operator, bob the guest. */
class LoginInRoomTest {
    private static final Profile GUEST = Profile.APPLICATION.withGuest(UserId.ofGuest("bob~1"));
    private static final Profile ACCOUNT = GUEST.withAccount("bobby");
    private static final RoomEvent.Kind MESSAGE = RoomEvent.Kind.MESSAGE;

    private final TestRoom room = new TestRoom();
    private final InboxGuest ann = room.enter("ann");
    private final InboxGuest bob = new InboxGuest("bob");
    private final ActorRef<Void> owner = TestInbox.<Void>create("bobs-owner").getRef();

    private RoomActor.Join join(InboxGuest device, Profile profile) {
        return join(device, profile.id(), profile, owner);
    }

    private static RoomActor.Join join(InboxGuest device, UserId id, Profile profile, ActorRef<Void> owner) {
        return new RoomActor.Join(
                new RoomActor.Identity(id, device.nick(), profile, false, owner, Optional.empty()),
                "",
                device.member(),
                Delivery.EACH,
                Optional.empty(),
                0,
                device.replyTo());
    }

    private void enter() {
        room.ask(join(bob, GUEST));
        ann.heard();
        bob.heard();
    }

    private RoomActor.ChangeProfile login() {
        return new RoomActor.ChangeProfile(GUEST.id(), ACCOUNT, 0, 1, bob.replyTo());
    }

    private RoomActor.SetModes makeOperator(String nick) {
        return new RoomActor.SetModes(ann.member(), List.of(new ModeChange(true, Mode.OPERATOR, nick)), ann.replyTo());
    }

    private static RoomActor.Say forOperators(InboxGuest from, String text) {
        OutgoingMessage message = new OutgoingMessage(MESSAGE, text, Attributes.NONE, Audience.OPERATORS, "", false);
        return new RoomActor.Say(from.member(), message, from.replyTo());
    }

    private List<RoomReply.Participant> members() {
        room.ask(ann.names());
        return ann.answer(RoomReply.NameList.class).members();
    }

    @Test
    void aMemberWhoLogsInHasTheIdOfTheAccount() {
        enter();
        room.ask(login());
        assertThat(ann.lines()).containsExactly("bob has another profile");
        assertThat(bob.answers()).containsExactly(new RoomReply.Done(TestRoom.TEA, 1));

        room.ask(new RoomActor.Leave(GUEST.id(), Departure.PARTED, "", 0));
        assertThat(members()).as("the guest is nobody now").hasSize(2);
        room.ask(new RoomActor.Leave(ACCOUNT.id(), Departure.PARTED, "", 0));
        assertThat(members()).hasSize(1);
    }

    @Test
    void anotherConnectionOfTheAccountJoinsTheSameMember() {
        enter();
        InboxGuest phone = new InboxGuest("bob");
        room.ask(login(), join(phone, ACCOUNT));
        assertThat(phone.lines()).containsExactly("welcome bob after 0");
        assertThat(members()).hasSize(2);
    }

    @Test
    void restrictedMessagesReachTheMemberBeforeAndAfterTheLogin() {
        enter();
        room.ask(makeOperator("bob"));
        bob.heard();
        room.ask(forOperators(ann, "one"), login(), forOperators(ann, "two"));
        room.ask(forOperators(ann, "three"));
        assertThat(bob.lines()).containsExactly("1 ann: one", "bob has another profile", "2 ann: two", "3 ann: three");
    }

    @Test
    void restrictedMessagesReachAConnectionOfTheSameRound() {
        enter();
        InboxGuest phone = new InboxGuest("bob");
        room.ask(makeOperator("bob"));
        room.ask(join(phone, GUEST), login(), forOperators(ann, "one"));
        assertThat(phone.lines()).containsExactly("welcome bob after 0", "bob has another profile", "1 ann: one");
    }

    @Test
    void restrictedMessagesReachAGuestWhoJoinsLogsInAndLeavesInOneRound() {
        room.ask(
                join(bob, GUEST),
                makeOperator("bob"),
                forOperators(ann, "one"),
                login(),
                new RoomActor.Leave(ACCOUNT.id(), Departure.PARTED, "", 0));
        assertThat(bob.lines())
                .containsExactly(
                        "welcome bob after 0",
                        "+bob",
                        "ann sets +o bob",
                        "1 ann: one",
                        "bob has another profile",
                        "-bob PARTED");
    }

    @Test
    void aLoginIsRefusedIfTheAccountIsAMemberAlready() {
        enter();
        InboxGuest bobby = new InboxGuest("bobby");
        room.ask(join(
                bobby,
                ACCOUNT.id(),
                ACCOUNT,
                TestInbox.<Void>create("bobbys-owner").getRef()));
        ann.heard();

        room.ask(login());

        Refusal refusal = bob.answer(RoomReply.Refused.class).refusal();
        assertThat(refusal.reason()).isEqualTo(Refusal.Reason.ALREADY_MEMBER);
        assertThat(refusal.text()).isEqualTo("bobby is in the room already");
        assertThat(ann.hasHeardAnything()).isFalse();
        assertThat(members()).extracting(RoomReply.Participant::profile).contains(GUEST, ACCOUNT);
        room.ask(new RoomActor.Leave(GUEST.id(), Departure.PARTED, "", 0));
        assertThat(members()).hasSize(2);
    }

    @Test
    void aUserWhoLogsOutHasTheIdOfTheGuestAgain() {
        room.ask(join(bob, ACCOUNT));
        room.ask(new RoomActor.ChangeProfile(ACCOUNT.id(), GUEST, 0, 0, bob.replyTo()));
        room.ask(new RoomActor.Leave(GUEST.id(), Departure.PARTED, "", 0));
        assertThat(members()).hasSize(1);
    }

    @Test
    void aMemberWithAnExplicitIdKeepsIt() {
        UserId own = UserId.generate();
        room.ask(join(bob, own, GUEST, owner));
        room.ask(new RoomActor.ChangeProfile(own, ACCOUNT, 0, 0, bob.replyTo()));
        room.ask(new RoomActor.Leave(own, Departure.PARTED, "", 0));
        assertThat(members()).hasSize(1);
    }

    @Test
    void anActorThatSpeaksForItselfKeepsTheIdOfItsReference() {
        room.ask(bob.join());
        room.ask(new RoomActor.ChangeProfile(bob.member(), ACCOUNT, 0, bob.replyTo()));
        room.ask(bob.part());
        assertThat(members()).hasSize(1);
    }

    @Test
    void theOwnerIsStillWatchedAfterALogin() {
        enter();
        room.ask(login());
        room.ended(owner);
        assertThat(ann.lines()).containsExactly("bob has another profile", "-bob LOST");
    }

    @Test
    void openInvitationsStillCountForAnInviterWhoLogsIn() {
        Invitations invitations = new Invitations();
        invitations.add(new Invitation(UserId.ofAccount("cyd"), GUEST.id(), Some.NOON));
        invitations.add(new Invitation(UserId.ofAccount("dan"), UserId.ofAccount("ann"), Some.NOON));
        invitations.changeInviter(GUEST.id(), ACCOUNT.id());
        assertThat(invitations.countOf(ACCOUNT.id())).isEqualTo(1);
        assertThat(invitations.countOf(GUEST.id())).isZero();
        assertThat(invitations.countOf(UserId.ofAccount("ann"))).isEqualTo(1);
    }
}
