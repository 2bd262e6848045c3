package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.room.Refusal.Reason;
import io.teahouse.room.RoomEvent.Welcome;
import io.teahouse.testkit.InboxGuest;
import io.teahouse.testkit.ScriptedLog;
import io.teahouse.testkit.TestRoom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A room that belongs to an account, and the state that outlives its members. */
class RegisteredRoomTest {
    private final MemoryRoomLog log = new MemoryRoomLog(9);
    private TestRoom room = new TestRoom(log);

    private static RoomActor.Join join(InboxGuest guest, String account) {
        return new RoomActor.Join(
                guest.nick(),
                Profile.APPLICATION.withAccount(account),
                "",
                guest.member(),
                Delivery.EACH,
                Optional.empty(),
                guest.replyTo());
    }

    private InboxGuest enter(String name, String account) {
        InboxGuest guest = new InboxGuest(name);
        room.ask(join(guest, account));
        return guest;
    }

    private void set(InboxGuest by, boolean set, Mode mode, String value) {
        room.ask(new RoomActor.SetModes(by.member(), List.of(new ModeChange(set, mode, value)), by.replyTo()));
    }

    private static Ranks ranks(InboxGuest guest) {
        return guest.heard(Welcome.class).ranks();
    }

    private static Reason refusal(InboxGuest guest) {
        return guest.answer(RoomReply.ModesSet.class).refusals().get(0).reason();
    }

    private RegisteredState kept() {
        return log.kept().orElseThrow();
    }

    private InboxGuest founder() {
        InboxGuest ann = enter("ann", "Ann");
        set(ann, true, Mode.REGISTERED, "");
        ann.answers();
        return ann;
    }

    @Test
    void itsModesOutliveItsMembersAndItsActor() {
        InboxGuest ann = founder();
        set(ann, true, Mode.BAN, "bob");
        set(ann, true, Mode.KEY, "sesame");
        set(ann, false, Mode.NO_OUTSIDE, "");
        room.ask(ann.part());

        room = new TestRoom(log);
        InboxGuest bob = enter("bob", "");

        assertThat(bob.answer(RoomReply.Refused.class).refusal().reason()).isEqualTo(Reason.BANNED);
        assertThat(kept())
                .returns("Ann", RegisteredState::founder)
                .returns("sesame", of -> of.modes().key());
    }

    private Map<String, String> metadata(InboxGuest asker) {
        asker.answers();
        room.ask(new RoomActor.GetMetadata(asker.member(), asker.replyTo()));
        return asker.answer(RoomReply.Metadata.class).entries();
    }

    @Test
    void itsMetadataOutlivesItsMembersAndItsActor() {
        InboxGuest ann = founder();
        room.ask(new RoomActor.SetMetadata(ann.member(), "url", "https://example.org", ann.replyTo()));
        room.ask(ann.part());
        assertThat(metadata(enter("bob", ""))).containsExactly(Map.entry("url", "https://example.org"));

        room = new TestRoom(log);
        InboxGuest again = enter("ann", "Ann");
        assertThat(metadata(again)).containsExactly(Map.entry("url", "https://example.org"));

        room.ask(new RoomActor.ClearMetadata(again.member(), again.replyTo()));
        room = new TestRoom(log);
        assertThat(metadata(enter("cyd", ""))).isEmpty();
    }

    @Test
    void anInvitationIsUsedOnceEvenIfTheRoomIsReopened() {
        InboxGuest ann = founder();
        set(ann, true, Mode.INVITE_ONLY, "");
        room.ask(new RoomActor.Invite(ann.member(), Nick.of("bob"), UserId.ofAccount("bob"), ann.replyTo()));
        room = new TestRoom(log);
        InboxGuest bob = enter("bob", "bob");
        assertThat(ranks(bob)).isEqualTo(Ranks.NONE);
        room.ask(bob.part());

        room = new TestRoom(log);

        assertThat(enter("bob", "bob").answer(RoomReply.Refused.class).refusal().reason())
                .isEqualTo(Reason.INVITE_ONLY);
    }

    @Test
    void itsFounderIsOperatorEvenIfOthersJoinFirst() {
        room.ask(founder().part());
        room = new TestRoom(log);
        assertThat(ranks(enter("cyd", "Cyd"))).isEqualTo(Ranks.NONE);
        assertThat(ranks(enter("ann", ""))).isEqualTo(Ranks.NONE);
        assertThat(ranks(enter("ann2", "Ann"))).isEqualTo(Ranks.OPERATOR);
    }

    @Test
    void itsFounderJoinsDespiteItsModes() {
        InboxGuest ann = founder();
        set(ann, true, Mode.INVITE_ONLY, "");
        set(ann, true, Mode.KEY, "sesame");
        set(ann, true, Mode.BAN, "*!*@*");
        room.ask(ann.part());
        room = new TestRoom(log);
        assertThat(enter("bob", "Bob").answer(RoomReply.Refused.class).refusal().reason())
                .isEqualTo(Reason.BANNED);
        assertThat(ranks(enter("ann", "Ann"))).isEqualTo(Ranks.OPERATOR);
    }

    @Test
    void onlyAnOperatorWithAnAccountRegistersIt() {
        InboxGuest ann = enter("ann", "");
        set(ann, true, Mode.REGISTERED, "");
        assertThat(refusal(ann)).isEqualTo(Reason.NO_ACCOUNT);
        InboxGuest bob = enter("bob", "Bob");
        set(bob, true, Mode.REGISTERED, "");
        assertThat(refusal(bob)).isEqualTo(Reason.NOT_OPERATOR);
        assertThat(log.kept()).isEmpty();
    }

    @Test
    void onlyItsFounderUnregistersIt() {
        InboxGuest ann = founder();
        InboxGuest bob = enter("bob", "Bob");
        set(ann, true, Mode.OPERATOR, "bob");
        set(bob, false, Mode.REGISTERED, "");
        assertThat(refusal(bob)).isEqualTo(Reason.NOT_OWNER);

        set(ann, false, Mode.REGISTERED, "");

        assertThat(log.kept()).isEmpty();
        room.ask(ann.part(), bob.part());
        assertThat(ranks(enter("cyd", ""))).isEqualTo(Ranks.OPERATOR);
    }

    @Test
    void storingItsStateIsRetried() {
        ScriptedLog slow = new ScriptedLog();
        slow.keepsAtOnce(false);
        room = new TestRoom(slow);
        InboxGuest ann = enter("ann", "Ann");
        set(ann, true, Mode.REGISTERED, "");

        slow.nextKeep().fail();
        room.run();
        room.fire();

        slow.nextKeep().answer();
        room.run();
        assertThat(slow.isAskedToKeep()).isFalse();
    }

    @Test
    void anEmptyUnregisteredRoomIsReset() {
        InboxGuest ann = enter("ann", "Ann");
        set(ann, true, Mode.KEY, "sesame");
        room.ask(ann.part());
        assertThat(ranks(enter("bob", ""))).isEqualTo(Ranks.OPERATOR);
    }
}
