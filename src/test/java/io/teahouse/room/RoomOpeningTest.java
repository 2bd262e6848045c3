package io.teahouse.room;

import static io.teahouse.testkit.RunningRoom.APPEND_TIMEOUT;
import static io.teahouse.testkit.RunningRoom.RETRY;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.javadsl.ActorContext;
import io.teahouse.room.Refusal.Reason;
import io.teahouse.testkit.ProbeGuest;
import io.teahouse.testkit.RunningRoom;
import io.teahouse.testkit.ScriptedLog;
import io.teahouse.testkit.Some;
import io.teahouse.testkit.TestRoom;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class RoomOpeningTest {
    private static final ActorTestKit AKKA = ActorTestKit.create(ManualTime.config());

    private final RunningRoom room = new RunningRoom(AKKA);
    private final ScriptedLog log = room.log();
    private final ProbeGuest ann = room.guest("ann");

    RoomOpeningTest() {
        log.opensAtOnce(false);
    }

    @AfterAll
    static void shutDown() {
        AKKA.shutdownTestKit();
    }

    @Test
    void joinsBeforeTheLogIsOpenWait() {
        room.start().ask(ann.join());
        log.nextOpen().answer();
        ann.hears("welcome ann after 0", "+ann");
    }

    @Test
    void aRejoiningMemberSeesTheJoinOfAUserWhoWaitedBefore() {
        ProbeGuest bob = room.guest("bob");
        TestProbe<RoomLifecycle.StillUsed> waits = AKKA.createTestProbe();
        room.start().ask(bob.join(), ann.joinSilently(), new RoomActor.StopIfEmpty(waits.ref()));
        waits.receiveMessage(); // otherwise the answer of the log may be there before the room waits for it
        log.nextOpen().answer();
        ann.hears("welcome ann after 0", "+bob");
    }

    @Test
    void seqsContinueWhereTheLogEnds() {
        log.kept().add(Some.said(1, "bob", "old"));
        room.start().ask(ann.join(), ann.say("new"));
        log.nextOpen().answer();
        log.nextAppend().stored();
        ann.hears("welcome ann after 1", "+ann", "2 ann: new");
        assertThat(log.kept().get(1).at()).isAfterOrEqualTo(log.kept().get(0).at());
    }

    @Test
    void waitingCommandsAreLimited() {
        room.start().ask(ann.names(), ann.names(), ann.names(), ann.names(), ann.names());
        ann.wasRefused(Reason.STORE_AWAY);
        log.nextOpen().answer();
        for (int i = 0; i < 4; i++) {
            ann.replies().expectMessageClass(RoomReply.NameList.class);
        }
    }

    @Test
    void waitingCommandsAreRefusedIfTheLogDoesNotAnswer() {
        room.start().ask(ann.join());
        log.nextOpen();
        pass(APPEND_TIMEOUT);
        ann.wasRefused(Reason.STORE_AWAY);
        room.ask(ann.join());
        ann.wasRefused(Reason.STORE_AWAY);

        pass(RETRY);
        log.nextOpen().answer();

        comesIn("bob");
    }

    @Test
    void openingALogThatFailsIsRetried() {
        room.start().ask(ann.join());
        log.nextOpen().fail();
        ann.wasRefused(Reason.STORE_AWAY);
        pass(RETRY);
        log.nextOpen().fail();
        pass(RETRY);
        log.nextOpen().answer();
        comesIn("bob");
    }

    @Test
    void openingALogThatThrowsIsRetried() {
        log.throwing(true);
        room.start().ask(ann.join());
        ann.wasRefused(Reason.STORE_AWAY);
        log.throwing(false);
        pass(RETRY);
        log.nextOpen().answer();
        comesIn("bob");
    }

    @Test
    void aLateAnswerIsUsed() {
        room.start().ask(ann.join());
        ScriptedLog.Question<RoomLog.Opened> late = log.nextOpen();
        pass(APPEND_TIMEOUT);
        ann.wasRefused(Reason.STORE_AWAY);
        late.answer();
        comesIn("bob");
    }

    @Test
    void aRoomThatCannotOpenAnswersStopIfEmpty() {
        room.start().ask(ann.join());
        log.nextOpen().fail();
        ann.wasRefused(Reason.STORE_AWAY);
        TestProbe<RoomLifecycle.StillUsed> asker = AKKA.createTestProbe();

        room.ask(new RoomActor.StopIfEmpty(asker.ref()));
        room.ask(ann.join());
        ann.wasRefused(Reason.STORE_AWAY);

        asker.expectMessage(new RoomLifecycle.StillUsed(TestRoom.TEA));
    }

    @Test
    void aRoomThatWaitsForItsLogStopsAndRefusesWaitingCommands() {
        room.start().ask(ann.join());
        ScriptedLog.Question<RoomLog.Opened> late = log.nextOpen();
        room.ask(new RoomActor.Stop());
        ann.wasRefused(Reason.STORE_AWAY);
        room.ends();
        late.answer();
    }

    @Test
    void aRoomWhoseLogIsAwayStops() {
        room.start().ask(ann.join());
        log.nextOpen().fail();
        ann.wasRefused(Reason.STORE_AWAY);
        room.ask(new RoomActor.Stop());
        room.ends();
    }

    // The former state

    private final CompletableFuture<Optional<RoomState>> answer = new CompletableFuture<>();

    private static Optional<RoomState> former(ProbeGuest operator) {
        Modes.Snapshot modes = new Modes.Snapshot(Set.of(Mode.INVITE_ONLY), "", 0, Map.of(), Set.of());
        Map<UserId, Ranks> ranks = Map.of(UserId.of(operator.member()), Ranks.OPERATOR);
        return Optional.of(new RoomState(3, 4, Some.NOON, "", 77, 0, modes, Map.of("url", "x"), ranks, 1));
    }

    @Test
    void aRoomAsksForItsFormerStateBeforeItOpensItsLog() {
        log.opensAtOnce(true);
        room.start(name -> answer)
                .ask(ann.resume(-1), ann.names(), room.guest("eve").join());
        ann.events().expectNoMessage(Duration.ZERO);

        answer.complete(former(ann));

        ann.hears("welcome ann after 0");
        RoomReply.NameList list = ann.replies().expectMessageClass(RoomReply.NameList.class);
        assertThat(list.members()).extracting(RoomReply.Participant::ranks).containsExactly(Ranks.OPERATOR);
        room.ask(new RoomActor.Describe(ann.member(), Optional.empty(), ann.replyTo()));
        assertThat(ann.replies().expectMessageClass(RoomReply.Description.class))
                .returns(Some.NOON, RoomReply.Description::created)
                .extracting(described -> described.settings().get(0).mode())
                .isEqualTo(Mode.INVITE_ONLY);
    }

    /** On a cluster, members of several nodes rejoin one after the other. */
    @Test
    void aMemberWhoRejoinsLaterLearnsOnceWhatHasChanged() {
        log.opensAtOnce(true);
        ProbeGuest bob = room.guest("bob");
        room.start(name -> CompletableFuture.completedFuture(former(ann)));
        room.ask(ann.resume(-1), ann.rename("anna"));
        ann.hears("welcome ann after 0", "ann > anna");

        room.ask(bob.resume(-1), ann.rename("annie"));

        bob.hears("welcome bob after 0", "ann > anna", "anna > annie");
    }

    /** Otherwise that connection would believe that it is not in the room. */
    @Test
    void aConnectionThatRejoinsLaterIsNotToldThatItsUserWasAwayInTheMeantime() {
        log.opensAtOnce(true);
        ProbeGuest tablet = room.guest("ann");
        room.start(name -> CompletableFuture.completedFuture(former(ann)));
        room.ask(ann.resume(-1), ann.part(), ann.join(), ann.rename("anna"));

        room.ask(new RoomActor.Join(
                new RoomActor.Identity(
                        UserId.of(ann.member()),
                        tablet.nick(),
                        Profile.APPLICATION,
                        false,
                        tablet.member(),
                        Optional.empty()),
                "",
                tablet.member(),
                Delivery.EACH,
                Optional.of(new RoomActor.Back(-1, Ranks.NONE)),
                1,
                tablet.replyTo()));

        tablet.hears("welcome anna after 0", "ann > anna");
    }

    @Test
    void nobodyJoinsBeforeTheFormerStateIsKnown() {
        log.opensAtOnce(true);
        AtomicInteger asked = new AtomicInteger();
        room.start(name -> asked.getAndIncrement() == 0 ? answer : CompletableFuture.completedFuture(former(ann)))
                .ask(room.guest("eve").join(), ann.resume(-1));
        answer.completeExceptionally(new IllegalStateException("no answer"));
        ann.wasRefused(Reason.STORE_AWAY);
        pass(RETRY);
        ann.events().awaitAssert(() -> {
            room.ask(ann.resume(-1));
            ann.events().expectMessageClass(RoomEvent.Welcome.class, Duration.ofMillis(500));
            return null;
        });
        ProbeGuest dan = room.guest("dan");
        room.ask(dan.names());
        assertThat(dan.replies().expectMessageClass(RoomReply.NameList.class).members())
                .extracting(RoomReply.Participant::ranks)
                .containsExactly(Ranks.OPERATOR);
        assertThat(asked).hasValue(2);
    }

    /** It asks again by itself until the other nodes have answered, but not until the store does. */
    @Test
    void aRelayIsRefusedWhenTheLogIsAway() {
        TestProbe<Refusal> relay = AKKA.createTestProbe();
        Fanout.Factory fanout = new Fanout.Factory() {
            @Override
            public Fanout create(ActorContext<RoomActor.Command> context, long generation) {
                return new Subscribers();
            }

            @Override
            public void refuse(RoomActor.Attach attach, Refusal why) {
                relay.ref().tell(why);
            }
        };
        RoomActor.Attach attach = new RoomActor.Attach(TestRoom.TEA, relay.ref(), 1);
        room.start(name -> answer, fanout).ask(attach, ann.names());
        answer.completeExceptionally(new IllegalStateException("no answer"));
        ann.wasRefused(Reason.STORE_AWAY);
        relay.expectNoMessage(Duration.ZERO);

        RunningRoom other = new RunningRoom(AKKA);
        other.log().opensAtOnce(false);
        other.start(FormerState.NONE, fanout).ask(attach);
        other.log().nextOpen().fail();
        assertThat(relay.receiveMessage().reason()).isEqualTo(Reason.STORE_AWAY);
    }

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Subscribers of former members, who rejoin one after the other. */
    private static Fanout patient() {
        Subscribers subscribers = new Subscribers();
        return (Fanout) Proxy.newProxyInstance(
                Fanout.class.getClassLoader(),
                new Class<?>[] {Fanout.class},
                (proxy, method, arguments) ->
                        method.getName().equals("rejoinWithin") ? PATIENCE : method.invoke(subscribers, arguments));
    }

    /** On a cluster, members of several nodes rejoin one after the other. */
    @Test
    void theListOfNamesWaitsForFormerMembers() {
        log.opensAtOnce(true);
        Fanout.Factory fanout = (context, generation) -> patient();
        RoomState one = former(ann).get();
        RoomState two = new RoomState(3, 4, Some.NOON, "", 77, 0, one.modes(), one.metadata(), one.ranks(), 2);
        room.start(name -> CompletableFuture.completedFuture(Optional.of(two)), fanout);
        ProbeGuest bob = room.guest("bob");
        room.ask(ann.resume(-1), ann.names());
        ann.hears("welcome ann after 0");
        ann.replies().expectNoMessage(Duration.ZERO);
        room.ask(bob.resume(-1));
        bob.hears("welcome bob after 0");
        RoomReply.NameList names = ann.replies()
                .awaitAssert(
                        () -> { // the room answers a little after bob has been welcomed
                            pass(Duration.ofMillis(50));
                            return ann.replies().expectMessageClass(RoomReply.NameList.class, Duration.ofMillis(500));
                        });
        assertThat(names.members()).hasSize(2);
    }

    @Test
    void theListOfNamesDoesNotWaitForEver() {
        log.opensAtOnce(true);
        RoomState one = former(ann).get();
        RoomState two = new RoomState(3, 4, Some.NOON, "", 77, 0, one.modes(), one.metadata(), one.ranks(), 2);
        room.start(name -> CompletableFuture.completedFuture(Optional.of(two)), (context, generation) -> patient());
        room.ask(ann.resume(-1), ann.names());
        ann.hears("welcome ann after 0");
        ann.replies()
                .awaitAssert(
                        () -> { // the room sets its timer when it has got the command
                            pass(PATIENCE);
                            return ann.replies().expectMessageClass(RoomReply.NameList.class, Duration.ofMillis(500));
                        });
    }

    @Test
    void aRoomThatWaitsForItsFormerStateStops() {
        room.start(name -> answer).ask(ann.join(), new RoomActor.Stop());
        ann.wasRefused(Reason.STORE_AWAY);
        room.ends();
    }

    /** After a refusal, the room has set its timer. */
    private void pass(Duration duration) {
        ManualTime.get(AKKA.system()).timePasses(duration);
    }

    /** Retries the join: the room opens when the log's answer has reached it. */
    private void comesIn(String name) {
        ProbeGuest guest = room.guest(name);
        guest.events().awaitAssert(() -> {
            room.ask(guest.join());
            guest.events().expectMessageClass(RoomEvent.Welcome.class, Duration.ofMillis(500));
            return null;
        });
    }
}
