package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import io.teahouse.room.Refusal.Reason;
import io.teahouse.room.RoomDirectory.Command;
import io.teahouse.room.RoomDirectory.Location;
import io.teahouse.room.RoomDirectory.Opener;
import io.teahouse.room.RoomQuotas.Quota;
import io.teahouse.room.local.LocalRooms;
import io.teahouse.testkit.ProbeGuest;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Limits on the rooms that one user, or one address, opens. */
class RoomQuotasTest {
    private static final ActorTestKit AKKA = ActorTestKit.create();
    private static final int ANY = 99;
    private static final RoomQuotas UNLIMITED = RoomQuotas.of(ANY);

    private final MemoryRoomLogs logs = new MemoryRoomLogs();
    private final TestProbe<Location> location = AKKA.createTestProbe();
    private final ProbeGuest guest = new ProbeGuest("ann", AKKA);

    @AfterAll
    static void shutDown() {
        AKKA.shutdownTestKit();
    }

    private ActorRef<Command> rooms(RoomQuotas quotas) {
        return AKKA.spawn(LocalRooms.builder().logs(logs).quotas(quotas).create());
    }

    private Optional<Reason> locate(ActorRef<Command> rooms, RoomName room, Opener opener) {
        rooms.tell(new RoomDirectory.Locate(room, Optional.of(opener), 0, location.ref()));
        return location.receiveMessage() instanceof RoomDirectory.NotFound none
                ? Optional.of(none.refusal().reason())
                : Optional.empty();
    }

    private Optional<Reason> enter(ActorRef<Command> rooms, String name, Opener opener) {
        RoomName room = RoomName.of(name);
        rooms.tell(new RoomDirectory.Locate(room, Optional.of(opener), 0, location.ref()));
        if (location.receiveMessage() instanceof RoomDirectory.Found found) {
            found.ref().tell(guest.join());
            TestProbe<RoomReply> replies = AKKA.createTestProbe();
            found.ref().tell(new RoomActor.Names(replies.ref()));
            replies.receiveMessage();
            location.awaitAssert(() -> {
                TestProbe<RoomDirectory.Listing> listing = AKKA.createTestProbe();
                rooms.tell(new RoomDirectory.ListRooms(listing.ref()));
                assertThat(listing.receiveMessage().rooms())
                        .anyMatch(each -> each.room().equals(room));
                return null;
            });
            return Optional.empty();
        }
        return Optional.of(Reason.TOO_MANY_ROOMS);
    }

    @Test
    void roomsDoNotCountForConversations() {
        ActorRef<Command> rooms = rooms(UNLIMITED.withRooms(Quota.of(2)).withConversations(Quota.of(1)));
        Opener eve = new Opener("a:eve", "1");
        assertThat(enter(rooms, "one", eve)).isEmpty();
        assertThat(enter(rooms, "two", eve)).isEmpty();
        assertThat(enter(rooms, "three", eve)).contains(Reason.TOO_MANY_ROOMS);
        assertThat(locate(rooms, RoomName.conversation("n:ann", "n:bob"), new Opener("n:ann", "2")))
                .isEmpty();
        assertThat(locate(rooms, RoomName.conversation("n:ann", "n:cyd"), new Opener("n:ann", "2")))
                .contains(Reason.TOO_MANY_ROOMS);
    }

    @Test
    void roomsAreLimitedPerUser() {
        ActorRef<Command> rooms = rooms(UNLIMITED.withRooms(new Quota(ANY, 2, ANY)));
        Opener eve = new Opener("a:eve", "1");
        assertThat(enter(rooms, "one", eve)).isEmpty();
        assertThat(enter(rooms, "two", eve)).isEmpty();
        assertThat(enter(rooms, "three", eve)).contains(Reason.TOO_MANY_ROOMS);
        assertThat(enter(rooms, "one", eve)).isEmpty();
        assertThat(enter(rooms, "three", new Opener("a:bob", "1"))).isEmpty();
    }

    @Test
    void roomsAreLimitedPerAddress() {
        ActorRef<Command> rooms =
                rooms(UNLIMITED.withRooms(new Quota(ANY, ANY, 2)).withConversations(new Quota(ANY, ANY, 1)));
        assertThat(enter(rooms, "one", new Opener("g:a~1", "1"))).isEmpty();
        assertThat(enter(rooms, "two", new Opener("g:a~2", "1"))).isEmpty();
        assertThat(enter(rooms, "three", new Opener("g:a~3", "1"))).contains(Reason.TOO_MANY_ROOMS);
        assertThat(enter(rooms, "three", new Opener("g:a~3", "2"))).isEmpty();
    }

    @Test
    void anEmptyRoomIsClosedForANewOne() {
        ActorRef<Command> rooms = rooms(UNLIMITED.withRooms(new Quota(ANY, 1, ANY)));
        Opener eve = new Opener("a:eve", "1");
        assertThat(locate(rooms, RoomName.of("one"), eve)).isEmpty();
        assertThat(locate(rooms, RoomName.of("two"), eve)).isEmpty();
        assertThat(enter(rooms, "three", eve)).isEmpty();
        assertThat(locate(rooms, RoomName.of("four"), eve)).contains(Reason.TOO_MANY_ROOMS);
    }

    @Test
    void theApplicationHasNoQuota() {
        ActorRef<Command> rooms = rooms(new RoomQuotas(new Quota(ANY, 1, 1), new Quota(ANY, 1, 1)));
        for (String name : new String[] {"one", "two", "three"}) {
            rooms.tell(new RoomDirectory.Locate(RoomName.of(name), location.ref()));
            location.expectMessageClass(RoomDirectory.Found.class);
        }
    }
}
