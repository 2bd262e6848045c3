package io.teahouse.client;

import io.teahouse.user.Notification;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * The read markers of one client. Those of an account are stored and shared by all its connections; those of a guest
 * belong to the connection. Belongs to one {@link ClientSession}.
 */
final class ClientMarkers implements Markers {
    /** The most markers of a guest. */
    private static final int MOST = 200;

    private final Services services;
    private final CurrentUser me;
    private final ClientIdentity identity;
    private final PendingWork work;
    private Map<String, Instant> own = Map.of();

    ClientMarkers(Services services, CurrentUser me, ClientIdentity identity, PendingWork work) {
        this.services = services;
        this.me = me;
        this.identity = identity;
        this.work = work;
    }

    @Override
    public void get(String target, Consumer<Optional<Optional<Instant>>> then) {
        work.await(get(me.shown().account(), target), then);
    }

    private CompletionStage<Optional<Instant>> get(String account, String target) {
        return account.isEmpty()
                ? CompletableFuture.completedFuture(Optional.ofNullable(own.get(target)))
                : services.markers().all(account).thenApply(all -> Optional.ofNullable(all.get(target)));
    }

    @Override
    public void put(String target, Instant time, Consumer<Optional<Instant>> then) {
        Instant at = time.truncatedTo(ChronoUnit.MILLIS); // the key of the markers
        String account = me.shown().account();
        work.await(put(account, target, at), moved -> {
            then.accept(moved);
            moved.filter(now -> now.equals(at) && !account.isEmpty())
                    .ifPresent(now -> identity.notifyOthers(new Notification.Read(target, now)));
        });
    }

    private CompletionStage<Instant> put(String account, String target, Instant at) {
        if (!account.isEmpty()) {
            return services.markers().put(account, target, at);
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
