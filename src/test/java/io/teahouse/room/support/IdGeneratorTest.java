package io.teahouse.room.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IdGeneratorTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private Instant now = NOON;
    private final InstantSource clock = () -> now;
    private final IdGenerator ids = new IdGenerator(7, clock);

    @Test
    void anIdHasTheTimeACounterAndTheSlot() {
        long millis =
                NOON.toEpochMilli() - Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
        assertThat(ids.next()).isEqualTo(millis << 22 | 7);
        assertThat(ids.next()).isEqualTo(millis << 22 | 1 << 10 | 7);
    }

    @Test
    void idsIncreaseWithinAMillisecondAndWhenTheClockIsSetBack() {
        List<Long> all = LongStream.range(0, 10_000).mapToObj(any -> ids.next()).toList();
        now = NOON.minusSeconds(3600);
        long later = ids.next();
        assertThat(all).isSorted().doesNotHaveDuplicates();
        assertThat(later).isGreaterThan(all.get(all.size() - 1));
        now = Instant.EPOCH;
        assertThat(ids.next()).isGreaterThan(later);
    }

    @Test
    void manyThreadsGetDifferentIds() {
        assertThat(LongStream.range(0, 20_000)
                        .parallel()
                        .map(any -> ids.next())
                        .distinct()
                        .count())
                .isEqualTo(20_000);
    }

    @Test
    void nodesGenerateDifferentIdsAtTheSameTime() {
        IdGenerator other = new IdGenerator(8, clock);
        assertThat(Stream.of(ids.next(), other.next(), ids.next(), other.next()))
                .doesNotHaveDuplicates();
    }

    @Test
    void aRestartedNodeGeneratesOtherIds() {
        long before = ids.next();
        now = NOON.plusMillis(1);
        assertThat(new IdGenerator(7, clock).next()).isGreaterThan(before);
    }

    @Test
    void aSlotThatIsAssignedLaterIsUsed() {
        ids.useSlot(1023);
        assertThat(ids.next() & 1023).isEqualTo(1023);
    }

    @Test
    void slotsHaveTenBits() {
        assertThatThrownBy(() -> ids.useSlot(IdGenerator.SLOTS)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new IdGenerator(-1, clock)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void textsHaveEqualLengthAndSort() {
        now = Instant.EPOCH;
        String first = ids.nextText();
        now = NOON;
        String second = ids.nextText();
        now = Instant.parse("2095-01-01T00:00:00Z");
        String last = ids.nextText();
        assertThat(List.of(first, second, last)).isSorted().allMatch(text -> text.matches("[0-9a-v]{13}"));
    }
}
