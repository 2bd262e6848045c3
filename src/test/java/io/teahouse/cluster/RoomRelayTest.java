package io.teahouse.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.RecipientRef;
import io.teahouse.cluster.RelayMessage.Attached;
import io.teahouse.cluster.RelayMessage.Relayed;
import io.teahouse.cluster.RelayMessage.TellSubscriber;
import io.teahouse.room.Attributes;
import io.teahouse.room.Audience;
import io.teahouse.room.Delivery;
import io.teahouse.room.EventBatch;
import io.teahouse.room.MemberEvent;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.Publication;
import io.teahouse.room.Ranks;
import io.teahouse.room.Refusal;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomOperation;
import io.teahouse.room.RoomReply;
import io.teahouse.room.Topic;
import io.teahouse.room.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What a relay does when messages of the room get lost. */
class RoomRelayTest {
    private static final ActorTestKit AKKA = ActorTestKit.create(ManualTime.config());
    private static final RoomName TEA = RoomName.of("Tea");

    private final ManualTime time = ManualTime.get(AKKA.system());
    private final TestProbe<RoomActor.Command> room = AKKA.createTestProbe();
    private final TestProbe<RoomActor.Command> renamed = AKKA.createTestProbe();
    private final TestProbe<RoomEvent> ann = AKKA.createTestProbe();
    private final TestProbe<RoomReply> replies = AKKA.createTestProbe();
    private final TestProbe<RoomDirectory.Command> directory = AKKA.createTestProbe();
    private final ActorRef<RoomActor.Command> relay = AKKA.spawn(
            RoomRelay.create(TEA, this::room, directory.ref(), new RoomRelay.Limits(10_000, 3), Duration.ofMinutes(1)));

    @AfterAll
    static void shutDown() {
        AKKA.shutdownTestKit();
    }

    private RecipientRef<RoomActor.Command> room(RoomName name) {
        return name.equals(TEA) ? room.ref() : renamed.ref();
    }

    private void tell(RelayMessage message) {
        relay.<Object>unsafeUpcast().tell(message);
    }

    private <C extends RoomActor.Command> C passed(Class<C> type) {
        return type.cast(room.expectMessageClass(RoomActor.Passed.class).command());
    }

    private long attached() {
        long attempt = room.expectMessageClass(RoomActor.Attach.class).attempt();
        tell(new Attached(room.ref(), attempt));
        return attempt;
    }

    private void welcome(long attempt, long seq) {
        RoomEvent.Welcome welcome =
                new RoomEvent.Welcome(TEA, room.ref(), Nick.of("ann"), seq, Topic.NONE, Ranks.NONE, false, true);
        tell(new Relayed(attempt, 1, new TellSubscriber(ann.ref(), welcome)));
    }

    /** Ann is in the room, whose newest message has seq 7. */
    private long joined() {
        relay.tell(new RoomActor.Join(Nick.of("ann"), ann.ref(), replies.ref()));
        long attempt = attached();
        assertThat(passed(RoomActor.Join.class).back()).isEmpty();
        welcome(attempt, 7);
        assertThat(ann.expectMessageClass(RoomEvent.Welcome.class).self()).isEqualTo(relay);
        return attempt;
    }

    /** She joins again after what she has seen, and is not told. */
    private void rejoins() {
        long attempt = attached();
        assertThat(passed(RoomActor.Join.class).back())
                .hasValueSatisfying(back -> assertThat(back.since()).isEqualTo(7));
        welcome(attempt, 7);
        ann.expectNoMessage(Duration.ZERO);
    }

    @Test
    void aHoleInTheNumbersMakesTheMembersJoinAgain() {
        long attempt = joined();
        RoomEvent.Gap any = new RoomEvent.Gap(TEA, 7, 8);
        tell(new Relayed(attempt, 3, new TellSubscriber(ann.ref(), any)));
        rejoins();
        ann.expectNoMessage(Duration.ZERO);
    }

    @Test
    void messagesOfAnEarlierRoomAreIgnored() {
        long attempt = joined();
        tell(new Relayed(attempt - 1, 2, new TellSubscriber(ann.ref(), new RoomEvent.Gap(TEA, 7, 8))));
        ann.expectNoMessage(Duration.ZERO);
    }

    @Test
    void whatIsNotAnsweredIsSentAgainAsTheSameMessage() {
        joined();
        relay.tell(new RoomActor.Say(ann.ref(), "hi", replies.ref()));
        String clientId = passed(RoomActor.Say.class).clientId();
        assertThat(clientId).isNotEmpty();
        time.timePasses(Duration.ofSeconds(10));
        time.timePasses(Duration.ofSeconds(10));
        rejoins();
        assertThat(passed(RoomActor.Say.class).clientId()).isEqualTo(clientId);
    }

    @Test
    void aRelayThatNobodyUsesSaysSo() {
        directory.awaitAssert(
                () -> { // the relay may not have begun yet
                    time.timePasses(Duration.ofMinutes(1));
                    return directory.expectMessage(Duration.ofMillis(500), new ClusterRooms.Idle(TEA, relay));
                });
    }

    @Test
    void aRelayWithMembersIsInUse() {
        joined();
        time.timePasses(Duration.ofMinutes(3));
        directory.expectNoMessage(Duration.ZERO);
    }

    /** The room answers with an event, or with a reply. */
    private void delivers(long attempt, long number, RelayMessage.Operation what) {
        tell(new Relayed(attempt, number, what));
    }

    /** Bob joins when the room has shown a message that is still on its way to the relay. */
    @Test
    void theWelcomeOfOneSaysNothingOfWhatOthersHaveSeen() {
        long attempt = joined();
        TestProbe<RoomEvent> bob = AKKA.createTestProbe();
        relay.tell(new RoomActor.Join(Nick.of("bob"), bob.ref(), replies.ref()));
        passed(RoomActor.Join.class);
        RoomEvent.Welcome welcome =
                new RoomEvent.Welcome(TEA, room.ref(), Nick.of("bob"), 8, Topic.NONE, Ranks.NONE, false, true);
        tell(new Relayed(attempt, 2, new TellSubscriber(bob.ref(), welcome)));
        bob.expectMessageClass(RoomEvent.Welcome.class);
        hole(attempt);
        attached();
        assertThat(passed(RoomActor.Join.class).back())
                .hasValueSatisfying(back -> assertThat(back.since()).isEqualTo(7));
        assertThat(passed(RoomActor.Join.class).back())
                .hasValueSatisfying(back -> assertThat(back.since()).isEqualTo(8));
    }

    /** The same room as before. */
    @Test
    void whoWasRemovedWithoutOurNoticeDoesNotComeBack() {
        long attempt = joined();
        hole(attempt);
        long again = attached();
        RoomActor.Join rejoin = passed(RoomActor.Join.class);
        assertThat(rejoin.back())
                .hasValueSatisfying(back -> assertThat(back.member()).isTrue());
        Refusal why = new Refusal(Refusal.Reason.NOT_A_MEMBER, "you are not in Tea");
        delivers(again, 1, new RelayMessage.Answer(new RoomReply.Refused(TEA, rejoin.number(), "", why)));
        assertThat(ann.expectMessageClass(RoomEvent.Left.class).nick()).isEqualTo(Nick.of("ann"));
        hole(again);
        attached();
        relay.tell(new RoomActor.Names(replies.ref()));
        passed(RoomActor.Names.class); // the first that the room gets
    }

    /** Its list of members is empty. */
    @Test
    void anotherRoomThanBeforeTakesItsMembersBack() {
        long attempt = joined();
        hole(attempt);
        TestProbe<RoomActor.Command> other = AKKA.createTestProbe();
        long again = room.expectMessageClass(RoomActor.Attach.class).attempt();
        tell(new Attached(other.ref(), again));
        RoomActor.Passed rejoin = other.expectMessageClass(RoomActor.Passed.class);
        assertThat(((RoomActor.Join) rejoin.command()).back())
                .hasValueSatisfying(back -> assertThat(back.member()).isFalse());
    }

    /** It may never have got the join of the first attempt. */
    @Test
    void aRoomThatHasNotWelcomedAMemberYetIsAskedAgainToTakeThemBack() {
        long attempt = joined();
        hole(attempt);
        long first = room.expectMessageClass(RoomActor.Attach.class).attempt();
        tell(new Attached(renamed.ref(), first));
        assertThat(renamed.expectMessageClass(RoomActor.Passed.class).command()).isInstanceOf(RoomActor.Join.class);
        tell(new RelayMessage.CommandLost(first));
        long second = room.expectMessageClass(RoomActor.Attach.class).attempt();
        tell(new Attached(renamed.ref(), second));
        RoomActor.Join again = (RoomActor.Join)
                renamed.expectMessageClass(RoomActor.Passed.class).command();
        assertThat(again.back())
                .hasValueSatisfying(back -> assertThat(back.member()).isFalse());
    }

    /** She has got it by another node, before this relay had joined the room that opened again. */
    @Test
    void aNickThatAMemberGotInTheMeantimeIsThatOfTheirNextRejoin() {
        long attempt = joined();
        hole(attempt);
        long again = attached();
        passed(RoomActor.Join.class);
        welcome(again, 7);
        Profile profile = Profile.APPLICATION.withGuest(UserId.of(ann.ref()));
        RoomEvent renamed = new RoomEvent.Renamed(TEA, Nick.of("ann"), Nick.of("anna"), profile, 0, Instant.EPOCH);
        EventBatch missed = EventBatch.of(TEA, List.of(renamed), 0, Collections.singletonList(null));
        delivers(again, 2, new TellSubscriber(ann.ref(), missed));
        assertThat(ann.receiveMessage()).isEqualTo(missed);
        hole(again);
        attached();
        assertThat(passed(RoomActor.Join.class).user().nick()).isEqualTo(Nick.of("anna"));
    }

    private void refuses(Refusal.Reason reason) {
        long attempt = room.expectMessageClass(RoomActor.Attach.class).attempt();
        tell(new RelayMessage.NotOpen(attempt, new Refusal(reason, "why")));
    }

    private Refusal.Reason refusal() {
        return replies.expectMessageClass(RoomReply.Refused.class).refusal().reason();
    }

    @Test
    void aRoomThatCannotOpenRefusesAtOnce() {
        relay.tell(new RoomActor.Join(Nick.of("ann"), ann.ref(), replies.ref()));
        refuses(Refusal.Reason.ROOM_NAME_IN_USE);
        assertThat(refusal()).isEqualTo(Refusal.Reason.ROOM_NAME_IN_USE);
        relay.tell(new RoomActor.Names(replies.ref()));
        assertThat(refusal()).isEqualTo(Refusal.Reason.ROOM_NAME_IN_USE);
    }

    @Test
    void whileTheStoreIsAwayWhatMayBeStoredIsInDoubtAndOthersAreRefused() {
        long attempt = joined();
        relay.tell(new RoomActor.Say(ann.ref(), "one", replies.ref()));
        String clientId = passed(RoomActor.Say.class).clientId();
        hole(attempt);
        relay.tell(new RoomActor.Names(replies.ref()));
        refuses(Refusal.Reason.STORE_AWAY);
        replies.expectMessageClass(RoomReply.InDoubt.class);
        assertThat(refusal()).isEqualTo(Refusal.Reason.STORE_AWAY);
        relay.tell(new RoomActor.Say(ann.ref(), "two", replies.ref()));
        assertThat(refusal()).isEqualTo(Refusal.Reason.STORE_AWAY);

        time.timePasses(Duration.ofSeconds(1));
        refuses(Refusal.Reason.STORE_AWAY);
        replies.expectNoMessage(Duration.ZERO);
        time.timePasses(Duration.ofSeconds(1));
        rejoins();
        assertThat(passed(RoomActor.Say.class).clientId()).isEqualTo(clientId);
    }

    @Test
    void aStoreInDoubtIsAnAnswer() {
        long attempt = joined();
        relay.tell(new RoomActor.Say(ann.ref(), "hi", replies.ref()));
        RoomActor.Say say = passed(RoomActor.Say.class);
        delivers(attempt, 2, new RelayMessage.Answer(new RoomReply.InDoubt(TEA, say.number(), say.clientId())));
        replies.expectMessageClass(RoomReply.InDoubt.class);
        time.timePasses(Duration.ofSeconds(10));
        time.timePasses(Duration.ofSeconds(10));
        isAsked(attempt, 2);
        time.timePasses(Duration.ofSeconds(30));
        room.expectNoMessage(Duration.ZERO);
    }

    /** The room has fallen silent: it is asked how much it has sent, once. */
    private void isAsked(long attempt, long newest) {
        room.expectMessage(new RoomActor.TellNewest(relay.unsafeUpcast(), attempt));
        tell(new RelayMessage.Newest(attempt, newest));
    }

    @Test
    void aLostMessageIsNoticedThoughNothingFollows() {
        long attempt = joined();
        time.timePasses(Duration.ofSeconds(10));
        time.timePasses(Duration.ofSeconds(10));
        isAsked(attempt, 2);
        rejoins();
    }

    @Test
    void aRoomThatIsSilentIsAskedOnce() {
        long attempt = joined();
        time.timePasses(Duration.ofSeconds(10));
        time.timePasses(Duration.ofSeconds(10));
        isAsked(attempt, 1);
        for (int i = 0; i < 5; i++) {
            time.timePasses(Duration.ofSeconds(10));
        }
        room.expectNoMessage(Duration.ZERO);
        delivers(attempt, 2, new TellSubscriber(ann.ref(), new RoomEvent.Gap(TEA, 7, 8)));
        ann.expectMessageClass(RoomEvent.Gap.class);
        time.timePasses(Duration.ofSeconds(10));
        time.timePasses(Duration.ofSeconds(10));
        isAsked(attempt, 2);
    }

    @Test
    void aRoomThatDoesNotAnswerIsJoinedAgain() {
        joined();
        time.timePasses(Duration.ofSeconds(10));
        time.timePasses(Duration.ofSeconds(10));
        room.expectMessageClass(RoomActor.TellNewest.class);
        time.timePasses(Duration.ofSeconds(10));
        rejoins();
    }

    @Test
    void aLostCommandMakesTheMembersJoinAgain() {
        long attempt = joined();
        tell(new RelayMessage.CommandLost(attempt));
        rejoins();
    }

    @Test
    void commandsKeepTheirNumbersAndArePassedInOrder() {
        long attempt = joined();
        relay.tell(new RoomActor.SetTopic(ann.ref(), "green", replies.ref()));
        relay.tell(new RoomActor.Leave(ann.ref(), RoomEvent.Departure.PARTED, ""));
        RoomActor.Passed topic = room.expectMessageClass(RoomActor.Passed.class);
        RoomActor.Passed leave = room.expectMessageClass(RoomActor.Passed.class);
        assertThat(leave.place()).isEqualTo(topic.place() + 1);
        hole(attempt);
        rejoins();
        RoomActor.Passed again = room.expectMessageClass(RoomActor.Passed.class);
        assertThat(again)
                .returns(topic.number(), RoomActor.Passed::number)
                .returns(topic.command(), RoomActor.Passed::command)
                .returns(2L, RoomActor.Passed::place);
        assertThat(room.expectMessageClass(RoomActor.Passed.class).number()).isEqualTo(leave.number());
    }

    @Test
    void aRoomHasNoMoreCommandsAtOnceThanItTakes() {
        long attempt = joined();
        for (int i = 0; i < 4; i++) {
            relay.tell(new RoomActor.Names(replies.ref()));
        }
        RoomActor.Names first = passed(RoomActor.Names.class);
        passed(RoomActor.Names.class);
        passed(RoomActor.Names.class);
        room.expectNoMessage(Duration.ZERO);
        delivers(attempt, 2, new RelayMessage.Answer(new RoomReply.NameList(TEA, first.number(), false, List.of())));
        passed(RoomActor.Names.class);
    }

    @Test
    void commandsInDoubtDelayNoOthers() {
        long attempt = joined();
        for (int i = 0; i < 3; i++) {
            relay.tell(new RoomActor.Say(ann.ref(), "hi", replies.ref()));
        }
        relay.tell(new RoomActor.Names(replies.ref()));
        for (int i = 0; i < 3; i++) {
            RoomActor.Say say = passed(RoomActor.Say.class);
            delivers(attempt, 2 + i, new RelayMessage.Answer(new RoomReply.InDoubt(TEA, say.number(), say.clientId())));
        }
        passed(RoomActor.Names.class);
    }

    @Test
    void whatIsTooMuchIsRefused() {
        joined();
        for (int i = 0; i < 30; i++) {
            relay.tell(new RoomActor.Names(replies.ref()));
        }
        assertThat(refusal()).isEqualTo(Refusal.Reason.BUSY);
    }

    @Test
    void whoWasRemovedIsOneOfSeveralUsersOfAnObserver() {
        TestProbe<MemberEvent> user = AKKA.createTestProbe();
        for (String each : List.of("bob", "cyd")) {
            UserId id = UserId.ofAccount(each);
            RoomActor.Identity identity = new RoomActor.Identity(
                    id, Nick.of(each), Profile.APPLICATION, false, user.ref(), Optional.of(user.ref()));
            relay.tell(RoomActor.Join.away(identity, new RoomActor.Back(-1, Ranks.NONE), 0, replies.ref()));
        }
        long attempt = attached();
        long number = 1;
        for (int i = 0; i < 2; i++) {
            RoomActor.Identity joins = passed(RoomActor.Join.class).user();
            MemberEvent placed =
                    new MemberEvent.Placed(TEA, room.ref(), joins.id(), joins.nick(), Ranks.NONE, false, 7);
            delivers(attempt, number++, new RelayMessage.TellUser(user.ref(), placed));
        }
        MemberEvent removed = new MemberEvent.Removed(TEA, UserId.ofAccount("bob"), room.ref());
        delivers(attempt, number, new RelayMessage.TellUser(user.ref(), removed));
        hole(attempt);
        attached();
        assertThat(passed(RoomActor.Join.class).user().nick()).isEqualTo(Nick.of("cyd"));
        room.expectNoMessage(Duration.ZERO);
    }

    /** More than 1 MiB waits while she catches up from 7 to 9. */
    @Test
    void theGapOfASubscriberWhoMissesTooMuchIsWhatTheyMiss() {
        long attempt = joined();
        hole(attempt);
        long again = attached();
        passed(RoomActor.Join.class);
        welcome(again, 9);
        delivers(again, 2, new RelayMessage.Add(ann.ref(), UserId.of(ann.ref()), Delivery.EACH));
        delivers(again, 3, new RelayMessage.Hold(ann.ref(), 1, 9));
        for (int i = 0; i < 9; i++) {
            RoomEvent.Said said = said(10 + i, "x".repeat(100_000));
            EventBatch one = EventBatch.of(TEA, List.of(said), 0, List.of());
            Publication publication = new Publication(1, i + 1, one, List.of(), List.of(), Map.of());
            delivers(again, 4 + i, new RelayMessage.Publish(new Encoded<>(publication)));
        }
        assertThat(ann.receiveMessage()).isEqualTo(new RoomEvent.Gap(TEA, 7, 10));
        assertThat(ann.expectMessageClass(RoomEvent.Said.class).seq()).isEqualTo(10);
    }

    private static RoomEvent.Said said(long seq, String text) {
        return new RoomEvent.Said(
                TEA,
                seq,
                "id" + seq,
                Instant.EPOCH,
                Nick.of("bob"),
                Profile.APPLICATION,
                RoomEvent.Kind.MESSAGE,
                text,
                Attributes.NONE,
                Audience.ALL,
                "");
    }

    private static final RoomName CHA = RoomName.of("Cha");

    private void isAskedAsCha() {
        RoomActor.Attach attach = renamed.expectMessageClass(RoomActor.Attach.class);
        assertThat(attach.name()).isEqualTo(CHA);
        tell(new Attached(renamed.ref(), attach.attempt()));
        RoomActor.Passed rejoin = renamed.expectMessageClass(RoomActor.Passed.class);
        assertThat(((RoomActor.Join) rejoin.command()).back())
                .hasValueSatisfying(back -> assertThat(back.member()).isFalse());
        directory.expectMessage(new ClusterRooms.Moved(TEA, CHA, relay));
    }

    private RoomEvent.RoomRenamed renames() {
        return new RoomEvent.RoomRenamed(TEA, CHA, Nick.of("bob"), Profile.APPLICATION, "", Instant.EPOCH);
    }

    @Test
    void aRoomThatIsRenamedGoesOnUnderItsNewName() {
        long attempt = joined();
        RoomActor.Operate operate = new RoomActor.Operate(
                Nick.of("oper"), Profile.APPLICATION, new RoomOperation.Rename(CHA, ""), 5, replies.ref());
        relay.tell(operate);
        passed(RoomActor.Operate.class);
        delivers(attempt, 2, new RelayMessage.Add(ann.ref(), UserId.of(ann.ref()), Delivery.EACH));
        EventBatch event = EventBatch.of(TEA, List.of(renames()), 0, List.of());
        delivers(
                attempt,
                3,
                new RelayMessage.Publish(new Encoded<>(new Publication(1, 1, event, List.of(), List.of(), Map.of()))));
        assertThat(ann.receiveMessage()).isEqualTo(renames());
        isAskedAsCha();
        assertThat(replies.receiveMessage()).isEqualTo(new RoomReply.Done(CHA, 5));
    }

    @Test
    void theDirectoryKnowsTheNewNameBeforeTheClientsDo() {
        TestProbe<Object> both = AKKA.createTestProbe();
        ActorRef<RoomEvent> client = both.ref().narrow();
        ActorRef<Object> other = AKKA.spawn(RoomRelay.create(
                        TEA, this::room, both.ref().narrow(), new RoomRelay.Limits(10_000, 3), Duration.ofMinutes(1)))
                .unsafeUpcast();
        other.tell(new RoomActor.Join(Nick.of("ann"), client, replies.ref()));
        long attempt = room.expectMessageClass(RoomActor.Attach.class).attempt();
        other.tell(new Attached(room.ref(), attempt));
        passed(RoomActor.Join.class);
        RoomEvent.Welcome welcome =
                new RoomEvent.Welcome(TEA, room.ref(), Nick.of("ann"), 7, Topic.NONE, Ranks.NONE, false, true);
        other.tell(new Relayed(attempt, 1, new TellSubscriber(client, welcome)));
        both.expectMessageClass(RoomEvent.Welcome.class);
        other.tell(new Relayed(attempt, 2, new RelayMessage.Add(client, UserId.of(client), Delivery.EACH)));
        EventBatch event = EventBatch.of(TEA, List.of(renames()), 0, List.of());
        Publication publication = new Publication(1, 1, event, List.of(), List.of(), Map.of());
        other.tell(new Relayed(attempt, 3, new RelayMessage.Publish(new Encoded<>(publication))));
        both.expectMessage(new ClusterRooms.Moved(TEA, CHA, other.narrow()));
        both.expectMessage(renames());
    }

    @Test
    void whoMissesTheRenameLearnsOfIt() {
        long attempt = joined();
        hole(attempt);
        long again = room.expectMessageClass(RoomActor.Attach.class).attempt();
        tell(new RelayMessage.Moved(again, CHA));
        isAskedAsCha();
        assertThat(ann.expectMessageClass(RoomEvent.RoomRenamed.class).to()).isEqualTo(CHA);
    }

    @Test
    void whoLooksForTheOldNameIsNotLedToTheNewOne() {
        relay.tell(new RoomActor.Join(Nick.of("ann"), ann.ref(), replies.ref()));
        tell(new RelayMessage.Moved(
                room.expectMessageClass(RoomActor.Attach.class).attempt(), CHA));
        time.timePasses(Duration.ofSeconds(1));
        attached();
        assertThat(passed(RoomActor.Join.class).user().nick()).isEqualTo(Nick.of("ann"));
    }

    private void hole(long attempt) {
        tell(new Relayed(attempt, 99, new TellSubscriber(ann.ref(), new RoomEvent.Gap(TEA, 7, 8))));
    }

    @Test
    void whoWasNotAcceptedYetDoesNotRejoin() {
        relay.tell(new RoomActor.Join(Nick.of("ann"), ann.ref(), replies.ref()));
        long attempt = attached();
        passed(RoomActor.Join.class);
        hole(attempt);
        attached();
        assertThat(passed(RoomActor.Join.class).back()).isEmpty();
        room.expectNoMessage(Duration.ZERO);
    }

    @Test
    void whoHasAskedToLeaveLeavesTheRoomThatStartsAgain() {
        long attempt = joined();
        RoomActor.Leave leave = new RoomActor.Leave(ann.ref(), RoomEvent.Departure.PARTED, "bye");
        relay.tell(leave);
        assertThat(passed(RoomActor.Leave.class)).isEqualTo(leave);
        hole(attempt);
        rejoins();
        assertThat(passed(RoomActor.Leave.class)).isEqualTo(leave);
    }

    @Test
    void aUserWithoutAConnectionIsAcceptedByTheirPlace() {
        TestProbe<MemberEvent> user = AKKA.createTestProbe();
        RoomActor.Identity bob = new RoomActor.Identity(
                UserId.ofAccount("bob"),
                Nick.of("bob"),
                Profile.APPLICATION,
                false,
                user.ref(),
                Optional.of(user.ref()));
        relay.tell(RoomActor.Join.away(bob, new RoomActor.Back(-1, Ranks.NONE), 0, replies.ref()));
        long attempt = attached();
        passed(RoomActor.Join.class);
        MemberEvent placed = new MemberEvent.Placed(TEA, room.ref(), bob.id(), bob.nick(), Ranks.NONE, false, 7);
        tell(new Relayed(attempt, 1, new RelayMessage.TellUser(user.ref(), placed)));
        assertThat(user.receiveMessage().self()).isEqualTo(relay);
        time.timePasses(Duration.ofSeconds(10));
        time.timePasses(Duration.ofSeconds(10));
        isAsked(attempt, 1);
        room.expectNoMessage(Duration.ZERO);

        tell(new Relayed(attempt, 99, new RelayMessage.TellUser(user.ref(), placed)));
        attached();
        assertThat(passed(RoomActor.Join.class).user().id()).isEqualTo(bob.id());
    }

    @Test
    void whoWaitsForARoomThatDoesNotOpenIsRefused() {
        relay.tell(new RoomActor.Join(Nick.of("ann"), ann.ref(), replies.ref()));
        for (int i = 0; i < 16; i++) {
            room.expectMessageClass(RoomActor.Attach.class);
            time.timePasses(Duration.ofSeconds(1));
        }
        assertThat(replies.receiveMessage()).isInstanceOf(RoomReply.Refused.class);
        room.expectNoMessage(Duration.ZERO);
    }

    @Test
    void aMemberWhoIsRemovedWhileCatchingUpIsToldOfTheGap() {
        long attempt = joined();
        tell(new Relayed(attempt, 2, new RelayMessage.Add(ann.ref(), UserId.of(ann.ref()), Delivery.EACH)));
        tell(new Relayed(attempt, 3, new RelayMessage.Hold(ann.ref(), 1, 9)));
        MemberEvent.Removed removed = new MemberEvent.Removed(TEA, UserId.of(ann.ref()), room.ref());
        TestProbe<MemberEvent> user = AKKA.createTestProbe();
        tell(new Relayed(attempt, 4, new RelayMessage.TellUser(user.ref(), removed)));
        tell(new Relayed(attempt, 5, new RelayMessage.Depart(ann.ref())));
        assertThat(ann.expectMessageClass(RoomEvent.Gap.class).next()).isEqualTo(10);
    }

    @Test
    void aMemberWhoWasRemovedBeforeTheRejoinIsToldSo() {
        long attempt = joined();
        tell(new Relayed(attempt, 3, new RelayMessage.Handled(1)));
        long next = attached();
        RoomActor.Join join = passed(RoomActor.Join.class);
        UserId id = join.user().id();
        TestProbe<MemberEvent> user = AKKA.createTestProbe();
        Refusal gone = new Refusal(Refusal.Reason.NOT_A_MEMBER, "you are not in Tea");

        tell(new Relayed(next, 1, new RelayMessage.TellUser(user.ref(), new MemberEvent.Removed(TEA, id, room.ref()))));
        tell(new Relayed(next, 2, new RelayMessage.Answer(new RoomReply.Refused(TEA, join.number(), "", gone))));

        assertThat(ann.expectMessageClass(RoomEvent.Left.class).nick()).isEqualTo(Nick.of("ann"));
    }

    @Test
    void aMemberWhoWasRemovedIsToldSoWhenTheEventIsLost() {
        long attempt = joined();
        TestProbe<MemberEvent> user = AKKA.createTestProbe();
        MemberEvent.Removed removed = new MemberEvent.Removed(TEA, UserId.of(ann.ref()), room.ref());
        tell(new Relayed(attempt, 2, new RelayMessage.TellUser(user.ref(), removed)));
        room.stop();
        assertThat(ann.expectMessageClass(RoomEvent.Left.class).nick()).isEqualTo(Nick.of("ann"));
    }

    @Test
    void aMessageThatIsSentAgainNamesItsAuthor() {
        long attempt = joined();
        relay.tell(new RoomActor.Say(ann.ref(), "hi", replies.ref()));
        assertThat(room.expectMessageClass(RoomActor.Passed.class).author()).isEmpty();
        hole(attempt);
        rejoins();
        assertThat(room.expectMessageClass(RoomActor.Passed.class).author())
                .contains(Profile.APPLICATION.senderId(Nick.of("ann")));
    }

    @Test
    void whoIsAcceptedAfterTheRelayHasAttachedAgainRejoins() {
        long attempt = joined();
        TestProbe<RoomEvent> bob = AKKA.createTestProbe();
        relay.tell(new RoomActor.Join(Nick.of("bob"), bob.ref(), replies.ref()));
        passed(RoomActor.Join.class);
        hole(attempt);
        long second = attached();
        assertThat(passed(RoomActor.Join.class).back()).isPresent(); // ann's
        RoomEvent.Welcome welcome =
                new RoomEvent.Welcome(TEA, room.ref(), Nick.of("bob"), 7, Topic.NONE, Ranks.NONE, false, true);
        tell(new Relayed(second, 1, new TellSubscriber(bob.ref(), welcome)));
        bob.expectMessageClass(RoomEvent.Welcome.class);
        hole(second);
        attached();
        assertThat(passed(RoomActor.Join.class).back()).isPresent();
        assertThat(passed(RoomActor.Join.class))
                .returns(Optional.of(bob.ref()), RoomActor.Join::subscriber)
                .satisfies(join -> assertThat(join.back()).isPresent());
    }

    @Test
    void whoWasToldOfAGapRejoinsAfterIt() {
        hole(joined());
        long attempt = attached();
        passed(RoomActor.Join.class);
        welcome(attempt, 9);
        RoomEvent.Gap gap = new RoomEvent.Gap(TEA, 7, 9);
        tell(new Relayed(attempt, 2, new TellSubscriber(ann.ref(), gap)));
        ann.expectMessage(gap);
        hole(attempt);
        attached();
        assertThat(passed(RoomActor.Join.class).back())
                .hasValueSatisfying(back -> assertThat(back.since()).isEqualTo(8));
    }

    @Test
    void whoHasLeftIsToldSoThoughTheLastMessageIsLost() {
        long attempt = joined();
        delivers(attempt, 2, new RelayMessage.Depart(ann.ref()));
        time.timePasses(Duration.ofSeconds(10));
        ann.expectNoMessage(Duration.ZERO);
        time.timePasses(Duration.ofSeconds(10));
        ann.expectMessageClass(RoomEvent.Left.class);
    }
}
