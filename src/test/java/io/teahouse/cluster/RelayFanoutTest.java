package io.teahouse.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.BehaviorTestKit;
import akka.actor.testkit.typed.javadsl.TestInbox;
import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.Behaviors;
import io.teahouse.cluster.RelayMessage.Add;
import io.teahouse.cluster.RelayMessage.Attached;
import io.teahouse.cluster.RelayMessage.Relayed;
import io.teahouse.room.Delivery;
import io.teahouse.room.EventBatch;
import io.teahouse.room.Fanout.Handling;
import io.teahouse.room.Publication;
import io.teahouse.room.Refusal;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.room.UserId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RelayFanoutTest {
    private static final RoomName TEA = RoomName.of("tea");

    private final TestInbox<RelayMessage> relay = TestInbox.create("relay");
    private final ActorRef<RoomEvent> ann = TestInbox.<RoomEvent>create("ann").getRef();
    private final UserId id = UserId.ofAccount("ann");
    private final RelayFanout fanout;
    private final ActorRef<RoomActor.Command> room;

    RelayFanoutTest() {
        AtomicReference<RelayFanout> made = new AtomicReference<>();
        BehaviorTestKit<RoomActor.Command> kit = BehaviorTestKit.create(Behaviors.setup(context -> {
            made.set(new RelayFanout(context, Duration.ZERO));
            return Behaviors.empty();
        }));
        fanout = made.get();
        room = kit.getRef();
    }

    private RoomActor.Attach attempt(long number) {
        return new RoomActor.Attach(TEA, relay.getRef(), number);
    }

    @Test
    void messagesToARelayAreNumberedFromItsAttempt() {
        fanout.attach(attempt(1));
        fanout.add(ann, id, Delivery.BATCHED);
        assertThat(fanout.attach(attempt(2))).containsExactly(ann);
        fanout.add(ann, id, Delivery.BATCHED);
        assertThat(relay.getAllReceived())
                .containsExactly(
                        new Attached(room, 1),
                        new Relayed(1, 1, new Add(ann, id, Delivery.BATCHED)),
                        new Attached(room, 2),
                        new Relayed(2, 1, new Add(ann, id, Delivery.BATCHED)));
    }

    /** A room that starts gets all attempts at once, and handles the first of them last. */
    @Test
    void anAttemptThatWasOvertakenIsIgnored() {
        fanout.attach(attempt(8));
        fanout.add(ann, id, Delivery.BATCHED);
        assertThat(fanout.attach(attempt(1))).isEmpty();
        fanout.remove(ann);
        assertThat(relay.getAllReceived())
                .endsWith(
                        new Relayed(8, 1, new Add(ann, id, Delivery.BATCHED)),
                        new Relayed(8, 2, new RelayMessage.Remove(ann)));
    }

    @Test
    void subscribersOfARelayThatEndedAreGone() {
        fanout.attach(attempt(1));
        fanout.add(ann, id, Delivery.BATCHED);
        assertThat(fanout.isAttached(relay.getRef())).isTrue();
        assertThat(fanout.detach(relay.getRef().unsafeUpcast())).containsExactly(ann);
        assertThat(fanout.isAttached(relay.getRef())).isFalse();
        assertThat(fanout.count()).isZero();
    }

    private RoomActor.Passed passed(long attempt, long place, long number, RoomActor.Command command) {
        return new RoomActor.Passed(relay.getRef(), attempt, place, number, command);
    }

    private RoomActor.SetTopic topic(long number) {
        return new RoomActor.SetTopic(
                ann, "green", number, relay.getRef().<Object>unsafeUpcast().narrow());
    }

    @Test
    void aCommandThatIsSentAgainIsAnsweredAgain() {
        fanout.attach(attempt(1));
        assertThat(fanout.handling(passed(1, 1, 5, topic(5)))).isEqualTo(Handling.HANDLE);
        RoomReply refused = new RoomReply.Refused(TEA, 5, "", Refusal.noSuchRoom(TEA));
        fanout.reply(topic(5), refused);
        fanout.attach(attempt(2));
        relay.getAllReceived();
        assertThat(fanout.handling(passed(2, 1, 5, topic(5)))).isEqualTo(Handling.ANSWER_AGAIN);
        fanout.replyAgain(topic(5), new RoomReply.Done(TEA, 5));
        assertThat(fanout.handling(passed(2, 2, 6, topic(6)))).isEqualTo(Handling.HANDLE);
        assertThat(fanout.handling(passed(2, 3, 6, topic(6)))).isEqualTo(Handling.ANSWER_AGAIN);
        fanout.replyAgain(topic(6), new RoomReply.Done(TEA, 6));
        assertThat(relay.getAllReceived())
                .containsExactly(
                        new Relayed(2, 1, new RelayMessage.Answer(refused)),
                        new Relayed(2, 2, new RelayMessage.Answer(new RoomReply.Done(TEA, 6))));
    }

    @Test
    void aLeaveThatIsSentAgainIsNotHandledAgain() {
        RoomActor.Leave leave = new RoomActor.Leave(ann, RoomEvent.Departure.PARTED, "");
        fanout.attach(attempt(1));
        assertThat(fanout.handling(passed(1, 1, 5, leave))).isEqualTo(Handling.HANDLE);
        fanout.attach(attempt(2));
        assertThat(fanout.handling(passed(2, 1, 5, leave))).isEqualTo(Handling.ANSWER_AGAIN);
        assertThat(relay.getAllReceived()).endsWith(new Relayed(2, 1, new RelayMessage.Handled(5)));
    }

    @Test
    void aQuestionThatIsSentAgainIsHandledAgain() {
        fanout.attach(attempt(1));
        RoomActor.Names names =
                new RoomActor.Names(5, relay.getRef().<Object>unsafeUpcast().narrow());
        fanout.handling(passed(1, 1, 5, names));
        fanout.attach(attempt(2));
        assertThat(fanout.handling(passed(2, 1, 5, names))).isEqualTo(Handling.HANDLE);
    }

    @Test
    void aRelayIsToldHowMuchItWasSent() {
        fanout.attach(attempt(2));
        relay.getAllReceived();
        ActorRef<?> asking = relay.getRef();
        fanout.tellNewest(new RoomActor.TellNewest(asking, 2));
        fanout.handling(passed(2, 1, 5, topic(5)));
        fanout.reply(topic(5), new RoomReply.Done(TEA, 5));
        fanout.tellNewest(new RoomActor.TellNewest(asking, 1));
        fanout.tellNewest(new RoomActor.TellNewest(asking, 2));
        assertThat(relay.getAllReceived())
                .containsExactly(
                        new RelayMessage.Newest(2, 0),
                        new Relayed(2, 1, new RelayMessage.Answer(new RoomReply.Done(TEA, 5))),
                        new RelayMessage.Newest(2, 1));
    }

    @Test
    void nothingAfterALostCommandIsHandled() {
        fanout.attach(attempt(1));
        relay.getAllReceived();
        assertThat(fanout.handling(passed(1, 2, 6, topic(6)))).isEqualTo(Handling.IGNORE);
        assertThat(fanout.handling(passed(1, 3, 7, topic(7)))).isEqualTo(Handling.IGNORE);
        assertThat(relay.getAllReceived()).containsExactly(new RelayMessage.CommandLost(1));
    }

    @Test
    void commandsOfAnEarlierAttemptOrAnotherRelayAreIgnored() {
        fanout.attach(attempt(2));
        assertThat(fanout.handling(passed(1, 1, 5, topic(5)))).isEqualTo(Handling.IGNORE);
        fanout.detach(relay.getRef().unsafeUpcast());
        assertThat(fanout.handling(passed(2, 1, 5, topic(5)))).isEqualTo(Handling.IGNORE);
    }

    @Test
    void anEmptyPublicationIsNotSent() {
        fanout.attach(attempt(1));
        fanout.add(ann, id, Delivery.BATCHED);
        relay.getAllReceived();
        EventBatch nothing = EventBatch.of(TEA, List.of(), 0, List.of());
        fanout.tell(new Publication(1, 1, nothing, List.of(new Publication.Arrival(ann, 0)), List.of(), Map.of()));
        assertThat(relay.hasMessages()).isFalse();
    }
}
