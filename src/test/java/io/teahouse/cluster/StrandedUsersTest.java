package io.teahouse.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.Ranks;
import io.teahouse.room.Refusal;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.user.ConnectionInfo;
import io.teahouse.user.Place;
import io.teahouse.user.UserSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A room starts again on another node. */
class StrandedUsersTest {
    private static final ActorTestKit AKKA = ActorTestKit.create(ManualTime.config());
    private static final RoomName TEA = RoomName.of("Tea");

    private final ManualTime time = ManualTime.get(AKKA.system());
    private final TestProbe<RoomActor.Command> room = AKKA.createTestProbe();

    @AfterAll
    static void shutDown() {
        AKKA.shutdownTestKit();
    }

    private static UserSnapshot operator(String nick) {
        ConnectionInfo connection = new ConnectionInfo(1, 1, "plain", "192.0.2.1", false, Instant.now(), 0);
        return UserSnapshot.online(Nick.of(nick), Profile.APPLICATION.withAccount(nick), connection)
                .withPlace(new Place(TEA, Ranks.OPERATOR, false));
    }

    @Test
    void theyAreJoinedAgainWhenTheRoomCannotBeOpenedYet() {
        AKKA.spawn(StrandedUsers.create(
                TEA, room.ref(), List.of(operator("ann"), operator("bob")), Duration.ofSeconds(30)));
        RoomActor.Join ann = room.expectMessageClass(RoomActor.Join.class);
        room.expectMessageClass(RoomActor.Join.class);
        Refusal away = new Refusal(Refusal.Reason.STORE_AWAY, "the store does not answer");
        ann.replyTo().tell(new RoomReply.Refused(TEA, ann.number(), "", away));
        room.awaitAssert(
                () -> { // the refusal may be under way
                    time.timePasses(Duration.ofSeconds(1));
                    return room.expectMessage(Duration.ofMillis(100), ann);
                });
        assertThat(ann.back())
                .hasValueSatisfying(back -> assertThat(back.ranks()).isEqualTo(Ranks.OPERATOR));
    }

    @Test
    void theyAreLostWhenTheyDoNotComeBackInTime() {
        ActorRef<Object> owner =
                AKKA.spawn(StrandedUsers.create(TEA, room.ref(), List.of(operator("ann")), Duration.ofSeconds(30)));
        assertThat(room.expectMessageClass(RoomActor.Join.class).user().owner()).isEqualTo(owner);
        time.timePasses(Duration.ofSeconds(30));
        room.expectTerminated(owner);
    }
}
