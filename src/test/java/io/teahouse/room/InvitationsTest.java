package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.room.Refusal.Reason;
import io.teahouse.testkit.InboxGuest;
import io.teahouse.testkit.Some;
import io.teahouse.testkit.TestRoom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whom an invitation admits, for how long, and how many are allowed. ann is the operator of the room. */
class InvitationsTest {
    private static final RoomSettings SETTINGS = settings();

    private Instant now = Some.NOON;
    private final MemoryRoomLog log = new MemoryRoomLog(9);
    private final TestRoom room = new TestRoom(new RoomParts(
            TestRoom.TEA,
            log,
            new StandardPolicy(SETTINGS),
            SETTINGS,
            () -> now,
            Optional.empty(),
            Optional.empty(),
            FormerState.NONE));
    private final InboxGuest ann = enter("ann", guest("ann~1"));

    /** Lists hold up to three masks. */
    private static RoomSettings settings() {
        return TestRoom.limits(99, 99, 99).withInvitations(new RoomSettings.InvitationLimits(Duration.ofHours(1), 2));
    }

    private static Profile guest(String connection) {
        return Profile.APPLICATION.withGuest(UserId.ofGuest(connection));
    }

    private InboxGuest enter(String name, Profile profile) {
        InboxGuest guest = new InboxGuest(name);
        room.ask(new RoomActor.Join(
                guest.nick(), profile, "", guest.member(), Delivery.EACH, Optional.empty(), guest.replyTo()));
        return guest;
    }

    private void set(Mode mode, String value) {
        room.ask(new RoomActor.SetModes(ann.member(), List.of(new ModeChange(true, mode, value)), ann.replyTo()));
        ann.answers();
        now = now.plusSeconds(1);
    }

    private Optional<Reason> invite(InboxGuest by, String name, Profile profile) {
        room.ask(new RoomActor.Invite(by.member(), Nick.of(name), profile.id(), by.replyTo()));
        now = now.plusSeconds(1);
        List<RoomReply> answers = by.answers();
        assertThat(answers).hasSize(1);
        return answers.get(0) instanceof RoomReply.Refused refused
                ? Optional.of(refused.refusal().reason())
                : Optional.empty();
    }

    private static Optional<Reason> refusal(InboxGuest guest) {
        return guest.answers().stream()
                .map(answer -> ((RoomReply.Refused) answer).refusal().reason())
                .findFirst();
    }

    private Optional<Reason> join(String name, Profile profile) {
        return refusal(enter(name, profile));
    }

    @Test
    void anInvitationIsForTheUserUnderAnyNick() {
        set(Mode.INVITE_ONLY, "");
        assertThat(invite(ann, "bob", guest("bob~1"))).isEmpty();
        assertThat(join("bob", guest("bob~2"))).contains(Reason.INVITE_ONLY);
        assertThat(join("bobby", guest("bob~1"))).isEmpty();
        assertThat(join("bobby2", guest("bob~1"))).contains(Reason.INVITE_ONLY);
    }

    @Test
    void anInvitationIsForTheAccountOnAnyConnection() {
        set(Mode.INVITE_ONLY, "");
        assertThat(invite(ann, "bob", guest("bob~1").withAccount("Bob"))).isEmpty();
        assertThat(join("bob", guest("bob~1"))).contains(Reason.INVITE_ONLY);
        assertThat(join("x", guest("x~1").withAccount("Bob"))).isEmpty();
    }

    @Test
    void aGuestWhoLogsInKeepsTheInvitation() {
        set(Mode.INVITE_ONLY, "");
        assertThat(invite(ann, "bob", guest("bob~1"))).isEmpty();
        assertThat(join("bob", guest("bob~1").withAccount("Bob"))).isEmpty();
    }

    @Test
    void anInvitationLiftsEarlierBansAndTheLimitButNotLaterBans() {
        set(Mode.BAN, "bob");
        set(Mode.LIMIT, "1");
        assertThat(invite(ann, "bob", guest("bob~1"))).isEmpty();
        assertThat(join("bob", guest("bob~1"))).isEmpty();
        assertThat(invite(ann, "cyd", guest("cyd~1"))).isEmpty();
        set(Mode.BAN, "cyd");
        assertThat(join("cyd", guest("cyd~1"))).contains(Reason.BANNED);
    }

    @Test
    void anInvitationByAMemberWithoutRankLiftsNothing() {
        InboxGuest bob = enter("bob", guest("bob~1"));
        set(Mode.BAN, "eve");
        assertThat(invite(bob, "eve", guest("eve~1"))).isEmpty();
        assertThat(join("eve", guest("eve~1"))).contains(Reason.BANNED);
        set(Mode.LIMIT, "1");
        assertThat(invite(bob, "dan", guest("dan~1"))).isEmpty();
        assertThat(join("dan", guest("dan~1"))).contains(Reason.ROOM_FULL);
        set(Mode.INVITE_ONLY, "");
        assertThat(join("dan", guest("dan~1"))).contains(Reason.INVITE_ONLY);
        assertThat(invite(bob, "dan", guest("dan~1"))).contains(Reason.NOT_OPERATOR);
    }

    @Test
    void anInvitationByAHalfOperatorAdmitsToo() {
        InboxGuest bob = enter("bob", guest("bob~1"));
        set(Mode.INVITE_ONLY, "");
        set(Mode.HALF_OPERATOR, "bob");
        assertThat(invite(bob, "cyd", guest("cyd~1"))).isEmpty();
        assertThat(join("cyd", guest("cyd~1"))).isEmpty();
    }

    @Test
    void anInvitationExpires() {
        set(Mode.INVITE_ONLY, "");
        assertThat(invite(ann, "bob", guest("bob~1"))).isEmpty();
        now = now.plus(Duration.ofHours(1)).plusSeconds(1);
        assertThat(join("bob", guest("bob~1"))).contains(Reason.INVITE_ONLY);
    }

    @Test
    void invitationsAreLimitedPerInviterAndPerRoom() {
        InboxGuest bob = enter("bob", guest("bob~1"));
        set(Mode.OPERATOR, "bob");
        assertThat(invite(ann, "x1", guest("x1~1"))).isEmpty();
        assertThat(invite(ann, "x2", guest("x2~1"))).isEmpty();
        assertThat(invite(ann, "x3", guest("x3~1"))).contains(Reason.LIST_FULL);
        assertThat(invite(bob, "x3", guest("x3~1"))).isEmpty();
        assertThat(invite(bob, "x4", guest("x4~1"))).contains(Reason.LIST_FULL);
        now = now.plus(Duration.ofHours(2));
        assertThat(invite(ann, "x4", guest("x4~1"))).isEmpty();
    }
}
