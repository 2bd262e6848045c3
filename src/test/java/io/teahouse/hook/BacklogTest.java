package io.teahouse.hook;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.hook.HookQueue.Position;
import io.teahouse.hook.HookQueue.Stored;
import io.teahouse.room.Anchor;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What waits for a receiver: messages m1, m2 … of a log, and other events between them. */
class BacklogTest {
    private static final RoomName TEA = RoomName.of("tea");
    private static final Nick ANN = Nick.of("ann");

    private final Backlog backlog = new Backlog(EnumSet.allOf(HookEvent.class));

    static Recorded message(long seq) {
        return new RoomEvent.Said(
                TEA,
                seq,
                "m" + seq,
                Instant.EPOCH,
                ANN,
                Profile.APPLICATION,
                RoomEvent.Kind.MESSAGE,
                "text",
                io.teahouse.room.Attributes.NONE,
                io.teahouse.room.Audience.ALL,
                "");
    }

    private static Recorded topic(long seq) {
        return new RoomEvent.TopicChanged(TEA, seq, "m" + seq, Instant.EPOCH, ANN, Profile.APPLICATION, "topic", "");
    }

    private static List<Recorded> messages(long from, long to) {
        List<Recorded> all = new ArrayList<>();
        for (long seq = from; seq <= to; seq++) {
            all.add(message(seq));
        }
        return all;
    }

    /** Delivers everything that can be delivered without reading; returns the ids. */
    private static List<String> deliver(Backlog from) {
        List<String> ids = new ArrayList<>();
        for (Optional<Backlog.Next> next = from.next(); next.isPresent(); next = from.next()) {
            ids.add(next.get().id());
            from.delivered(next.get());
        }
        return ids;
    }

    @Test
    void aHookThatIsNewInTheRoomStartsWithTheNextEvent() {
        assertThat(backlog.entered(7)).isTrue();
        assertThat(backlog.position()).isEqualTo(new Position(7, "", 0));
        assertThat(backlog.lacksLog()).isFalse();
        backlog.recorded(message(8));
        assertThat(deliver(backlog)).containsExactly("m8");
        assertThat(backlog.position()).isEqualTo(new Position(8, "m8", 0));
    }

    @Test
    void otherEventsKeepTheirPlaceBetweenMessages() {
        backlog.entered(0);
        backlog.add("joined", "{}");
        backlog.recorded(message(1));
        backlog.add("left", "{}");
        backlog.add("back", "{}");
        backlog.recorded(message(2));
        assertThat(deliver(backlog)).containsExactly("joined", "m1", "left", "back", "m2");
        assertThat(backlog.position()).isEqualTo(new Position(2, "m2", 3));
    }

    @Test
    void afterARestartTheLogIsReadFromThePositionOn() {
        backlog.restore(
                new Stored(Optional.of(new Position(2, "m2", 4)), List.of(new HookQueue.Waiting(5, 3, "left", "{}"))));
        assertThat(deliver(backlog)).isEmpty(); // m3 comes before
        assertThat(backlog.entered(4)).isFalse();
        assertThat(backlog.lacksLog()).isTrue();
        assertThat(backlog.readFrom()).isEqualTo(new Anchor.AtId("m2"));
        backlog.recorded(message(5)); // while the log is being read
        backlog.read(messages(3, 4), false);
        assertThat(deliver(backlog)).containsExactly("m3", "left", "m4");
        assertThat(backlog.lacksLog()).isTrue();
        assertThat(backlog.readFrom()).isEqualTo(new Anchor.AtId("m4"));
        backlog.read(messages(5, 5), false);
        assertThat(deliver(backlog)).containsExactly("m5");
        assertThat(backlog.add("joined", "{}").number()).isEqualTo(6);
    }

    @Test
    void onlyAPageOfTheLogIsInMemory() {
        backlog.entered(0);
        messages(1, 200).forEach(backlog::recorded);
        assertThat(deliver(backlog)).hasSize(Backlog.PAGE);
        backlog.readFrom();
        backlog.read(messages(Backlog.PAGE + 1, 2 * Backlog.PAGE), false);
        assertThat(deliver(backlog)).hasSize(Backlog.PAGE).startsWith("m" + (Backlog.PAGE + 1));
    }

    @Test
    void aPageOfWhatWasErasedIsPassedOver() {
        backlog.entered(0);
        messages(1, Backlog.PAGE).forEach(backlog::recorded);
        backlog.recorded(message(Backlog.PAGE + 1));
        backlog.add("left", "{}");
        assertThat(deliver(backlog)).hasSize(Backlog.PAGE);
        backlog.readFrom();
        backlog.read(List.of(), false);
        assertThat(backlog.lacksLog()).isFalse();
        assertThat(deliver(backlog)).containsExactly("left");
    }

    @Test
    void aRedactedMessageThatWaitsIsNotDelivered() {
        backlog.entered(0);
        backlog.recorded(message(1));
        backlog.recorded(message(2));
        backlog.recorded(
                new RoomEvent.Redacted(TEA, 3, "m3", Instant.EPOCH, ANN, Profile.APPLICATION, "m2", 2, "", ""));
        assertThat(deliver(backlog)).containsExactly("m1", "m3");
    }

    @Test
    void anotherRoomOfTheSameNameIsEnteredAtItsEnd() {
        backlog.restore(new Stored(Optional.of(new Position(9, "m9", 0)), List.of()));
        assertThat(backlog.entered(3)).isTrue();
        assertThat(backlog.position()).isEqualTo(new Position(3, "", 0));
    }

    @Test
    void tooManyEventsDropTheOldestAndKeepTheOrder() {
        Backlog small = new Backlog(EnumSet.allOf(HookEvent.class));
        small.entered(0);
        for (long seq = 1; seq <= 40; seq++) {
            small.recorded(message(seq));
            small.add("e" + seq, "{}");
        }
        assertThat(small.dropOldest(32)).isEqualTo(50);
        assertThat(small.dropOldest(32)).isZero();
        List<String> left = deliver(small);
        assertThat(left).hasSize(30).startsWith("m26", "e26", "m27").endsWith("m40", "e40");
        assertThat(small.dropOldest(32)).isZero();
    }

    @Test
    void eventsThatNobodyWantsArePassedOver() {
        Backlog topics = new Backlog(EnumSet.of(HookEvent.TOPIC));
        topics.entered(0);
        topics.recorded(message(1));
        assertThat(topics.next()).isEmpty();
        assertThat(topics.position()).isEqualTo(new Position(1, "m1", 0));
        topics.countAgain();
        assertThat(topics.counted()).isZero();
    }

    @Test
    void whatIsUnderWayFromTheFormerRoomDoesNotSkipMessagesOfTheNewOne() {
        backlog.entered(0);
        messages(1, 3).forEach(backlog::recorded);
        Backlog.Next underWay = backlog.next().orElseThrow();
        backlog.startInNewRoom();
        backlog.add("renamed", "{}");
        backlog.entered(1); // somebody was faster, and has said something
        backlog.recorded(message(2));
        backlog.delivered(underWay);
        assertThat(deliver(backlog)).containsExactly("renamed");
        assertThat(backlog.readFrom()).isEqualTo(new Anchor.AtSeq(0));
        backlog.read(messages(1, 2), false);
        assertThat(deliver(backlog)).containsExactly("m1", "m2");
    }

    @Test
    void eventsThatWaitWhenAnotherRoomIsEnteredComeFirst() {
        backlog.restore(
                new Stored(Optional.of(new Position(9, "m9", 4)), List.of(new HookQueue.Waiting(5, 9, "left", "{}"))));
        backlog.entered(3);
        backlog.recorded(message(4));
        assertThat(deliver(backlog)).containsExactly("left", "m4");
    }

    @Test
    void anotherRoomThatIsRecognizedWhenItIsReadStartsWhereItWasEntered() {
        backlog.restore(new Stored(Optional.of(new Position(2, "m2", 0)), List.of()));
        backlog.entered(7);
        assertThat(backlog.readFrom()).isEqualTo(new Anchor.AtId("m2"));
        backlog.recorded(message(8));
        backlog.startWhereEntered();
        assertThat(backlog.readFrom()).isEqualTo(new Anchor.AtSeq(7));
        backlog.read(messages(8, 8), false);
        assertThat(deliver(backlog)).containsExactly("m8");
    }

    @Test
    void whatNobodyWantsDoesNotCountAsWaiting() {
        Backlog topics = new Backlog(EnumSet.of(HookEvent.TOPIC));
        topics.restore(new Stored(Optional.of(new Position(0, "", 0)), List.of()));
        topics.entered(3);
        topics.readFrom();
        topics.read(List.of(topic(1), message(2), message(3)), false); // of an earlier server
        messages(4, 500).forEach(topics::recorded);
        topics.recorded(topic(501));
        assertThat(topics.dropOldest(2)).isZero();
        topics.countAgain();
        assertThat(topics.counted()).isEqualTo(2);
        topics.recorded(topic(502));
        assertThat(topics.dropOldest(2)).isEqualTo(1);
        assertThat(deliver(topics)).containsExactly("m501", "m502");
    }

    @Test
    void whatIsDroppedBeyondThePageIsNotReadAgain() {
        backlog.entered(0);
        messages(1, 200).forEach(backlog::recorded);
        assertThat(backlog.dropOldest(100)).isEqualTo(106);
        assertThat(backlog.lacksLog()).isTrue();
        assertThat(backlog.readFrom()).isEqualTo(new Anchor.AtSeq(106));
        backlog.read(messages(107, 170), false);
        assertThat(deliver(backlog)).hasSize(64).startsWith("m107");
    }

    @Test
    void anEmptyPageWithAGapPassesOverNoMoreThanAPage() {
        backlog.restore(new Stored(Optional.of(new Position(0, "", 0)), List.of()));
        backlog.entered(100);
        backlog.readFrom();
        backlog.read(List.of(), true);
        assertThat(backlog.lacksLog()).isTrue();
        assertThat(backlog.readFrom()).isEqualTo(new Anchor.AtSeq(Backlog.PAGE));
        backlog.read(messages(99, 100), false);
        assertThat(deliver(backlog)).containsExactly("m99", "m100");
    }

    @Test
    void whatWasDeletedBeforeItsTurnIsPassedOver() {
        backlog.entered(0);
        messages(1, 70).forEach(backlog::recorded);
        assertThat(deliver(backlog)).hasSize(Backlog.PAGE);
        backlog.readFrom();
        backlog.read(messages(69, 70), false);
        assertThat(deliver(backlog)).containsExactly("m69", "m70");
        assertThat(backlog.lacksLog()).isFalse();
    }
}
