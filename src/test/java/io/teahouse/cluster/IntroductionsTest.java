package io.teahouse.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import io.teahouse.room.Delivery;
import io.teahouse.room.Nick;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The other node does not answer at once. */
class IntroductionsTest {
    private static final ActorTestKit AKKA = ActorTestKit.create(ManualTime.config());
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualTime time = ManualTime.get(AKKA.system());
    private final TestProbe<RoomDirectory.Command> directory = AKKA.createTestProbe();
    private final TestProbe<RelayMessage> relay = AKKA.createTestProbe();
    private final TestProbe<Boolean> done = AKKA.createTestProbe();
    private final TestProbe<RoomActor.Identity> absent = AKKA.createTestProbe();
    private final ActorRef<RoomEvent> ann = AKKA.<RoomEvent>createTestProbe().ref();
    private final RoomActor.Join join = new RoomActor.Join(
            Nick.of("ann"), ann, AKKA.<RoomReply>createTestProbe().ref());
    private final ActorRef<Object> introducing = AKKA.spawn(Behaviors.withTimers(this::introduce));

    @AfterAll
    static void shutDown() {
        AKKA.shutdownTestKit();
    }

    /** Says after each message whether commands may be sent. */
    private Behavior<Object> introduce(TimerScheduler<Object> timers) {
        Introductions introductions = new Introductions(RoomName.of("Tea"), directory.ref(), timers, relay.ref());
        return Behaviors.receiveMessage(message -> {
            if (message instanceof RoomActor.Join some) {
                introductions.begin(some);
            } else if (message instanceof RelayMessage.Introduced introduced) {
                introductions.introduced(introduced.subscriber());
            } else {
                introductions.onLate().ifPresent(absent.ref()::tell);
            }
            done.ref().tell(introductions.areDone());
            return Behaviors.same();
        });
    }

    private void isAsked() {
        assertThat(directory.expectMessageClass(ClusterRooms.Introduce.class).join())
                .isEqualTo(join);
        done.expectMessage(false);
    }

    @Test
    void theOtherNodeIsAskedAgainUntilItAnswers() {
        introducing.tell(join);
        isAsked();
        time.timePasses(SECOND);
        isAsked();
        introducing.tell(new RelayMessage.Introduced(ann));
        done.expectMessage(true);
        time.timePasses(SECOND);
        directory.expectNoMessage(Duration.ZERO);
    }

    @Test
    void whatIsSaidDoesNotWaitForEver() {
        introducing.tell(join);
        isAsked();
        for (int i = 0; i < 7; i++) {
            time.timePasses(SECOND);
            isAsked();
        }
        time.timePasses(SECOND);
        done.expectMessage(true);
        absent.expectMessage(join.user());
    }

    @Test
    void aUserWhoJoinsByOneOfTheirConnectionsIsThere() {
        introducing.tell(join);
        isAsked();
        RoomActor.Join second = new RoomActor.Join(
                join.user(),
                "",
                AKKA.<RoomEvent>createTestProbe().ref(),
                Delivery.BATCHED,
                Optional.empty(),
                0,
                AKKA.<RoomReply>createTestProbe().ref());
        introducing.tell(second);
        directory.expectMessageClass(ClusterRooms.Introduce.class);
        done.expectMessage(false);
        introducing.tell(new RelayMessage.Introduced(ann));
        done.expectMessage(false);
        for (int i = 0; i < 7; i++) {
            time.timePasses(SECOND);
            directory.expectMessageClass(ClusterRooms.Introduce.class);
            done.expectMessage(false);
        }
        time.timePasses(SECOND);
        done.expectMessage(true);
        absent.expectNoMessage(Duration.ZERO);
    }
}
