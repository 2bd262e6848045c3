package io.teahouse.hook;

import static io.teahouse.hook.BacklogTest.message;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.Behaviors;
import io.teahouse.room.Nick;
import io.teahouse.room.Ranks;
import io.teahouse.room.Refusal;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.room.Topic;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An outgoing hook in a room that the test plays. */
class OutgoingHookActorTest {
    private static final RoomName TEA = RoomName.of("tea");
    private static final Nick ARCHIVE = Nick.of("archive");
    private static final HookSettings.Outgoing HOOK = new HookSettings.Outgoing(
            "archive",
            ARCHIVE,
            URI.create("https://example.org"),
            Secret.of("whsec_aGlkZGVuaGlkZGVuaGlkZGVuaGlkZGVu"),
            List.of(TEA),
            EnumSet.allOf(HookEvent.class));

    private final ActorTestKit kit = ActorTestKit.create();
    private final TestProbe<RoomDirectory.Command> rooms = kit.createTestProbe();
    private final TestProbe<RoomActor.Command> room = kit.createTestProbe();
    private final HookQueue queue = new MemoryHookQueue();
    private final HookTotals totals = new HookTotals();

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    /** Starts a hook that was sent the first event of the room. */
    private void start(EventSender sender) {
        queue.reached("archive", TEA.key(), new HookQueue.Position(1, "m1", 0));
        HookSettings.Sending settings = new HookSettings.Sending(
                Duration.ofSeconds(1),
                new HookSettings.Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1)),
                100,
                new Targets(false, List.of()));
        kit.spawn(Behaviors.supervise(OutgoingHookActor.create(
                        new OutgoingHookActor.Parts(rooms.ref(), queue, sender, settings, totals), HOOK, TEA))
                .onFailure(SupervisorStrategy.restart()));
    }

    /** Lets the hook into the room, which has three events; returns what it asks the room. */
    private RoomActor.History enter() {
        RoomDirectory.Locate locate = rooms.expectMessageClass(RoomDirectory.Locate.class);
        locate.replyTo().tell(new RoomDirectory.Found(TEA, 0, room.ref()));
        room.expectMessageClass(RoomActor.Join.class)
                .subscriber()
                .orElseThrow()
                .tell(new RoomEvent.Welcome(TEA, room.ref(), ARCHIVE, 3, Topic.NONE, Ranks.NONE, false, true));
        return room.expectMessageClass(RoomActor.History.class);
    }

    @Test
    void theLogIsReadAgainAfterARefusal() {
        start((to, id, body, attempt) -> new CompletableFuture<>());
        RoomActor.History first = enter();
        first.replyTo()
                .tell(new RoomReply.Refused(TEA, first.number(), "", new Refusal(Refusal.Reason.BUSY, "busy", "")));
        RoomActor.History second = room.expectMessageClass(RoomActor.History.class, Duration.ofSeconds(10));
        assertThat(second.span()).isEqualTo(first.span());
    }

    @Test
    void whatWaitsIsCountedOnceAlsoAfterAFailure() {
        start((to, id, body, attempt) -> {
            throw new IllegalStateException("fails on purpose");
        });
        RoomActor.History read = enter();
        assertThat(totals.waiting()).isEqualTo(2);
        read.replyTo().tell(new RoomReply.Past(TEA, read.number(), List.of(message(2)), true, false));
        enter();
        assertThat(totals.waiting()).isEqualTo(2);
    }
}
