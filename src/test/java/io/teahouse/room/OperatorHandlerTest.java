package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestInbox;
import io.teahouse.room.Refusal.Reason;
import io.teahouse.room.RoomEvent.Left;
import io.teahouse.room.RoomEvent.ModesChanged;
import io.teahouse.room.RoomEvent.Redacted;
import io.teahouse.room.RoomEvent.RoomRenamed;
import io.teahouse.testkit.InboxGuest;
import io.teahouse.testkit.ScriptedLog;
import io.teahouse.testkit.TestRoom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an operator of the server does to a room without being in it. ann is the operator of the room. */
class OperatorHandlerTest {
    private static final Nick ROOT = Nick.of("root");

    private final MemoryRoomLog log = new MemoryRoomLog(200);
    private final TestRoom room = new TestRoom(log);
    private final InboxGuest ann = room.enter("ann");
    private final InboxGuest bob = room.enter("bob");
    private final TestInbox<RoomReply> replies = TestInbox.create("replies");

    private <R extends RoomReply> R operate(RoomOperation what, Class<R> answer) {
        ann.heard();
        bob.heard();
        room.ask(new RoomActor.Operate(ROOT, Profile.APPLICATION, what, 7, replies.getRef()));
        List<RoomReply> all = replies.getAllReceived();
        assertThat(all).hasSize(1);
        assertThat(all.get(0).number()).isEqualTo(7);
        return answer.cast(all.get(0));
    }

    private RoomReply.Details details() {
        return operate(new RoomOperation.Show(), RoomReply.Details.class);
    }

    private InboxGuest enter(String name, String account) {
        InboxGuest guest = new InboxGuest(name);
        room.ask(new RoomActor.Join(
                guest.nick(),
                Profile.APPLICATION.withAccount(account),
                "",
                guest.member(),
                Delivery.EACH,
                Optional.empty(),
                guest.replyTo()));
        return guest;
    }

    @Test
    void modesAndRanksAreSetFromOutside() {
        RoomReply.ModesSet set = operate(
                new RoomOperation.SetModes(List.of(
                        new ModeChange(true, Mode.OPERATOR, "bob"),
                        new ModeChange(false, Mode.OPERATOR, "ann"),
                        new ModeChange(true, Mode.KEY, "sesame"),
                        new ModeChange(true, Mode.REGISTERED, ""),
                        new ModeChange(true, Mode.OPERATOR, "eve"))),
                RoomReply.ModesSet.class);
        assertThat(set.changed()).isTrue();
        assertThat(set.refusals()).extracting(Refusal::reason).containsExactly(Reason.NO_SUCH_MEMBER);
        ModesChanged heard = bob.heard(ModesChanged.class);
        assertThat(heard.by()).isEqualTo(ROOT);
        assertThat(heard.changes()).hasSize(3);
        assertThat(details().settings()).contains(new ModeChange(true, Mode.KEY, "sesame"));
        assertThat(details().owner()).as("that is no mode here").isEmpty();
        room.ask(ann.kick("bob", ""));
        ann.wasRefused(Reason.NOT_OPERATOR);
    }

    @Test
    void aRoomIsGivenToAnAccountAndReleased() {
        InboxGuest cat = enter("cat", "Cat");
        operate(new RoomOperation.GiveTo("Cat"), RoomReply.Done.class);
        assertThat(bob.heard(ModesChanged.class).changes())
                .containsExactly(new ModeChange(true, Mode.REGISTERED, ""), new ModeChange(true, Mode.OPERATOR, "cat"));
        assertThat(log.kept()).map(RegisteredState::founder).contains("Cat");
        operate(new RoomOperation.GiveTo("Dan"), RoomReply.Done.class);
        assertThat(details()).returns("Dan", RoomReply.Details::owner).returns(3, RoomReply.Details::members);
        operate(new RoomOperation.OwnerRenamed("Dan", "Dana"), RoomReply.Done.class);
        operate(new RoomOperation.OwnerRenamed("Cat", "Cats"), RoomReply.Done.class);
        assertThat(log.kept()).map(RegisteredState::founder).contains("Dana");
        cat.heard();
        operate(new RoomOperation.GiveTo(""), RoomReply.Done.class);
        assertThat(log.kept()).isEmpty();
        assertThat(cat.heard(ModesChanged.class).changes()).containsExactly(new ModeChange(false, Mode.REGISTERED, ""));
    }

    @Test
    void aRoomIsRenamedWhoeverHasSaidSomethingBefore() {
        RoomName mate = RoomName.of("mate");
        operate(new RoomOperation.Rename(mate, "squatted"), RoomReply.Done.class);
        RoomRenamed heard = bob.heard(RoomRenamed.class);
        assertThat(heard.to()).isEqualTo(mate);
        assertThat(heard.reason()).isEqualTo("squatted");
        assertThat(operate(new RoomOperation.Rename(mate, ""), RoomReply.Refused.class)
                        .refusal()
                        .reason())
                .isEqualTo(Reason.CANNOT_RENAME);
    }

    @Test
    void everybodyIsToldAndLeavesAClosedRoomWhichStaysRegistered() {
        operate(new RoomOperation.GiveTo("Dan"), RoomReply.Done.class);
        operate(new RoomOperation.Close("moved"), RoomReply.Done.class);
        for (InboxGuest guest : List.of(ann, bob)) {
            assertThat(guest.heard())
                    .filteredOn(Left.class::isInstance)
                    .isNotEmpty()
                    .allSatisfy(event -> {
                        assertThat(((Left) event).text()).isEqualTo("moved");
                        assertThat(((Left) event).by()).isEqualTo(ROOT);
                    });
        }
        assertThat(details()).returns(0, RoomReply.Details::members).returns("Dan", RoomReply.Details::owner);
        assertThat(log.kept()).isPresent();
    }

    private List<RoomEvent.Recorded> past() {
        ann.answers();
        room.ask(ann.history(1, Long.MAX_VALUE, 200));
        return ann.answer(RoomReply.Past.class).events();
    }

    private RoomReply.Erased erase(String user, Instant since, Instant until) {
        return operate(new RoomOperation.Erase(user, since, until, "spam"), RoomReply.Erased.class);
    }

    @Test
    void whatAUserHasSaidInASpanOfTimeIsRedacted() {
        InboxGuest cat = enter("cat", "Bob");
        room.ask(bob.say("one"), ann.say("two"), bob.say("three"), cat.say("four"));
        Instant last = past().get(2).at();
        assertThat(erase("bob", Instant.EPOCH, last.minusMillis(1)).count()).isLessThan(3);
        assertThat(erase("BOB", Instant.EPOCH, Instant.MAX)).returns(false, RoomReply.Erased::more);
        assertThat(past().stream().filter(RoomEvent.Said.class::isInstance))
                .as("also what the account of that name has said")
                .extracting(event -> ((RoomEvent.Said) event).text())
                .containsExactly("two");
        assertThat(erase("bob", Instant.EPOCH, Instant.MAX).count()).as("again").isZero();
        assertThat(erase("two", Instant.EPOCH, Instant.MAX).count()).isZero();
    }

    @Test
    void muchIsRedactedInSteps() {
        for (int i = 0; i < 60; i++) {
            room.ask(bob.say("spam " + i));
        }
        RoomReply.Erased first = erase("bob", Instant.EPOCH, Instant.MAX);
        assertThat(first).returns(50, RoomReply.Erased::count).returns(true, RoomReply.Erased::more);
        assertThat(ann.heard()).filteredOn(Redacted.class::isInstance).hasSize(50);
        assertThat(erase("bob", Instant.EPOCH, Instant.MAX))
                .returns(10, RoomReply.Erased::count)
                .returns(false, RoomReply.Erased::more);
    }

    @Test
    void aStoreThatIsAwayRefusesAnErasure() {
        ScriptedLog scripted = new ScriptedLog();
        TestRoom other = new TestRoom(scripted);
        other.enter("bob");
        scripted.readsAtOnce(false);
        other.ask(new RoomActor.Operate(
                ROOT,
                Profile.APPLICATION,
                new RoomOperation.Erase("bob", Instant.EPOCH, Instant.MAX, ""),
                7,
                replies.getRef()));
        scripted.nextRead().fail();
        other.run();
        assertThat(replies.receiveMessage()).isInstanceOf(RoomReply.Refused.class);
    }
}
