package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import io.teahouse.room.Refusal.Reason;
import io.teahouse.room.RoomDirectory.Found;
import io.teahouse.room.RoomDirectory.NotFound;
import io.teahouse.room.RoomEvent.RoomRenamed;
import io.teahouse.room.RoomLog.Outcome;
import io.teahouse.testkit.ProbeGuest;
import io.teahouse.testkit.RunningRoom;
import io.teahouse.testkit.ScriptedLog;
import io.teahouse.testkit.ScriptedLogs;
import io.teahouse.testkit.TestRoom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Renames of rooms ({@link RoomLifecycle.Rename}), seen from outside; one test class per implementation. Ann joined tea
 * first, so she is its operator.
 */
abstract class RoomRenameContract {
    static final ActorTestKit AKKA = ActorTestKit.create(ManualTime.config());
    private static final RoomName TEA = TestRoom.TEA;
    private static final RoomName CHA = RoomName.of("cha");

    private final ScriptedLogs logs = new ScriptedLogs();
    private final ActorRef<RoomDirectory.Command> rooms = create(logs, RunningRoom.settings());
    private final TestProbe<RoomDirectory.Location> location = AKKA.createTestProbe();
    private final ProbeGuest ann = new ProbeGuest("ann", AKKA);
    private final ProbeGuest bob = new ProbeGuest("bob", AKKA);
    private final ActorRef<RoomActor.Command> room = find(TEA);

    /** A directory, which renames and ends its rooms. */
    abstract ActorRef<RoomDirectory.Command> create(RoomLogs logs, RoomSettings settings);

    RoomRenameContract() {
        room.tell(ann.join());
        room.tell(bob.join());
        ann.hears("welcome ann after 0", "+ann", "+bob");
        bob.hears("welcome bob after 0", "+bob");
    }

    @AfterAll
    static void shutDown() {
        AKKA.shutdownTestKit();
    }

    private void locate(RoomName name) {
        rooms.tell(new RoomDirectory.Locate(name, location.ref()));
    }

    private ActorRef<RoomActor.Command> find(RoomName name) {
        locate(name);
        return location.expectMessageClass(Found.class).ref();
    }

    private static void pass(Duration duration) {
        ManualTime.get(AKKA.system()).timePasses(duration);
    }

    private ScriptedLog log() {
        return logs.of(TEA);
    }

    private void isCalledCha() {
        ann.hears("ann calls tea cha");
        bob.hears("ann calls tea cha");
    }

    private void askForCha() {
        room.tell(ann.renameRoom("cha"));
    }

    /** Waits until the directory has handled all earlier messages. */
    private void awaitDirectory() {
        TestProbe<RoomDirectory.Count> count = AKKA.createTestProbe();
        room.tell(ann.names());
        ann.replies().expectMessageClass(RoomReply.NameList.class);
        rooms.tell(new RoomDirectory.CountRooms(count.ref()));
        count.receiveMessage();
    }

    // Events

    @Test
    void aRenameIsPublishedAndLaterEventsBearTheNewName() {
        askForCha();
        RoomRenamed told = bob.events().expectMessageClass(RoomRenamed.class);
        assertThat(told)
                .returns(TEA, RoomRenamed::room)
                .returns(CHA, RoomRenamed::to)
                .returns("why", RoomRenamed::reason)
                .returns(ann.nick(), RoomRenamed::by);
        room.tell(bob.say("hi"));
        assertThat(bob.events().expectMessageClass(RoomEvent.Said.class).room()).isEqualTo(CHA);
        room.tell(bob.names());
        assertThat(bob.replies().expectMessageClass(RoomReply.NameList.class))
                .returns(CHA, RoomReply.NameList::room)
                .extracting(list -> list.members().get(0).ranks())
                .isEqualTo(Ranks.OPERATOR);
    }

    @Test
    void aRenamedRoomIsLocatedAndListedUnderItsNewNameOnly() {
        askForCha();
        isCalledCha();
        assertThat(find(CHA)).isEqualTo(room);
        assertThat(find(TEA)).isNotEqualTo(room);
        TestProbe<RoomDirectory.Listing> listing = AKKA.createTestProbe();
        rooms.tell(new RoomDirectory.ListRooms(listing.ref()));
        assertThat(listing.receiveMessage().rooms())
                .extracting(RoomSummary::room)
                .containsExactly(CHA);
    }

    @Test
    void aRenamedRoomKeepsItsHistory() {
        room.tell(ann.say("before"));
        ann.hears("1 ann: before");
        bob.hears("1 ann: before");
        askForCha();
        isCalledCha();
        room.tell(bob.history(1, 9, 9));
        assertThat(bob.replies().expectMessageClass(RoomReply.Past.class).events())
                .singleElement()
                .returns(CHA, RoomEvent::room);
        assertThat(logs.rooms()).containsExactlyInAnyOrder("cha");
    }

    @Test
    void aRenameMayChangeTheSpellingOnly() {
        room.tell(ann.renameRoom("TEA"));
        ann.hears("ann calls tea TEA");
        assertThat(find(TEA)).isEqualTo(room);
        locate(TEA);
        assertThat(location.expectMessageClass(Found.class).room().text()).isEqualTo("TEA");
    }

    @Test
    void aRoomWithoutLifecycleRenamesItself() {
        RunningRoom own = new RunningRoom(AKKA).start();
        ProbeGuest eve = own.enter("eve");
        own.ask(eve.renameRoom("cha"));
        eve.hears("eve calls tea cha");
    }

    // Permissions

    @Test
    void onlyAnOperatorRenames() {
        room.tell(bob.renameRoom("cha"));
        bob.wasRefused(Reason.NOT_OPERATOR);
        ProbeGuest eve = new ProbeGuest("eve", AKKA);
        room.tell(eve.renameRoom("cha"));
        eve.wasRefused(Reason.NOT_A_MEMBER);
    }

    @Test
    void itsOwnNameAndTakenNamesAreRefused() {
        room.tell(ann.renameRoom("tea"));
        ann.wasRefused(Reason.CANNOT_RENAME);
        find(CHA);
        askForCha();
        ann.wasRefused(Reason.ROOM_NAME_IN_USE);
        room.tell(ann.renameRoom("chai"));
        ann.hears("ann calls tea chai");
    }

    @Test
    void renamesHappenOneAfterTheOther() {
        logs.renaming(new CompletableFuture<>());
        askForCha();
        room.tell(ann.renameRoom("chai"));
        ann.wasRefused(Reason.CANNOT_RENAME);
        logs.renaming().complete(Outcome.STORED);
        isCalledCha();
        room.tell(ann.renameRoom("chai"));
        ann.hears("ann calls cha chai");
    }

    // Messages during a rename

    @Test
    void earlierMessagesArePublishedBeforeTheRename() {
        log().storesAtOnce(false);
        room.tell(bob.say("before"));
        ScriptedLog.Append append = log().nextAppend();
        askForCha();
        awaitDirectory();
        room.tell(bob.say("after"));
        room.tell(new RoomActor.Rename(bob.member(), Nick.of("bobby"), 0, bob.replyTo()));
        ann.events().expectNoMessage(Duration.ZERO);
        append.stored();
        RoomEvent.Said before = ann.events().expectMessageClass(RoomEvent.Said.class);
        assertThat(before).returns("before", RoomEvent.Said::text).returns(TEA, RoomEvent.Said::room);
        ann.hears("ann calls tea cha");
        logs.of(CHA).nextAppend().stored();
        RoomEvent.Said after = ann.events().expectMessageClass(RoomEvent.Said.class);
        assertThat(after).returns("after", RoomEvent.Said::text).returns(CHA, RoomEvent.Said::room);
        assertThat(ann.events().expectMessageClass(RoomEvent.Renamed.class).room())
                .isEqualTo(CHA);
    }

    @Test
    void untilTheRenameIsPublishedTheOldNameLeadsToTheRoomAndTheNewOneWaits() {
        log().storesAtOnce(false);
        room.tell(bob.say("before"));
        ScriptedLog.Append append = log().nextAppend();
        askForCha();
        awaitDirectory();
        locate(CHA);
        assertThat(find(TEA)).isEqualTo(room);
        append.stored();
        assertThat(location.expectMessageClass(Found.class))
                .returns(room, Found::ref)
                .returns(CHA, Found::room);
    }

    @Test
    void aUserWhoJoinsDuringTheRenameIsWelcomedUnderTheNewName() {
        ProbeGuest eve = new ProbeGuest("eve", AKKA);
        askForCha();
        isCalledCha();
        room.tell(eve.join()); // it was located as tea
        assertThat(eve.events().expectMessageClass(RoomEvent.Welcome.class))
                .returns(CHA, RoomEvent.Welcome::room)
                .returns(room, RoomEvent.Welcome::self);
    }

    @Test
    void aMemberWhoCatchesUpSeesTheRenameAtOnce() {
        room.tell(ann.say("one"));
        bob.hears("1 ann: one");
        room.tell(bob.part());
        bob.events().receiveMessage();
        log().readsAtOnce(false);
        ScriptedLog log = log();
        room.tell(bob.resume(0));
        ScriptedLog.Question<RoomLog.Excerpt> missed = log.nextRead();
        bob.hears("welcome bob after 1");
        room.tell(ann.say("two"));
        askForCha();
        bob.hears("ann calls tea cha");
        missed.answer();
        assertThat(bob.events().expectMessageClass(RoomEvent.Said.class))
                .returns("one", RoomEvent.Said::text)
                .returns(CHA, RoomEvent.Said::room);
        assertThat(bob.events().expectMessageClass(RoomEvent.Said.class))
                .returns("two", RoomEvent.Said::text)
                .returns(CHA, RoomEvent.Said::room);
    }

    // Logs that refuse or do not answer

    @Test
    void aNameWithStoredHistoryIsRefused() {
        logs.renaming(CompletableFuture.completedFuture(Outcome.NOT_STORED));
        askForCha();
        ann.wasRefused(Reason.ROOM_NAME_IN_USE);
        room.tell(bob.say("hi"));
        bob.hears("1 bob: hi");
        assertThat(find(TEA)).isEqualTo(room);
        assertThat(find(CHA)).isNotEqualTo(room);
    }

    @Test
    void renamingTheLogsIsRetried() {
        logs.renaming(CompletableFuture.failedFuture(new IllegalStateException("connection reset")));
        askForCha();
        awaitDirectory();
        locate(CHA);
        logs.renaming(CompletableFuture.completedFuture(Outcome.STORED));
        pass(RunningRoom.RETRY);
        isCalledCha();
        assertThat(location.expectMessageClass(Found.class).ref()).isEqualTo(room);
    }

    @Test
    void aSlowRenameIsReportedInDoubtAndDelaysNoMessage() {
        logs.renaming(new CompletableFuture<>());
        room.tell(new RoomActor.RenameRoom(ann.member(), CHA, "why", 7, ann.replyTo()));
        awaitDirectory();
        pass(RunningRoom.APPEND_TIMEOUT);
        assertThat(ann.replies().expectMessageClass(RoomReply.InDoubt.class).number())
                .isEqualTo(7);
        room.tell(bob.say("hi"));
        bob.hears("1 bob: hi");
        ann.hears("1 bob: hi");
        logs.renaming().complete(Outcome.STORED);
        isCalledCha();
    }

    // A room that fails

    private void fail() {
        log().storesAtOnce(false);
        room.tell(bob.say("lost"));
        log().nextAppend().fenced();
        location.expectTerminated(room);
        location.awaitAssert(
                () -> { // the directory notices it by watching, like everybody else
                    rooms.tell(new RoomDirectory.Lookup(TEA, location.ref()));
                    return location.expectMessageClass(NotFound.class);
                });
    }

    @Test
    void aRoomThatFailsBeforeThePublicationKeepsItsName() {
        logs.renaming(new CompletableFuture<>());
        askForCha();
        awaitDirectory();
        fail();
        locate(TEA);
        locate(CHA);
        logs.renaming().complete(Outcome.STORED);
        ActorRef<RoomActor.Command> tea =
                location.expectMessageClass(Found.class).ref();
        ActorRef<RoomActor.Command> cha =
                location.expectMessageClass(Found.class).ref();
        assertThat(tea).isNotIn(room, cha);
        tea.tell(new RoomActor.Join(
                ann.nick(),
                Profile.APPLICATION,
                "",
                ann.member(),
                Delivery.EACH,
                Optional.of(new RoomActor.Back(0, Ranks.OPERATOR)),
                ann.replyTo()));
        ann.hears("welcome ann after 0");
    }

    @Test
    void aRoomThatFailsAfterwardsIsLocatedUnderItsNewName() {
        askForCha();
        isCalledCha();
        ScriptedLog log = logs.of(CHA);
        log.storesAtOnce(false);
        room.tell(bob.say("lost"));
        log.nextAppend().fenced();
        location.expectTerminated(room);
        location.awaitAssert(() -> {
            assertThat(find(CHA)).isNotEqualTo(room);
            return null;
        });
        assertThat(logs.rooms()).containsExactlyInAnyOrder("cha");
    }

    @Test
    void aRoomThatEmptiesDuringTheRenameIsClosed() {
        logs.renaming(new CompletableFuture<>());
        askForCha();
        room.tell(bob.part());
        room.tell(ann.part());
        ann.hears("-bob PARTED", "-ann PARTED");
        logs.renaming().complete(Outcome.STORED);
        location.awaitAssert(() -> {
            assertThat(find(CHA)).isEqualTo(room);
            return null;
        });
        pass(RunningRoom.settings().keepEmpty());
        location.expectTerminated(room);
    }

    @Test
    void theNewNameIsNotFoundBeforeTheRenameIsPublished() {
        log().storesAtOnce(false);
        room.tell(bob.say("before"));
        ScriptedLog.Append append = log().nextAppend();
        askForCha();
        awaitDirectory();
        rooms.tell(new RoomDirectory.Lookup(CHA, location.ref()));
        assertThat(location.expectMessageClass(NotFound.class).refusal().reason())
                .isEqualTo(Reason.NO_SUCH_ROOM);
        append.stored();
        ann.hears("1 bob: before", "ann calls tea cha");
        rooms.tell(new RoomDirectory.Lookup(CHA, location.ref()));
        assertThat(location.expectMessageClass(Found.class).ref()).isEqualTo(room);
    }
}
