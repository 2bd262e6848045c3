package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestInbox;
import akka.actor.typed.ActorRef;
import io.teahouse.room.PendingEntry.Message;
import io.teahouse.room.PendingEntry.Message.State;
import io.teahouse.room.PendingEntry.Notice;
import java.util.List;
import org.junit.jupiter.api.Test;

class PendingQueueTest {
    private final PendingQueue line = new PendingQueue();
    private final Member ann = Some.member("ann");
    private final Message first = message(ann, "1");
    private final Message second = message(ann, "2");
    private final Notice notice =
            new Notice(ref(ann), new RoomEvent.Joined(TestRoom.TEA, ann.nick(), ann.profile(), Some.NOON));

    private static Message message(Member by, String clientId) {
        return message(by, clientId, RoomLog.FOR_ALL);
    }

    private static Message message(Member by, String clientId, long sitting) {
        TestInbox<RoomReply> replies = TestInbox.create();
        RoomActor.Say asked = new RoomActor.Say(
                ref(by), new OutgoingMessage(RoomEvent.Kind.MESSAGE, "hi", clientId), replies.getRef());
        return new Message(
                ref(by), identity(by.nick().text()), (seq, id, at) -> Some.said(seq, "ann", "hi"), sitting, asked);
    }

    private static ActorRef<RoomEvent> ref(Member member) {
        return member.subscribers().get(0);
    }

    private static UserId identity(String name) {
        return UserId.ofNick(Nick.of(name));
    }

    private void add(PendingEntry... entries) {
        List.of(entries).forEach(line::add);
    }

    @Test
    void whatIsOnlyToldPassesAtOnceWhenNothingStandsBeforeIt() {
        add(notice, first);
        assertThat(line.release()).containsExactly(notice);
        assertThat(line.size()).isEqualTo(1);
    }

    @Test
    void whatIsOnlyToldWaitsForTheMessageBeforeIt() {
        add(first, notice);
        assertThat(line.release()).isEmpty();
        line.take();
        assertThat(line.release()).isEmpty();

        line.decide(first, State.STORED);

        assertThat(line.release()).containsExactly(first, notice);
        assertThat(line.isEmpty()).isTrue();
    }

    @Test
    void aRefusedMessageHoldsUpNobody() {
        add(first, notice);
        line.take();
        line.decide(first, State.REFUSED);
        assertThat(line.release()).containsExactly(first, notice);
    }

    @Test
    void aLaterMessageNeverOvertakes() {
        add(first, second);
        line.take();
        line.decide(second, State.STORED);
        assertThat(line.release()).isEmpty();
        line.decide(first, State.STORED);
        assertThat(line.release()).containsExactly(first, second);
    }

    @Test
    void allThatWaitsIsTakenInOrderAndOnlyOnce() {
        add(first, notice, second);
        assertThat(line.hasWaiting()).isTrue();

        assertThat(line.take()).containsExactly(first, second);

        assertThat(line.hasWaiting()).isFalse();
        assertThat(line.take()).isEmpty();
        Message third = message(ann, "3");
        add(third);
        assertThat(line.take()).containsExactly(third);
    }

    @Test
    void pendingIsWhatIsNotDecided() {
        add(first, notice, second);
        assertThat(line.pending()).isEqualTo(2);
        line.take();
        assertThat(line.pending()).isEqualTo(2);
        line.decide(first, State.STORED);
        assertThat(line.pending()).isEqualTo(1);
        line.decide(second, State.REFUSED);
        assertThat(line.pending()).isZero();
    }

    @Test
    void aPendingMessageIsFoundByItsSenderAndTheClientsId() {
        add(first, second);
        line.take();

        assertThat(line.pending(identity("ANN"), "2")).containsSame(second);
        assertThat(line.pending(identity("bob"), "2")).isEmpty();
        assertThat(line.pending(identity("ann"), "9")).isEmpty();
        line.decide(second, State.STORED);
        assertThat(line.pending(identity("ann"), "2")).isEmpty();
    }

    @Test
    void aroundUndecidedMessagesEverythingElsePasses() {
        Message third = message(ann, "3");
        add(first, notice, second, notice, third);
        line.take();
        line.decide(second, State.REFUSED);

        assertThat(line.releaseAround()).containsExactly(notice, second, notice);

        line.decide(first, State.STORED);
        line.decide(third, State.STORED);
        assertThat(line.release()).containsExactly(first, third);
    }

    @Test
    void whatIsForAnotherSittingIsAnotherAppend() {
        Message closed = message(ann, "3", 7);
        add(first, second, closed, message(ann, "4", 7));
        assertThat(line.take()).containsExactly(first, second);
        assertThat(line.hasWaiting()).isTrue();
        assertThat(line.take()).hasSize(2).contains(closed);
        assertThat(line.hasWaiting()).isFalse();
    }
}
