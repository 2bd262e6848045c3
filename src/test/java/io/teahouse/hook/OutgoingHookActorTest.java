package io.teahouse.hook;

import static io.teahouse.hook.BacklogTest.message;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.Behaviors;
import io.teahouse.room.Anchor;
import io.teahouse.room.HistoryRange;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
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
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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

    private final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
    private final ManualTime time = ManualTime.get(kit.system());
    private final TestProbe<RoomDirectory.Command> rooms = kit.createTestProbe();
    private final TestProbe<RoomActor.Command> room = kit.createTestProbe();
    /** Until then the store does not answer what it is asked. */
    private volatile CompletableFuture<Void> delay = CompletableFuture.completedFuture(null);

    private final HookQueue queue = new HookQueue() {
        private final HookQueue memory = new MemoryHookQueue();

        @Override
        public CompletionStage<Stored> load(String hook, String room) {
            return memory.load(hook, room).thenCombine(delay, (stored, any) -> stored);
        }

        @Override
        public CompletionStage<Void> add(String hook, String room, Waiting event) {
            return memory.add(hook, room, event);
        }

        @Override
        public CompletionStage<Void> reached(String hook, String room, Position position) {
            return memory.reached(hook, room, position);
        }

        @Override
        public CompletionStage<Void> retain(Collection<String> hooks) {
            return memory.retain(hooks);
        }
    };
    private final HookTotals totals = new HookTotals();

    /** What the hook has asked after a refusal. */
    private Optional<RoomDirectory.Locate> again = Optional.empty();

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
                        new OutgoingHookActor.Parts(rooms.ref(), queue, sender, () -> settings, totals), HOOK, TEA))
                .onFailure(SupervisorStrategy.restart()));
    }

    /** Lets the hook into the room, which has three events; returns what it asks the room. */
    private RoomActor.History enter() {
        welcome(3);
        return room.expectMessageClass(RoomActor.History.class);
    }

    private RoomActor.Join askToEnter() {
        RoomDirectory.Locate locate = again.orElseGet(() -> rooms.expectMessageClass(RoomDirectory.Locate.class));
        again = Optional.empty();
        locate.replyTo().tell(new RoomDirectory.Found(TEA, 0, room.ref()));
        return room.expectMessageClass(RoomActor.Join.class);
    }

    /** Lets so much time pass until that comes: the hook sets its timer a moment after it has been told. */
    private <M, E extends M> E inTime(Duration pause, TestProbe<M> at, Class<E> expected) {
        return at.awaitAssert(() -> {
            time.timePasses(pause);
            return at.expectMessageClass(expected, Duration.ofMillis(500));
        });
    }

    /** The hook is not let into the room, and tries again. */
    private void refuse() {
        RoomActor.Join join = askToEnter();
        Refusal why = new Refusal(Refusal.Reason.NICK_IN_USE, "archive is already in the room", "");
        join.replyTo().tell(new RoomReply.Refused(TEA, join.number(), "", why));
        again = Optional.of(inTime(Duration.ofSeconds(30), rooms, RoomDirectory.Locate.class));
    }

    /** Lets the hook into the room; returns who is told of its events. */
    private ActorRef<RoomEvent> welcome(long seq) {
        ActorRef<RoomEvent> hook = askToEnter().subscriber().orElseThrow();
        hook.tell(new RoomEvent.Welcome(TEA, room.ref(), ARCHIVE, seq, Topic.NONE, Ranks.NONE, false, true));
        return hook;
    }

    @Test
    void theLogIsReadAgainAfterARefusal() {
        start((to, id, body, attempt) -> new CompletableFuture<>());
        RoomActor.History first = enter();
        first.replyTo()
                .tell(new RoomReply.Refused(TEA, first.number(), "", new Refusal(Refusal.Reason.BUSY, "busy", "")));
        RoomActor.History second = inTime(Duration.ofSeconds(1), room, RoomActor.History.class);
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

    @Test
    void aFormerRoomThatAnswersLateDoesNotSkipMessagesOfTheNewOne() throws InterruptedException {
        BlockingQueue<String> sent = new LinkedBlockingQueue<>();
        start((to, id, body, attempt) -> {
            sent.add(body);
            return CompletableFuture.completedFuture("");
        });
        ActorRef<RoomEvent> hook = welcome(3);
        RoomActor.History late = room.expectMessageClass(RoomActor.History.class);
        hook.tell(new RoomEvent.RoomRenamed(
                TEA, RoomName.of("coffee"), Nick.of("ann"), Profile.APPLICATION, "", Instant.EPOCH));
        room.expectMessageClass(RoomActor.Leave.class);
        welcome(0);
        late.replyTo().tell(new RoomReply.Past(TEA, late.number(), List.of(message(2), message(3)), true, false));
        hook.tell(message(1));
        assertThat(sent.poll(30, TimeUnit.SECONDS)).startsWith("{\"type\":\"rename\"");
        assertThat(sent.poll(30, TimeUnit.SECONDS)).contains("\"id\":\"m1\"");
    }

    @Test
    void aHookThatWasRefusedContinuesWhereTheOneOfAnotherNodeHasCome() throws InterruptedException {
        BlockingQueue<String> sent = new LinkedBlockingQueue<>();
        start((to, id, body, attempt) -> {
            sent.add(body);
            return CompletableFuture.completedFuture("");
        });
        refuse();
        queue.reached("archive", TEA.key(), new HookQueue.Position(2, "m2", 0));
        refuse();
        queue.reached("archive", TEA.key(), new HookQueue.Position(5, "m5", 0));

        ActorRef<RoomEvent> hook = welcome(6);
        hook.tell(message(7));
        RoomActor.History read = room.expectMessageClass(RoomActor.History.class);
        assertThat(read.span()).isEqualTo(HistoryRange.after(new Anchor.AtId("m5"), Backlog.PAGE));
        read.replyTo().tell(new RoomReply.Past(TEA, read.number(), List.of(message(6), message(7)), true, false));
        assertThat(sent.poll(30, TimeUnit.SECONDS)).contains("\"id\":\"m6\"");
        assertThat(sent.poll(30, TimeUnit.SECONDS)).contains("\"id\":\"m7\"");
    }

    @Test
    void whatHappensWhileTheStoreIsAskedIsNotLost() throws InterruptedException {
        BlockingQueue<String> sent = new LinkedBlockingQueue<>();
        start((to, id, body, attempt) -> {
            sent.add(body);
            return CompletableFuture.completedFuture("");
        });
        refuse();
        CompletableFuture<Void> answers = new CompletableFuture<>();
        delay = answers;
        ActorRef<RoomEvent> hook = welcome(1);
        hook.tell(new RoomEvent.Joined(TEA, Nick.of("ann"), Profile.APPLICATION, Instant.EPOCH));
        hook.tell(message(2));
        room.expectNoMessage(Duration.ofMillis(50));
        assertThat(sent).isEmpty();

        answers.complete(null);

        assertThat(sent.poll(30, TimeUnit.SECONDS)).startsWith("{\"type\":\"join\"");
        assertThat(sent.poll(30, TimeUnit.SECONDS)).contains("\"id\":\"m2\"");
    }
}
