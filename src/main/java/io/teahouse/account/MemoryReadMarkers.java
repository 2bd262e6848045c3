package io.teahouse.account;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Read markers in memory, lost when the server ends. Thread-safe; every stage is complete. */
public final class MemoryReadMarkers implements ReadMarkers {
    private final int most;
    private final Map<String, Map<String, Instant>> markers = new HashMap<>();

    /** @param most how many markers one account has; at least 1 */
    public MemoryReadMarkers(int most) {
        this.most = most;
    }

    @Override
    public synchronized CompletionStage<Instant> put(String account, String target, Instant at) {
        Map<String, Instant> mine = markers.computeIfAbsent(account, any -> new HashMap<>());
        Instant kept = mine.merge(target, at.truncatedTo(ChronoUnit.MILLIS), MemoryReadMarkers::later);
        if (mine.size() > most) {
            mine.entrySet().stream()
                    .filter(each -> !each.getKey().equals(target))
                    .min(Map.Entry.comparingByValue())
                    .ifPresent(oldest -> mine.remove(oldest.getKey()));
        }
        return CompletableFuture.completedFuture(kept);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    @Override
    public synchronized CompletionStage<Map<String, Instant>> all(String account) {
        return CompletableFuture.completedFuture(Map.copyOf(markers.getOrDefault(account, Map.of())));
    }

    @Override
    public synchronized CompletionStage<Void> forget(String account) {
        markers.remove(account);
        return CompletableFuture.completedFuture(null);
    }
}
