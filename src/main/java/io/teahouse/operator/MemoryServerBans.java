package io.teahouse.operator;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Bans in memory, lost when the server ends. Thread-safe; every stage is complete. */
public final class MemoryServerBans implements ServerBans {
    private final Map<BanTarget, Ban> bans = new HashMap<>();

    @Override
    public synchronized CompletionStage<List<Ban>> all() {
        return CompletableFuture.completedFuture(bans.values().stream()
                .sorted(Comparator.comparing(Ban::at)
                        .thenComparing(ban -> ban.target().text()))
                .toList());
    }

    @Override
    public synchronized CompletionStage<Void> put(Ban ban) {
        bans.put(ban.target(), ban);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized CompletionStage<Boolean> remove(BanTarget target) {
        return CompletableFuture.completedFuture(bans.remove(target) != null);
    }
}
