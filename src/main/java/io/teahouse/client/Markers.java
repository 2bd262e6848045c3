package io.teahouse.client;

import io.teahouse.account.ReadMarkers;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * How far one client has read: of his account, where it lasts and where his other connections see it, or, without one,
 * of the connection. Belongs to one {@link ClientSession}.
 */
final class Markers {
    /** Of one connection. */
    private static final int MOST = 200;

    private final ReadMarkers kept;
    private Map<String, Instant> own = Map.of();

    Markers(ReadMarkers kept) {
        this.kept = kept;
    }

    CompletionStage<Optional<Instant>> get(String account, String target) {
        return account.isEmpty()
                ? CompletableFuture.completedFuture(Optional.ofNullable(own.get(target)))
                : kept.all(account).thenApply(all -> Optional.ofNullable(all.get(target)));
    }

    /** Moves it on, never back, and answers where it stands then. */
    CompletionStage<Instant> put(String account, String target, Instant at) {
        if (!account.isEmpty()) {
            return kept.put(account, target, at);
        }
        if (own.isEmpty()) {
            own = new LinkedHashMap<>();
        }
        Instant now = own.merge(target, at, (one, other) -> one.isAfter(other) ? one : other);
        if (own.size() > MOST) {
            own.remove(own.keySet().iterator().next());
        }
        return CompletableFuture.completedFuture(now);
    }
}
