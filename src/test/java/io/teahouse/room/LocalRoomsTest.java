package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import io.teahouse.room.RoomDirectory.Command;
import io.teahouse.room.local.LocalRooms;
import io.teahouse.testkit.ScriptedLog;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class LocalRoomsTest extends RoomDirectoryContract {
    private static final ActorTestKit AKKA = ActorTestKit.create(ManualTime.config());

    LocalRoomsTest() {
        super(AKKA);
    }

    @AfterAll
    static void shutDown() {
        AKKA.shutdownTestKit();
    }

    @Override
    Behavior<Command> create(RoomLogs logs, RoomSettings settings) {
        return LocalRooms.builder()
                .logs(logs)
                .settings(settings)
                .maxRooms(MAX_ROOMS)
                .create();
    }

    @Test
    void aRoomThatFailedIsReopenedWithItsHistory() {
        ActorRef<RoomActor.Command> room = found("tea");
        room.tell(ann.join());
        room.tell(ann.topic("green"));
        room.tell(ann.say("kept"));
        ann.hears("welcome ann after 0", "+ann", "1 ann topic green", "2 ann: kept");
        ScriptedLog log = logs.of(RoomName.of("tea"));
        log.storesAtOnce(false);
        room.tell(ann.say("lost"));
        log.nextAppend().fenced();
        ended(room);
        log.storesAtOnce(true);

        ActorRef<RoomActor.Command> again = reopened("tea", room);
        again.tell(ann.resume(1));
        again.tell(ann.say("next"));

        ann.hears("welcome ann after 2", "2 ann: kept", "3 ann: next");
    }

    /** In a support room, the first to come is a customer. */
    @Test
    void theApplicationDecidesWhoHasWhichRank() {
        Nick clerk = Nick.of("clerk");
        ActorRef<Command> support = AKKA.spawn(LocalRooms.builder()
                .ranks((room, nick, profile) -> nick.sameAs(clerk) ? Ranks.OPERATOR : Ranks.NONE)
                .create());
        support.tell(new RoomDirectory.Locate(RoomName.of("help"), location.ref()));
        ActorRef<RoomActor.Command> room =
                location.expectMessageClass(RoomDirectory.Found.class).ref();
        TestProbe<RoomEvent> customer = AKKA.createTestProbe();
        TestProbe<RoomEvent> staff = AKKA.createTestProbe();
        room.tell(new RoomActor.Join(Nick.of("customer"), customer.ref(), replies()));
        room.tell(new RoomActor.Join(clerk, staff.ref(), replies()));

        assertThat(customer.expectMessageClass(RoomEvent.Welcome.class).ranks()).isEqualTo(Ranks.NONE);
        assertThat(staff.expectMessageClass(RoomEvent.Welcome.class).ranks()).isEqualTo(Ranks.OPERATOR);
    }

    @Test
    void theApplicationDecidesWhoMayDoWhat() {
        ActorRef<Command> rooms = AKKA.spawn(LocalRooms.builder()
                .policy(new ForwardingPolicy(new StandardPolicy(RoomSettings.defaults())) {
                    @Override
                    public Optional<Refusal> join(
                            Room room, Nick nick, Profile profile, String key, boolean serverOperator) {
                        return Optional.of(new Refusal(Refusal.Reason.INVITE_ONLY, "closed today"));
                    }
                })
                .create());
        rooms.tell(new RoomDirectory.Locate(RoomName.of("shop"), location.ref()));
        TestProbe<RoomReply> replies = AKKA.createTestProbe();
        location.expectMessageClass(RoomDirectory.Found.class)
                .ref()
                .tell(new RoomActor.Join(
                        Nick.of("ann"), AKKA.<RoomEvent>createTestProbe().ref(), replies.ref()));

        assertThat(replies.expectMessageClass(RoomReply.Refused.class).refusal().text())
                .isEqualTo("closed today");
    }

    private static ActorRef<RoomReply> replies() {
        return AKKA.system().ignoreRef();
    }

    /** The directory notices the end by watching, like everybody else. */
    private ActorRef<RoomActor.Command> reopened(String name, ActorRef<RoomActor.Command> before) {
        return location.awaitAssert(() -> {
            ActorRef<RoomActor.Command> now = found(name);
            assertThat(now).isNotEqualTo(before);
            return now;
        });
    }
}
