package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.BehaviorTestKit;
import akka.actor.testkit.typed.javadsl.TestInbox;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import io.teahouse.room.PendingEntry.Message;
import io.teahouse.room.PendingEntry.Notice;
import io.teahouse.room.RoomActor.Command;
import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.support.MonotonicClock;
import io.teahouse.testkit.ScriptedLog;
import io.teahouse.testkit.Some;
import io.teahouse.testkit.TestRoom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PendingQueueTest {
    private static final long SESSION = 7;

    /** A queue in an actor that runs in the thread of the test. */
    private static final class Running {
        final ScriptedLog log = new ScriptedLog();
        final List<PendingEntry> published = new ArrayList<>();
        final BehaviorTestKit<Command> kit;
        private final List<PendingQueue> created = new ArrayList<>(1);

        Running() {
            RoomLog.Opened opened = log.open(SESSION).toCompletableFuture().join();
            kit = BehaviorTestKit.create(
                    Behaviors.setup(actor -> Behaviors.withTimers(timers -> receive(actor, timers, opened))));
        }

        private Behavior<Command> receive(
                ActorContext<Command> actor, TimerScheduler<Command> timers, RoomLog.Opened opened) {
            RoomContext context = new RoomContext(
                    actor,
                    timers,
                    Some.room(TestRoom.TEA),
                    new StandardPolicy(TestRoom.limits(10, 100, 100)),
                    TestRoom.limits(10, 100, 100),
                    log,
                    opened,
                    new MonotonicClock(Clock.fixed(Some.NOON, ZoneOffset.UTC), opened.lastTime()),
                    new Subscribers());
            FlushScheduler scheduler = new FlushScheduler(context);
            PendingQueue queue = new PendingQueue(context, scheduler, published::addAll);
            created.add(queue);
            return Behaviors.receiveMessage(command -> {
                if (command instanceof PendingQueue.Signal signal) {
                    queue.on(signal);
                } else {
                    scheduler.flushed();
                }
                queue.flush();
                return Behaviors.same();
            });
        }

        PendingQueue queue() {
            return created.get(0);
        }

        /** Enqueues the entries, and flushes. */
        void add(PendingEntry... entries) {
            List.of(entries).forEach(queue()::enqueue);
            run();
        }

        /** Runs the actor until its mailbox is empty. */
        void run() {
            TestRoom.runAll(kit);
        }

        /** Fires all timers. */
        void fire() {
            TestRoom.fireTimers(kit);
        }
    }

    private final Running running = new Running();
    private final ScriptedLog log = running.log;
    private final List<PendingEntry> published = running.published;
    private final Member ann = Some.member("ann");
    private final Message first = message(ann, "1");
    private final Message second = message(ann, "2");
    private final Notice notice =
            new Notice(ref(ann), new RoomEvent.Joined(TestRoom.TEA, ann.nick(), ann.profile(), Some.NOON));

    private static Message message(Member by, String clientId) {
        return message(by, clientId, RoomLog.FOR_ALL);
    }

    private static Message message(Member by, String clientId, long session) {
        TestInbox<RoomReply> replies = TestInbox.create();
        RoomActor.Say command = new RoomActor.Say(
                ref(by), new OutgoingMessage(RoomEvent.Kind.MESSAGE, "hi", clientId), replies.getRef());
        return new Message(
                ref(by), identity(by.nick().text()), (seq, id, at) -> Some.said(seq, "ann", "hi"), session, command);
    }

    private static ActorRef<RoomEvent> ref(Member member) {
        return member.subscribers().get(0);
    }

    private static UserId identity(String name) {
        return UserId.ofNick(Nick.of(name));
    }

    @Test
    void aNoticeIsPublishedAtOnceIfTheQueueIsEmpty() {
        running.add(notice, first);
        assertThat(published).containsExactly(notice);
        assertThat(running.queue().isEmpty()).isFalse();
    }

    @Test
    void aNoticeWaitsForTheMessageBeforeIt() {
        running.add(first, notice);
        assertThat(published).isEmpty();

        log.nextAppend().stored();
        running.run();

        assertThat(published).containsExactly(first, notice);
        assertThat(first.isStored()).isTrue();
        assertThat(running.queue().isEmpty()).isTrue();
    }

    @Test
    void aRefusedMessageDelaysNothing() {
        running.add(first, notice);
        log.nextAppend().notStored();
        running.run();
        assertThat(published).containsExactly(first, notice);
        assertThat(first.isStored()).isFalse();
    }

    @Test
    void aLaterMessageNeverOvertakes() {
        running.add(first);
        running.add(second);
        ScriptedLog.Append append = log.nextAppend();
        assertThat(log.isAskedToAppend()).isFalse();
        append.stored();
        running.run();
        assertThat(published).containsExactly(first);

        log.nextAppend().stored();
        running.run();

        assertThat(published).containsExactly(first, second);
    }

    @Test
    void waitingMessagesAreAppendedOnceAndInOrder() {
        running.add(first, notice, second);
        ScriptedLog.Append append = log.nextAppend();
        assertThat(append.batch()).extracting(Recorded::seq).containsExactly(1L, 2L);

        running.queue().flush();
        assertThat(log.isAskedToAppend()).isFalse();
        append.stored();
        running.run();
        assertThat(log.isAskedToAppend()).isFalse();
        running.add(message(ann, "3"));

        assertThat(log.nextAppend().batch()).extracting(Recorded::seq).containsExactly(3L);
    }

    @Test
    void aMessageIsUndecidedUntilItIsStoredOrRefused() {
        running.add(first, notice, message(ann, "3", SESSION));
        assertThat(running.queue().undecided()).isEqualTo(2);
        log.nextAppend().stored();
        running.run();
        assertThat(running.queue().undecided()).isEqualTo(1);
        log.nextAppend().notStored();
        running.run();
        assertThat(running.queue().undecided()).isZero();
    }

    @Test
    void anUndecidedMessageIsFoundByItsSenderAndItsClientId() {
        running.add(first, second);

        assertThat(running.queue().find(identity("ANN"), "2")).containsSame(second);
        assertThat(running.queue().find(identity("bob"), "2")).isEmpty();
        assertThat(running.queue().find(identity("ann"), "9")).isEmpty();
        log.nextAppend().stored();
        running.run();
        assertThat(running.queue().find(identity("ann"), "2")).isEmpty();
    }

    @Test
    void noticesDoNotWaitForMessagesWhileTheStoreIsAway() {
        running.add(first);
        ScriptedLog.Append append = log.nextAppend();
        running.add(notice, second, notice);
        append.keep();
        append.fail();
        running.run();
        assertThat(published).isEmpty();

        log.nextTail().fail();
        running.run();

        assertThat(published).containsExactly(notice, second, notice);
        assertThat(second.isStored()).isFalse();

        published.clear();
        running.fire();
        log.nextTail().answer();
        running.run();

        assertThat(published).containsExactly(first);
        assertThat(first.isStored()).isTrue();
    }

    @Test
    void messagesOfAnotherSessionAreAnotherAppend() {
        running.add(first, second, message(ann, "3", SESSION), message(ann, "4", SESSION));
        ScriptedLog.Append forAll = log.nextAppend();
        assertThat(forAll.batch()).hasSize(2);
        assertThat(forAll.forWhom()).isEqualTo(RoomLog.FOR_ALL);
        forAll.stored();
        running.run();
        ScriptedLog.Append forSession = log.nextAppend();
        assertThat(forSession.batch()).hasSize(2);
        assertThat(forSession.forWhom()).isEqualTo(SESSION);
    }
}
