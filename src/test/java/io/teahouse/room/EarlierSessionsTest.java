package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.room.Refusal.Reason;
import io.teahouse.room.RoomEvent.Kind;
import io.teahouse.room.RoomEvent.Said;
import io.teahouse.room.RoomEvent.Welcome;
import io.teahouse.testkit.InboxGuest;
import io.teahouse.testkit.ScriptedLog;
import io.teahouse.testkit.Some;
import io.teahouse.testkit.TestRoom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Ranks of a first member, and messages of earlier sessions. */
class EarlierSessionsTest {
    private final MemoryRoomLog log = new MemoryRoomLog(99);
    private TestRoom room = new TestRoom(log);

    private static Profile guest(String connection) {
        return Profile.APPLICATION.withGuest(UserId.ofGuest(connection));
    }

    private InboxGuest enter(String name, Profile profile) {
        return enter(name, profile, Optional.empty());
    }

    private InboxGuest enter(String name, Profile profile, Optional<RoomActor.Back> back) {
        InboxGuest guest = new InboxGuest(name);
        room.ask(new RoomActor.Join(guest.nick(), profile, "", guest.member(), Delivery.EACH, back, guest.replyTo()));
        return guest;
    }

    private void toOperators(InboxGuest by, String text) {
        room.ask(new RoomActor.Say(
                by.member(),
                new OutgoingMessage(Kind.MESSAGE, text, Attributes.NONE, Audience.OPERATORS, "", false),
                by.replyTo()));
    }

    private void set(InboxGuest by, boolean set, Mode mode, String value) {
        room.ask(new RoomActor.SetModes(by.member(), List.of(new ModeChange(set, mode, value)), by.replyTo()));
        by.answers();
    }

    private List<String> texts(InboxGuest guest) {
        room.ask(guest.history(1, Long.MAX_VALUE, 99));
        return guest.answer(RoomReply.Past.class).events().stream()
                .filter(Said.class::isInstance)
                .map(event -> ((Said) event).text())
                .toList();
    }

    private String id(int seq) {
        return log.settle(seq).toCompletableFuture().join().get(0).id();
    }

    /** ann and bob were operators; their messages are in the log, and the room has no members. */
    private void anEarlierSession() {
        InboxGuest ann = enter("ann", guest("ann~1"));
        InboxGuest bob = enter("bob", guest("bob~1"));
        set(ann, true, Mode.OPERATOR, "bob");
        room.ask(ann.say("hello"));
        toOperators(ann, "plan");
        room.ask(ann.part(), bob.part());
    }

    @Test
    void aLaterOperatorRedactsNoMessagesOfAnEarlierSession() {
        anEarlierSession();
        InboxGuest eve = enter("eve", guest("eve~1"));
        assertThat(eve.heard(Welcome.class).ranks()).isEqualTo(Ranks.OPERATOR);
        room.ask(eve.redact(id(1)));
        eve.wasRefused(Reason.NOT_AUTHOR);

        InboxGuest dan = enter("dan", guest("dan~1"));
        room.ask(dan.say("spam"));
        room.ask(eve.redact(id(3)));
        assertThat(texts(eve)).containsExactly("hello");
    }

    @Test
    void aLaterOperatorReadsNoEarlierMessagesToOperators() {
        anEarlierSession();
        assertThat(texts(enter("eve", guest("eve~1")))).containsExactly("hello");
    }

    @Test
    void aLaterGuestOfTheSameNickReadsNoneEither() {
        anEarlierSession();
        InboxGuest other = enter("ann", guest("ann~2"));
        assertThat(texts(other)).containsExactly("hello");
        room.ask(other.redact(id(1)));
        other.wasRefused(Reason.NOT_AUTHOR);
    }

    @Test
    void anActorWithoutIdReadsNoneEither() {
        anEarlierSession();
        InboxGuest first = enter("ann", Profile.APPLICATION);
        toOperators(first, "mine");
        assertThat(texts(first)).containsExactly("hello", "mine");
        room.ask(first.part());
        assertThat(texts(enter("ann", Profile.APPLICATION))).containsExactly("hello");
    }

    @Test
    void theAuthorsConnectionReadsThemAgain() {
        anEarlierSession();
        InboxGuest again = enter("anna", guest("ann~1"));
        assertThat(texts(again)).containsExactly("hello", "plan");
        room.ask(again.redact(id(1)));
        assertThat(texts(again)).containsExactly("plan");
    }

    @Test
    void theAuthorsAccountReadsThemAgain() {
        InboxGuest ann = enter("ann", guest("ann~1").withAccount("Ann"));
        toOperators(ann, "plan");
        room.ask(ann.part());
        InboxGuest out = enter("ann", guest("ann~1"));
        assertThat(texts(out)).isEmpty();
        assertThat(texts(enter("x", guest("x~1").withAccount("Ann")))).containsExactly("plan");
    }

    @Test
    void aRoomWithEarlierMessagesOfOthersIsNotRenamed() {
        anEarlierSession();
        InboxGuest eve = enter("eve", guest("eve~1").withAccount("Eve"));
        room.ask(eve.renameRoom("cha"));
        eve.wasRefused(Reason.CANNOT_RENAME);
        set(eve, true, Mode.REGISTERED, "");
        room.ask(eve.renameRoom("cha"));
        eve.wasRefused(Reason.CANNOT_RENAME);
        eve.heard();
        room.ask(eve.renameRoom("TEA"));
        assertThat(eve.heard(RoomEvent.RoomRenamed.class).to().text()).isEqualTo("TEA");
    }

    @Test
    void aFounderOwnsTheRoomFromTheirSessionOn() {
        anEarlierSession();
        InboxGuest eve = enter("eve", guest("eve~1").withAccount("Eve"));
        set(eve, true, Mode.REGISTERED, "");
        toOperators(eve, "ours");
        room.ask(eve.part());

        room = new TestRoom(log);
        InboxGuest again = enter("eve", guest("eve~2").withAccount("Eve"));
        assertThat(texts(again)).containsExactly("hello", "ours");
        room.ask(again.redact(id(1)));
        again.wasRefused(Reason.NOT_AUTHOR);
    }

    @Test
    void aFounderMayRedactEverythingSinceTheRegistration() {
        InboxGuest ann = enter("ann", guest("ann~1").withAccount("Ann"));
        set(ann, true, Mode.REGISTERED, "");
        InboxGuest bob = enter("bob", guest("bob~1"));
        room.ask(ann.part(), bob.say("spam"), bob.part());

        room = new TestRoom(log);
        InboxGuest again = enter("ann", guest("ann~2").withAccount("Ann"));
        room.ask(again.redact(id(1)));
        assertThat(texts(again)).isEmpty();
    }

    @Test
    void aReopenedRoomHasAnotherSession() {
        anEarlierSession();
        room = new TestRoom(log);
        InboxGuest eve = enter("eve", guest("eve~1"));
        assertThat(texts(eve)).containsExactly("hello");
        room.ask(eve.redact(id(1)));
        eve.wasRefused(Reason.NOT_AUTHOR);
    }

    @Test
    void aRoomThatFailedContinuesItsSession() {
        anEarlierSession();
        InboxGuest cyd = enter("cyd", guest("cyd~1"));
        toOperators(cyd, "ours");
        RoomState former = new RoomState(1, 1, Some.NOON, "", 7, 2, Modes.Snapshot.NONE, Map.of(), Map.of(), 1);
        room = new TestRoom(new RoomParts(TestRoom.TEA, log, RoomSettings.defaults())
                .restoringFrom(name -> CompletableFuture.completedFuture(Optional.of(former))));
        InboxGuest eve = enter("eve", guest("eve~1"));
        assertThat(eve.heard(Welcome.class).ranks()).isEqualTo(Ranks.NONE);
        InboxGuest again = enter("cyd", guest("cyd~1"), Optional.of(new RoomActor.Back(3, Ranks.OPERATOR)));
        InboxGuest other = enter("oda", guest("oda~1"), Optional.of(new RoomActor.Back(3, Ranks.OPERATOR)));
        assertThat(texts(again)).containsExactly("hello", "ours");
        assertThat(texts(other)).containsExactly("hello", "ours");
    }

    @Test
    void messagesThatAreStoredLateBelongToTheSessionInWhichTheyWereSent() {
        ScriptedLog slow = new ScriptedLog();
        room = new TestRoom(slow);
        InboxGuest ann = enter("ann", guest("ann~1"));
        room.ask(ann.say("hello"), ann.part());
        InboxGuest eve = enter("eve", guest("eve~1"));
        slow.nextAppend().stored();
        room.run();
        eve.heard();
        room.ask(eve.redact("id-1"));
        eve.wasRefused(Reason.NOT_AUTHOR);
    }

    @Test
    void aLaterGuestOfTheNickCannotGuessAnEarlierId() {
        ScriptedLog slow = new ScriptedLog();
        room = new TestRoom(slow);
        InboxGuest ann = enter("ann", guest("ann~1"));
        room.ask(ann.say("secret", "c1"), ann.part());
        ScriptedLog.Append first = slow.nextAppend();
        InboxGuest other = enter("ann", guest("ann~2"));
        room.ask(other.say("?", "c1"));
        first.stored();
        room.run();
        assertThat(other.answers()).isEmpty();
    }
}
