package io.teahouse.hook;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A queue in memory, lost when the server ends, as the messages are. Thread-safe; every stage is complete. */
public final class MemoryHookQueue implements HookQueue {
    private record Key(String hook, String room) {}

    private final Map<Key, Position> positions = new HashMap<>();
    private final Map<Key, NavigableMap<Long, Waiting>> waiting = new HashMap<>();

    @Override
    public synchronized CompletionStage<Stored> load(String hook, String room) {
        Key key = new Key(hook, room);
        return CompletableFuture.completedFuture(new Stored(
                Optional.ofNullable(positions.get(key)),
                List.copyOf(waiting.getOrDefault(key, new TreeMap<>()).values())));
    }

    @Override
    public synchronized CompletionStage<Void> add(String hook, String room, Waiting event) {
        waiting.computeIfAbsent(new Key(hook, room), any -> new TreeMap<>()).put(event.number(), event);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized CompletionStage<Void> reached(String hook, String room, Position position) {
        Key key = new Key(hook, room);
        positions.put(key, position);
        waiting.getOrDefault(key, new TreeMap<>())
                .headMap(position.number(), true)
                .clear();
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized CompletionStage<Void> retain(Collection<String> hooks) {
        positions.keySet().removeIf(key -> !hooks.contains(key.hook()));
        waiting.keySet().removeIf(key -> !hooks.contains(key.hook()));
        return CompletableFuture.completedFuture(null);
    }
}
