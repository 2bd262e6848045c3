package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomLog.Outcome;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every log of a room does; one test class per log. */
abstract class RoomLogContract {
    /** An empty log that keeps at least 100 events. */
    abstract RoomLog create();

    /** The same log, as the room that is opened next sees it. */
    abstract RoomLog reopen(RoomLog log);

    private final RoomLog log = create();

    private static <T> T answer(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(3, TimeUnit.SECONDS).join();
    }

    private Outcome append(Recorded... batch) {
        return answer(log.append(List.of(batch)));
    }

    private List<Recorded> read(long from, long to, int limit) {
        return answer(log.read(from, to, limit));
    }

    private final Recorded first = Some.said(1, "ann", "hi", "c1", Some.NOON);
    private final Recorded second = Some.topic(2, "小明", "茶");
    private final Recorded third = Some.said(3, "bob", "a\"b'c\\d", "", Some.NOON.plusMillis(1));

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
    void whatIsStoredIsReadAsItWas() {
        assertThat(append(first, second)).isEqualTo(Outcome.STORED);
        assertThat(append(third)).isEqualTo(Outcome.STORED);
        assertThat(read(1, Long.MAX_VALUE, 9)).containsExactly(first, second, third);
    }

    @Test
    void aRangeHasBothItsEndsAndTheLimitKeepsTheNewest() {
        append(first, second, third);
        assertThat(read(2, 3, 9)).containsExactly(second, third);
        assertThat(read(1, 2, 1)).containsExactly(second);
        assertThat(read(-1, 1, 9)).containsExactly(first);
        assertThat(read(4, 9, 9)).isEmpty();
        assertThat(read(3, 2, 9)).isEmpty();
    }

    @Test
    void openingSaysHowFarTheLogHasCome() {
        append(first, second, third);

        RoomLog.Opened opened = answer(reopen(log).open());

        assertThat(opened.lastSeq()).isEqualTo(3);
        assertThat(opened.topic()).contains((RoomEvent.TopicChanged) second);
        assertThat(opened.recent()).containsExactly(first, second, third);
        assertThat(opened.lastTime()).isEqualTo(third.at());
    }

    @Test
    void theNewestTopicCounts() {
        RoomEvent.TopicChanged newest = Some.topic(2, "bob", "");
        append(Some.topic(1, "ann", "old"), newest);
        assertThat(answer(log.open()).topic()).contains(newest);
    }

    @Test
    void theIdentityLastsAndIsNobodyElses() {
        String identity = answer(log.open()).identity();
        assertThat(answer(reopen(log).open()).identity()).isEqualTo(identity);
        assertThat(answer(create().open()).identity()).isNotEqualTo(identity);
    }

    @Test
    void whoWritesASeqThatIsTakenIsFencedAndChangesNothing() {
        append(first);
        assertThat(append(Some.said(1, "mallory", "mine"))).isEqualTo(Outcome.FENCED);
        assertThat(append(Some.said(1, "mallory", "mine"), Some.said(2, "mallory", "too")))
                .isEqualTo(Outcome.FENCED);
        assertThat(read(1, 9, 9)).containsExactly(first);
        assertThat(append(second)).isEqualTo(Outcome.STORED);
    }

    @Test
    void theTailIsAllFromThereOn() {
        append(first, second, third);
        assertThat(answer(log.settle(2))).containsExactly(second, third);
        assertThat(answer(log.settle(4))).isEmpty();
    }

    @Test
    void answersDoNotChangeWithWhatIsStoredLater() {
        append(first);
        List<Recorded> before = read(1, 9, 9);
        List<Recorded> recent = answer(log.open()).recent();
        append(second);
        assertThat(before).containsExactly(first);
        assertThat(recent).containsExactly(first);
    }
}
