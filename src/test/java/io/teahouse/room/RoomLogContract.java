package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomLog.Outcome;
import io.teahouse.testkit.Some;
import io.teahouse.testkit.TestLog;
import io.teahouse.testkit.TestRoom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The contract of room logs; one test class per log. */
public abstract class RoomLogContract {
    /** An empty log that keeps at least 100 events; the first one is of the room {@code tea}. */
    protected abstract RoomLog create();

    /** The same log for the room that is opened next; the previous one must not be used any more. */
    protected abstract RoomLog reopen(RoomLog log);

    private final TestLog log = new TestLog(create());

    private static <T> T answer(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    private TestLog reopened(TestLog before) {
        return new TestLog(reopen(before.log()));
    }

    private Outcome append(Recorded... batch) {
        return answer(log.append(List.of(batch)));
    }

    private List<Recorded> read(long from, long to, int limit) {
        return read(HistoryRange.seqs(from, to, limit)).events();
    }

    private RoomLog.Excerpt read(HistoryRange span) {
        return answer(log.read(span, event -> true));
    }

    private final Recorded first = said(1, "ann", "hi", "c1", Some.NOON);
    private final RoomEvent.TopicChanged second = topic(2, "小明", "茶");
    private final Recorded third = said(3, "bob", "a\"b'c\\d", "", Some.NOON.plusMillis(1));

    private RoomEvent.Said said(long seq, String by, String text, String clientId, Instant at) {
        return new RoomEvent.Said(
                TestRoom.TEA,
                seq,
                id(seq),
                at,
                Nick.of(by),
                Profile.APPLICATION,
                RoomEvent.Kind.MESSAGE,
                text,
                Attributes.NONE,
                Audience.ALL,
                clientId);
    }

    private RoomEvent.TopicChanged topic(long seq, String by, String text) {
        return new RoomEvent.TopicChanged(
                TestRoom.TEA, seq, id(seq), Some.NOON, Nick.of(by), Profile.APPLICATION, text, "");
    }

    private String id(long seq) {
        return log.opened().id(seq);
    }

    @Test
    void anEmptyLogHasNothing() {
        RoomLog.Opened opened = answer(log.open());
        assertThat(opened.lastSeq()).isZero();
        assertThat(opened.topic()).isEmpty();
        assertThat(opened.recent()).isEmpty();
        assertThat(opened.identity()).matches("[0-9A-Za-z]+");
        assertThat(read(1, Long.MAX_VALUE, 9)).isEmpty();
        assertThat(answer(log.settle(1))).isEmpty();
    }

    @Test
    void storedEventsAreReadUnchanged() {
        assertThat(append(first, second)).isEqualTo(Outcome.STORED);
        assertThat(append(third)).isEqualTo(Outcome.STORED);
        assertThat(read(1, Long.MAX_VALUE, 9)).containsExactly(first, second, third);
    }

    @Test
    void aRangeIncludesBothEndsAndTheLimitKeepsTheNewest() {
        append(first, second, third);
        assertThat(read(2, 3, 9)).containsExactly(second, third);
        assertThat(read(1, 2, 1)).containsExactly(second);
        assertThat(read(-1, 1, 9)).containsExactly(first);
        assertThat(read(4, 9, 9)).isEmpty();
        assertThat(read(3, 2, 9)).isEmpty();
    }

    @Test
    void openingReturnsTheLastSeq() {
        append(first, second, third);

        RoomLog.Opened opened = answer(reopened(log).open());

        assertThat(opened.lastSeq()).isEqualTo(3);
        assertThat(opened.topic()).contains(second);
        assertThat(opened.recent()).containsExactly(first, second, third);
        assertThat(opened.lastTime()).isEqualTo(third.at());
    }

    @Test
    void theNewestTopicCounts() {
        RoomEvent.TopicChanged newest = topic(2, "bob", "");
        append(topic(1, "ann", "old"), newest);
        assertThat(answer(log.open()).topic()).contains(newest);
    }

    @Test
    void theIdentityIsPermanentAndUnique() {
        append(first);
        String identity = answer(log.open()).identity();
        assertThat(answer(reopened(log).open()).identity()).isEqualTo(identity);
        assertThat(answer(new TestLog(create()).open()).identity()).isNotEqualTo(identity);
    }

    @Test
    void aWriterOfATakenSeqIsFencedAndChangesNothing() {
        append(first);
        assertThat(append(said(1, "mallory", "mine", "", Some.NOON))).isEqualTo(Outcome.FENCED);
        assertThat(append(said(1, "mallory", "mine", "", Some.NOON), said(2, "mallory", "too", "", Some.NOON)))
                .isEqualTo(Outcome.FENCED);
        assertThat(read(1, 9, 9)).containsExactly(first);
        assertThat(append(second)).isEqualTo(Outcome.STORED);
    }

    @Test
    void onlyTheRoomThatOpenedTheLogLastWrites() {
        append(first);
        long before = log.opened().generation();
        RoomLog.Opened now = answer(log.open());
        assertThat(now.generation()).isGreaterThan(before);
        RegisteredState state = new RegisteredState("Ann", Some.NOON, Modes.Snapshot.NONE, Map.of());

        assertThat(answer(log.log().append(before, RoomLog.FOR_ALL, List.of(second))))
                .isEqualTo(Outcome.FENCED);
        assertThat(answer(log.log().keep(before, now.session(), Optional.of(state))))
                .isEqualTo(Outcome.FENCED);

        assertThat(answer(log.settle(1))).containsExactly(first);
        assertThat(append(second)).isEqualTo(Outcome.STORED);
        assertThat(answer(reopened(log).open()))
                .returns(now.generation() + 1, RoomLog.Opened::generation)
                .returns(Optional.empty(), RoomLog.Opened::kept);
    }

    @Test
    void theTailHasAllEventsFromASeqOn() {
        append(first, second, third);
        assertThat(answer(log.settle(2))).containsExactly(second, third);
        assertThat(answer(log.settle(4))).isEmpty();
    }

    @Test
    void laterEventsDoNotChangeEarlierAnswers() {
        append(first);
        List<Recorded> before = read(1, 9, 9);
        List<Recorded> recent = answer(log.open()).recent();
        append(second);
        assertThat(before).containsExactly(first);
        assertThat(recent).containsExactly(first);
    }

    private static final Anchor NOWHERE = new Anchor.AtId("nowhere-1");

    private List<Long> seqs(HistoryRange span) {
        RoomLog.Excerpt found = read(span);
        assertThat(found.known()).isTrue();
        return found.events().stream().map(Recorded::seq).toList();
    }

    /** Seqs 1 to 5, a millisecond apart, except 3, which has the time of 2. */
    private void tell() {
        for (int i = 1; i <= 5; i++) {
            append(said(i, "ann", "line " + i, "", Some.NOON.plusMillis(i == 3 ? 2 : i)));
        }
    }

    private Anchor mark(int seq) {
        return new Anchor.AtId(id(seq));
    }

    private static Anchor at(long millis) {
        return new Anchor.AtTime(Some.NOON.plusMillis(millis));
    }

    @Test
    void marksAreExcluded() {
        tell();
        assertThat(seqs(HistoryRange.latest(2))).containsExactly(4L, 5L);
        assertThat(seqs(HistoryRange.latest(mark(2), 2))).containsExactly(4L, 5L);
        assertThat(seqs(HistoryRange.latest(mark(4), 9))).containsExactly(5L);
        assertThat(seqs(HistoryRange.before(mark(4), 2))).containsExactly(2L, 3L);
        assertThat(seqs(HistoryRange.after(mark(2), 2))).containsExactly(3L, 4L);
        assertThat(seqs(HistoryRange.from(mark(2), 2))).containsExactly(2L, 3L);
        assertThat(seqs(HistoryRange.between(mark(1), mark(5), false, 2))).containsExactly(2L, 3L);
        assertThat(seqs(HistoryRange.between(mark(1), mark(5), true, 2))).containsExactly(3L, 4L);
        assertThat(seqs(HistoryRange.after(mark(5), 9))).isEmpty();
        assertThat(seqs(HistoryRange.before(mark(1), 9))).isEmpty();
    }

    @Test
    void aTimeIsAMark() {
        tell();
        assertThat(seqs(HistoryRange.after(at(2), 9))).containsExactly(4L, 5L);
        assertThat(seqs(HistoryRange.before(at(2), 9))).containsExactly(1L);
        assertThat(seqs(HistoryRange.from(at(2), 2))).containsExactly(2L, 3L);
        assertThat(seqs(HistoryRange.after(at(0), 1))).containsExactly(1L);
        assertThat(seqs(HistoryRange.before(at(99), 1))).containsExactly(5L);
        assertThat(seqs(HistoryRange.after(at(99), 9))).isEmpty();
        assertThat(seqs(HistoryRange.between(at(1), at(5), true, 9))).containsExactly(2L, 3L, 4L);
    }

    @Test
    void aTimeBetweenTwoMillisecondsIsAMarkBetweenThem() {
        tell();
        Anchor between = new Anchor.AtTime(Some.NOON.plusMillis(2).plusNanos(500_000));
        assertThat(seqs(HistoryRange.after(between, 9))).containsExactly(4L, 5L);
        assertThat(seqs(HistoryRange.before(between, 9))).containsExactly(1L, 2L, 3L);
        assertThat(seqs(HistoryRange.from(between, 9))).containsExactly(4L, 5L);
    }

    @Test
    void aMissingMarkIsReported() {
        tell();
        assertThat(read(HistoryRange.after(NOWHERE, 9)).known()).isFalse();
        assertThat(read(HistoryRange.before(mark(9), 9)).known()).isFalse();
        assertThat(read(HistoryRange.before(new Anchor.AtId(""), 9)).events()).isEmpty();
    }

    @Test
    void onlyMatchingEventsCount() {
        tell();
        assertThat(answer(log.read(HistoryRange.latest(2), event -> event.seq() != 4))
                        .events())
                .extracting(Recorded::seq)
                .containsExactly(3L, 5L);
        assertThat(answer(log.read(HistoryRange.after(mark(1), 2), event -> event.seq() % 2 == 1))
                        .events())
                .extracting(Recorded::seq)
                .containsExactly(3L, 5L);
    }

    @Test
    void completeHistoryHasNoGap() {
        tell();
        assertThat(read(HistoryRange.ALL).gap()).isFalse();
        assertThat(read(HistoryRange.seqs(9, 99, 9)).gap()).isFalse();
    }

    @Test
    void redactedMessagesAreDeleted() {
        tell();
        RoomEvent.Redacted redacted = new RoomEvent.Redacted(
                TestRoom.TEA,
                6,
                id(6),
                Some.NOON.plusMillis(6),
                Nick.of("ann"),
                Profile.APPLICATION,
                id(4),
                4,
                "typo",
                "");

        assertThat(append(redacted)).isEqualTo(Outcome.STORED);

        assertThat(read(HistoryRange.latest(2)).events())
                .extracting(Recorded::seq)
                .containsExactly(5L, 6L);
        assertThat(read(HistoryRange.latest(1)).events()).containsExactly(redacted);
        assertThat(seqs(HistoryRange.from(mark(3), 2))).containsExactly(3L, 5L);
        assertThat(read(HistoryRange.ALL).gap()).isFalse();
        assertThat(answer(reopened(log).open()).lastSeq()).isEqualTo(6);
    }

    @Test
    void allDataOfAMessageIsStored() {
        Profile profile = new Profile("usér", "host.example", "Ann 安", "Ann", "", true, UserId.ofGuest("ann~k3"));
        Map<String, String> attributes = new LinkedHashMap<>();
        for (String name : List.of("+b", "+a", "\"\\", "")) {
            attributes.put(name, name + "; =\n\0\u0010\ud83c{\u2028\ud83c\udf75");
        }
        RoomEvent.Said whole = new RoomEvent.Said(
                TestRoom.TEA,
                1,
                id(1),
                Some.NOON,
                new Nick("Ann", "ann"),
                profile,
                RoomEvent.Kind.NOTICE,
                "two\nlines \u0001\ud83c\udf75",
                new Attributes(attributes),
                Audience.OPERATORS,
                "c-1");
        append(whole);
        assertThat(read(HistoryRange.ALL).events()).containsExactly(whole);
        assertThat(answer(log.settle(1))).containsExactly(whole);
        assertThat(((RoomEvent.Said) read(HistoryRange.ALL).events().get(0))
                        .attributes()
                        .values())
                .containsExactlyEntriesOf(attributes);
    }

    @Test
    void theStateOfARegisteredRoomIsStoredUntilItIsDeleted() {
        Modes modes = new Modes(Set.of(Mode.SECRET, Mode.REGISTERED), UnaryOperator.identity());
        modes.apply(new ModeChange(true, Mode.KEY, "se,cret"), "ann", Some.NOON);
        modes.apply(new ModeChange(true, Mode.LIMIT, "7"), "ann", Some.NOON);
        modes.apply(new ModeChange(true, Mode.BAN, "bob"), "ann", Some.NOON);
        modes.apply(new ModeChange(true, Mode.BAN, "*!*@x"), "cyd", Some.NOON.plusMillis(1));
        modes.invitations().add(new Invitation(UserId.ofAccount("Dan"), UserId.ofAccount("Ann"), Some.NOON));
        RegisteredState kept =
                new RegisteredState("Ann", Some.NOON, modes.snapshot(), Map.of("url", "x", "a/b", "t\u00e9\0a"), 7);

        assertThat(answer(log.keep(Optional.of(kept)))).isEqualTo(Outcome.STORED);
        TestLog second = reopened(log);
        assertThat(answer(second.open()).kept()).contains(kept);

        RegisteredState other = new RegisteredState(
                "Ann",
                Some.NOON,
                new Modes(Set.of(Mode.REGISTERED), UnaryOperator.identity()).snapshot(),
                Map.of("url", "y"));
        answer(second.keep(Optional.of(other)));
        TestLog third = reopened(second);
        assertThat(answer(third.open()).kept()).contains(other);

        answer(third.keep(Optional.empty()));
        assertThat(answer(reopened(third).open()).kept()).isEmpty();
    }

    @Test
    void textsWithAnyCharactersAreStored() {
        List<String> texts = List.of(
                "",
                "\0",
                "a\0b\u0010c\u0010",
                "\ud83c\udf75\ud83c",
                "\udf75x",
                "\u0001\t\r\n\u007f\u2028\uffff\ufeff",
                "'; drop table messages; --",
                "%_\\",
                "茶".repeat(20_000));
        List<Recorded> batch = new ArrayList<>();
        for (String text : texts) {
            batch.add(said(batch.size() + 1, "ann", text, text.isEmpty() ? "" : text.substring(0, 1), Some.NOON));
        }
        assertThat(answer(log.append(batch))).isEqualTo(Outcome.STORED);
        assertThat(read(HistoryRange.ALL).events()).isEqualTo(batch);
        assertThat(answer(log.settle(1))).isEqualTo(batch);
    }

    @Test
    void aBatchIsStoredCompletely() {
        List<Recorded> batch = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            batch.add(said(i, "ann", "line " + i, "c" + i, Some.NOON.plusMillis(i)));
        }
        assertThat(answer(log.append(batch))).isEqualTo(Outcome.STORED);
        RoomLog.Opened opened = answer(reopened(log).open());
        assertThat(opened.lastSeq()).isEqualTo(100);
        assertThat(opened.recent()).isEqualTo(batch);
    }

    @Test
    void aBatchWithOneTakenSeqIsFencedCompletely() {
        append(first, second);
        assertThat(append(said(2, "mallory", "mine", "", Some.NOON), said(3, "mallory", "too", "", Some.NOON)))
                .isEqualTo(Outcome.FENCED);
        assertThat(read(HistoryRange.ALL).events()).containsExactly(first, second);
    }

    /** A failing append does not fail others in the same transaction. */
    @Test
    void aFencedRoomDoesNotDelayOthers() {
        append(first);
        List<TestLog> others = new ArrayList<>();
        List<CompletionStage<Outcome>> outcomes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            TestLog other = new TestLog(create());
            others.add(other);
            answer(other.open());
            outcomes.add(other.append(List.of(first)));
            if (i == 10) {
                outcomes.add(log.append(List.of(said(1, "mallory", "mine", "", Some.NOON))));
            }
        }
        assertThat(outcomes.stream().map(RoomLogContract::answer))
                .containsOnlyOnce(Outcome.FENCED)
                .filteredOn(outcome -> outcome == Outcome.STORED)
                .hasSize(20);
        assertThat(others)
                .allSatisfy(other -> assertThat(answer(other.settle(1))).hasSize(1));
        assertThat(read(HistoryRange.ALL).events()).containsExactly(first);
    }

    /** Rooms append concurrently, each in its own order. */
    @Test
    void roomsAreIndependent() {
        List<CompletionStage<Outcome>> outcomes = new ArrayList<>();
        List<TestLog> logs = new ArrayList<>();
        for (int room = 0; room < 10; room++) {
            TestLog each = new TestLog(create());
            logs.add(each);
            CompletionStage<Outcome> chain = each.open().thenApply(opened -> Outcome.STORED);
            for (int i = 1; i <= 10; i++) {
                List<Recorded> batch = List.of(said(i, "ann", "line " + i, "", Some.NOON));
                chain = chain.thenCompose(before -> each.append(batch));
            }
            outcomes.add(chain);
        }
        assertThat(outcomes.stream().map(RoomLogContract::answer)).containsOnly(Outcome.STORED);
        assertThat(logs)
                .allSatisfy(each -> assertThat(answer(each.settle(1)))
                        .extracting(Recorded::seq)
                        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L));
    }

    /** A room that has lost an answer reads the tail, and continues after it. */
    @Test
    void theTailIncludesEarlierAppends() {
        append(first);
        CompletionStage<Outcome> unheard = log.append(List.of(second, third));
        assertThat(answer(log.settle(2))).containsExactly(second, third);
        assertThat(answer(unheard)).isEqualTo(Outcome.STORED);
        assertThat(append(said(4, "ann", "on", "", Some.NOON))).isEqualTo(Outcome.STORED);
    }

    @Test
    void forgedIdsAreNotFound() {
        tell();
        String mine = id(1);
        for (String other :
                List.of("", "-", "1", mine + "0", mine + " ", mine.toUpperCase(Locale.ROOT) + "!", "x" + mine)) {
            assertThat(read(HistoryRange.after(new Anchor.AtId(other), 9)).known())
                    .as(other)
                    .isFalse();
        }
    }

    @Test
    void anyTimeIsAValidMark() {
        tell();
        assertThat(seqs(HistoryRange.after(new Anchor.AtTime(Instant.MIN), 9))).hasSize(5);
        assertThat(seqs(HistoryRange.before(new Anchor.AtTime(Instant.parse("+1000000-01-01T00:00:00Z")), 9)))
                .hasSize(5);
        assertThat(seqs(HistoryRange.before(new Anchor.AtTime(Instant.EPOCH), 9)))
                .isEmpty();
        assertThat(seqs(HistoryRange.after(new Anchor.AtSeq(Long.MAX_VALUE), 9)))
                .isEmpty();
        assertThat(seqs(HistoryRange.before(new Anchor.AtSeq(Long.MIN_VALUE), 9)))
                .isEmpty();
    }
}
