package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.room.Refusal.Reason;
import io.teahouse.room.RoomEvent.Welcome;
import io.teahouse.testkit.InboxGuest;
import io.teahouse.testkit.TestRoom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A room of the server's operators: tea. */
class OfficialRoomTest {
    private final MemoryRoomLog log = new MemoryRoomLog(9);
    private final TestRoom room = room(TestRoom.TEA);

    private static RoomSettings settings() {
        return RoomSettings.defaults().withRules(RoomSettings.Rules.defaults().withOfficial(TestRoom.TEA::equals));
    }

    private TestRoom room(RoomName name) {
        return new TestRoom(new RoomParts(name, log, settings()));
    }

    private InboxGuest enter(String name, String account) {
        return enter(room, name, account, false);
    }

    private static InboxGuest enter(TestRoom room, String name, String account, boolean serverOperator) {
        InboxGuest guest = new InboxGuest(name);
        room.ask(new RoomActor.Join(
                guest.nick(),
                Profile.APPLICATION.withAccount(account),
                "",
                guest.member(),
                Delivery.EACH,
                Optional.empty(),
                serverOperator,
                0,
                guest.replyTo()));
        return guest;
    }

    private Optional<Reason> set(InboxGuest by, Mode mode, String value) {
        room.ask(new RoomActor.SetModes(by.member(), List.of(new ModeChange(true, mode, value)), by.replyTo()));
        return by.answer(RoomReply.ModesSet.class).refusals().stream()
                .map(Refusal::reason)
                .findFirst();
    }

    @Test
    void theFirstMemberDoesNotBecomeOperator() {
        InboxGuest eve = enter("eve", "Eve");
        assertThat(eve.heard(Welcome.class).ranks()).isEqualTo(Ranks.NONE);
        assertThat(set(eve, Mode.INVITE_ONLY, "")).contains(Reason.NOT_OPERATOR);
        assertThat(set(eve, Mode.KEY, "k")).contains(Reason.NOT_OPERATOR);
        assertThat(set(eve, Mode.REGISTERED, "")).contains(Reason.NOT_OPERATOR);
        room.ask(eve.renameRoom("cha"));
        eve.wasRefused(Reason.NOT_OPERATOR);
    }

    @Test
    void itsOperatorsMayNeitherRegisterNorRenameIt() {
        InboxGuest eve = enter("eve", "Eve");
        InboxGuest ann = enter("ann", "");
        room.ask(new RoomActor.ServerOperator(ann.member(), true));
        assertThat(set(ann, Mode.OPERATOR, "eve")).isEmpty();
        assertThat(set(eve, Mode.MODERATED, "")).isEmpty();
        assertThat(set(eve, Mode.REGISTERED, "")).contains(Reason.NOT_OPERATOR);
        room.ask(eve.renameRoom("cha"));
        eve.wasRefused(Reason.CANNOT_RENAME);
    }

    @Test
    void aServerOperatorModeratesIt() {
        InboxGuest bob = enter("bob", "");
        room.ask(bob.say("spam"), bob.part());
        InboxGuest ann = enter("ann", "Ann");
        ann.heard();
        room.ask(new RoomActor.ServerOperator(ann.member(), true));
        room.ask(ann.redact(log.settle(1).toCompletableFuture().join().get(0).id()));
        assertThat(ann.lines()).containsExactly("2 ann redacts 1");
        assertThat(set(ann, Mode.REGISTERED, "")).isEmpty();
        ann.heard();
        room.ask(ann.renameRoom("cha"));
        assertThat(ann.heard(RoomEvent.RoomRenamed.class).to().text()).isEqualTo("cha");
        room.ask(new RoomActor.ServerOperator(ann.member(), false));
    }

    @Test
    void aServerOperatorJoinsDespiteItsModes() {
        InboxGuest ann = enter(room, "ann", "Ann", true);
        for (Mode mode : new Mode[] {Mode.INVITE_ONLY, Mode.MODERATED}) {
            assertThat(set(ann, mode, "")).isEmpty();
        }
        assertThat(set(ann, Mode.KEY, "k")).isEmpty();
        assertThat(set(ann, Mode.BAN, "*")).isEmpty();
        enter("eve", "Eve").wasRefused(Reason.BANNED);
        InboxGuest root = enter(room, "root", "", true);
        root.heard(Welcome.class);
        assertThat(set(root, Mode.REGISTERED, "")).contains(Reason.NO_ACCOUNT);
        room.ask(root.say("open now"));
        assertThat(set(root, Mode.KEY, "other")).isEmpty();
        TestRoom cha = room(RoomName.of("cha"));
        InboxGuest bob = cha.enter("bob");
        cha.ask(new RoomActor.SetModes(
                bob.member(), List.of(new ModeChange(true, Mode.INVITE_ONLY, "")), bob.replyTo()));
        enter(cha, "root", "", true).wasRefused(Reason.INVITE_ONLY);
    }

    @Test
    void noOtherRoomCanTakeItsName() {
        TestRoom cha = room(RoomName.of("cha"));
        InboxGuest eve = cha.enter("eve");
        cha.ask(eve.renameRoom("tea"));
        eve.wasRefused(Reason.CANNOT_RENAME);
        cha.ask(new RoomActor.ServerOperator(eve.member(), true));
        cha.ask(eve.renameRoom("tea"));
        eve.wasRefused(Reason.CANNOT_RENAME);
    }
}
