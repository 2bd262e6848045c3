package io.teahouse.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The contract of {@link ReadMarkers}; one test class per implementation. */
public abstract class ReadMarkersContract {
    /** The number of markers that an account may have in the tested stores. */
    protected static final int MOST = 5;

    /** Creates a store without markers, for the accounts ann and bob. */
    protected abstract ReadMarkers create();

    /** Returns the same store as the next server opens it. */
    protected abstract ReadMarkers reopen(ReadMarkers markers);

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123Z");

    private ReadMarkers markers = create();

    private static <T> T answer(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }

    private Instant put(String account, String target, Instant at) {
        return answer(markers.put(account, target, at));
    }

    @Test
    void anEmptyStoreHasNoMarkers() {
        assertThat(answer(markers.all("ann"))).isEmpty();
    }

    @Test
    void aMarkerIsStored() {
        assertThat(put("ann", "#tea", NOON)).isEqualTo(NOON);
        put("ann", "小明", NOON.plusSeconds(1));
        put("bob", "#tea", NOON.plusSeconds(2));
        markers = reopen(markers);
        assertThat(answer(markers.all("ann"))).isEqualTo(Map.of("#tea", NOON, "小明", NOON.plusSeconds(1)));
        assertThat(answer(markers.all("bob"))).isEqualTo(Map.of("#tea", NOON.plusSeconds(2)));
    }

    @Test
    void aMarkerMovesForwardButNeverBack() {
        put("ann", "#tea", NOON);
        assertThat(put("ann", "#tea", NOON.plusMillis(1))).isEqualTo(NOON.plusMillis(1));
        assertThat(put("ann", "#tea", NOON)).isEqualTo(NOON.plusMillis(1));
        assertThat(answer(markers.all("ann"))).isEqualTo(Map.of("#tea", NOON.plusMillis(1)));
    }

    @Test
    void timesAreTruncatedToMilliseconds() {
        assertThat(put("ann", "#tea", NOON.plusNanos(999_999))).isEqualTo(NOON);
    }

    @Test
    void oneMarkerTooManyReplacesTheOldest() {
        for (int i = 0; i < MOST; i++) {
            put("ann", "#" + i, NOON.plusSeconds(i));
        }
        assertThat(put("ann", "#old", NOON.minusSeconds(9))).isEqualTo(NOON.minusSeconds(9));
        assertThat(answer(markers.all("ann"))).containsOnlyKeys("#1", "#2", "#3", "#4", "#old");
        put("bob", "#0", NOON);
        assertThat(answer(markers.all("ann"))).hasSize(MOST);
    }

    @Test
    void forgettingDeletesTheMarkersOfOneAccount() {
        put("ann", "#tea", NOON);
        put("bob", "#tea", NOON);
        answer(markers.forget("ann"));
        answer(markers.forget("ann"));
        assertThat(answer(markers.all("ann"))).isEmpty();
        assertThat(answer(markers.all("bob"))).hasSize(1);
        assertThat(put("ann", "#tea", NOON.minusSeconds(1))).isEqualTo(NOON.minusSeconds(1));
    }
}
