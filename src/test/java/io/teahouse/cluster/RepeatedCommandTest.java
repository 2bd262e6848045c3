package io.teahouse.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.FishingOutcomes;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import io.teahouse.cluster.RelayMessage.Answer;
import io.teahouse.cluster.RelayMessage.Attached;
import io.teahouse.cluster.RelayMessage.Publish;
import io.teahouse.cluster.RelayMessage.Relayed;
import io.teahouse.cluster.RelayMessage.TellUser;
import io.teahouse.room.Attributes;
import io.teahouse.room.Audience;
import io.teahouse.room.Delivery;
import io.teahouse.room.MemberEvent;
import io.teahouse.room.MemoryRoomLog;
import io.teahouse.room.Nick;
import io.teahouse.room.OutgoingMessage;
import io.teahouse.room.Profile;
import io.teahouse.room.Ranks;
import io.teahouse.room.Refusal;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomOperation;
import io.teahouse.room.RoomParts;
import io.teahouse.room.RoomReply;
import io.teahouse.room.RoomSettings;
import io.teahouse.room.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A relay has lost a message of a room, and sends all again that it has no answer to. */
class RepeatedCommandTest {
    private static final ActorTestKit AKKA = ActorTestKit.create();
    private static final RoomName TEA = RoomName.of("tea");

    private final TestProbe<RelayMessage> relay = AKKA.createTestProbe();
    private final ActorRef<RoomReply> replies =
            relay.ref().<Object>unsafeUpcast().narrow();
    private final ActorRef<RoomEvent> ann = AKKA.<RoomEvent>createTestProbe().ref();
    private final ActorRef<RoomActor.Command> room =
            AKKA.spawn(RoomActor.create(new RoomParts(TEA, new MemoryRoomLog(100), RoomSettings.defaults())
                    .deliveredBy(RelayFanout.factory(Duration.ZERO))));
    private long attempt;
    private long place;

    @AfterAll
    static void shutDown() {
        AKKA.shutdownTestKit();
    }

    @BeforeEach
    void join() {
        attach();
        pass(1, new RoomActor.Join(Nick.of("ann"), ann, replies));
        assertThat(until(Publish.class)).isNotEmpty(); // her join
    }

    private void attach() {
        attempt++;
        place = 0;
        room.tell(new RoomActor.Attach(TEA, relay.ref(), attempt));
        relay.fishForMessage(
                Duration.ofSeconds(3),
                message -> message.equals(new Attached(room, attempt))
                        ? FishingOutcomes.complete()
                        : FishingOutcomes.continueAndIgnore());
    }

    private void pass(long number, RoomActor.Command command) {
        room.tell(new RoomActor.Passed(relay.ref(), attempt, ++place, number, command));
    }

    /** What the relay was told up to an operation of that type. */
    private List<RelayMessage.Operation> until(Class<? extends RelayMessage.Operation> type) {
        List<RelayMessage.Operation> all = new ArrayList<>();
        do {
            all.add(relay.expectMessageClass(Relayed.class).what());
        } while (!type.isInstance(all.get(all.size() - 1)));
        return all;
    }

    /** The command was handled; the relay attaches again. Returns what it is told. */
    private List<RelayMessage.Operation> repeat(long number, RoomActor.Command command) {
        attach();
        pass(
                0,
                new RoomActor.Join(
                        Nick.of("ann"),
                        Profile.APPLICATION,
                        "",
                        ann,
                        Delivery.EACH,
                        Optional.of(new RoomActor.Back(0, Ranks.NONE, true)),
                        replies));
        pass(number, command);
        return until(Answer.class);
    }

    private static RoomReply answer(List<RelayMessage.Operation> told) {
        return ((Answer) told.get(told.size() - 1)).reply();
    }

    @Test
    void aSignalIsPublishedOnce() {
        RoomActor.Signal signal = new RoomActor.Signal(ann, Attributes.of(Map.of("a", "b")), Audience.ALL, 2, replies);
        pass(2, signal);
        until(Publish.class);
        List<RelayMessage.Operation> told = repeat(2, signal);
        assertThat(told).noneMatch(Publish.class::isInstance);
        assertThat(answer(told)).isEqualTo(new RoomReply.Done(TEA, 2));
    }

    @Test
    void aTopicIsSetOnce() {
        RoomActor.SetTopic topic = new RoomActor.SetTopic(ann, "green", 2, replies);
        pass(2, topic);
        until(Publish.class);
        assertThat(answer(repeat(2, topic))).isEqualTo(new RoomReply.Done(TEA, 2));
        pass(3, new RoomActor.Operate(Nick.of("oper"), Profile.APPLICATION, new RoomOperation.Show(), 3, replies));
        assertThat(answer(until(Answer.class)))
                .isInstanceOfSatisfying(
                        RoomReply.Details.class,
                        details -> assertThat(details.seq()).isEqualTo(1));
    }

    @Test
    void aKickOfSomebodyWhoCameBackIsNotRepeated() {
        ActorRef<RoomEvent> bob = AKKA.<RoomEvent>createTestProbe().ref();
        RoomActor.Join joins = new RoomActor.Join(Nick.of("bob"), bob, replies);
        pass(2, joins);
        until(Publish.class);
        RoomActor.Kick kick = new RoomActor.Kick(ann, Nick.of("bob"), "", 3, replies);
        pass(3, kick);
        until(Publish.class);
        pass(4, joins);
        until(Publish.class);
        assertThat(answer(repeat(3, kick))).isEqualTo(new RoomReply.Done(TEA, 3));
        pass(5, new RoomActor.Names(5, replies));
        assertThat(answer(until(Answer.class)))
                .isInstanceOfSatisfying(
                        RoomReply.NameList.class,
                        list -> assertThat(list.members()).hasSize(2));
    }

    @Test
    void aRefusalIsRepeated() {
        RoomActor.Kick kick = new RoomActor.Kick(ann, Nick.of("nobody"), "", 2, replies);
        pass(2, kick);
        RoomReply refused = answer(until(Answer.class));
        assertThat(((RoomReply.Refused) refused).refusal().reason()).isEqualTo(Refusal.Reason.NO_SUCH_MEMBER);
        assertThat(answer(repeat(2, kick))).isEqualTo(refused);
    }

    @Test
    void aMessageOfAMemberWhoHasLeftSinceIsKnown() {
        RoomActor.Say hi = new RoomActor.Say(ann, new OutgoingMessage(RoomEvent.Kind.MESSAGE, "hi", "c1"), 2, replies);
        pass(2, hi);
        until(Publish.class);
        pass(3, new RoomActor.Leave(ann, RoomEvent.Departure.PARTED, ""));
        until(Publish.class);
        attach();
        room.tell(new RoomActor.Passed(
                relay.ref(), attempt, ++place, 2, hi, Optional.of(Profile.APPLICATION.senderId(Nick.of("ann")))));
        assertThat(answer(until(Answer.class)))
                .isInstanceOfSatisfying(
                        RoomReply.Repeated.class,
                        repeated -> assertThat(repeated.original().seq()).isEqualTo(1));
    }

    @Test
    void usersAreToldOfTheirRanksAgain() {
        TestProbe<MemberEvent> bobsActor = AKKA.createTestProbe();
        RoomActor.Identity bob = new RoomActor.Identity(
                UserId.ofAccount("bob"),
                Nick.of("bob"),
                Profile.APPLICATION.withAccount("bob"),
                false,
                relay.ref(),
                Optional.of(bobsActor.ref()));
        pass(2, RoomActor.Join.away(bob, new RoomActor.Back(-1, Ranks.NONE), 2, replies));
        until(TellUser.class);
        attach();
        assertThat(until(TellUser.class))
                .last()
                .isInstanceOfSatisfying(
                        TellUser.class, told -> assertThat(told.event()).isInstanceOf(MemberEvent.Placed.class));
    }
}
