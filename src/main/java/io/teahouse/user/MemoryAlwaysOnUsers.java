package io.teahouse.user;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Always-on users in memory, lost when the server ends. It knows no accounts, so it stores users of any, and does not notice
 * when one is deleted. Thread-safe; every stage is complete.
 */
public final class MemoryAlwaysOnUsers implements AlwaysOnUsers {
    private final int most;
    private final Map<String, Stored> users = new HashMap<>();

    /** The oldest choice first. */
    private final Map<String, Boolean> choices = new LinkedHashMap<>();

    /**
     * @param most how many users it stores, and how many choices; at least 1. One more replaces the user who was connected
     *     least recently, or the oldest choice
     */
    public MemoryAlwaysOnUsers(int most) {
        this.most = most;
    }

    @Override
    public synchronized CompletionStage<Void> save(Stored user) {
        users.put(user.account(), user);
        if (users.size() > most) {
            users.values().stream()
                    .filter(each -> !each.account().equals(user.account()))
                    .min(Comparator.comparing(Stored::lastConnected))
                    .ifPresent(oldest -> users.remove(oldest.account()));
        }
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized CompletionStage<Void> remove(String account) {
        users.remove(account);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized CompletionStage<List<Stored>> all(int limit) {
        return CompletableFuture.completedFuture(users.values().stream()
                .sorted(Comparator.comparing(Stored::lastConnected).reversed())
                .limit(limit)
                .toList());
    }

    @Override
    public synchronized CompletionStage<Optional<Stored>> find(String account) {
        return CompletableFuture.completedFuture(Optional.ofNullable(users.get(account)));
    }

    @Override
    public synchronized CompletionStage<Optional<Boolean>> choice(String account) {
        return CompletableFuture.completedFuture(Optional.ofNullable(choices.get(account)));
    }

    @Override
    public synchronized CompletionStage<Void> choose(String account, boolean alwaysOn) {
        choices.remove(account);
        choices.put(account, alwaysOn);
        if (choices.size() > most) {
            Iterator<String> oldest = choices.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        return CompletableFuture.completedFuture(null);
    }
}
