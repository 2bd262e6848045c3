package io.teahouse.testkit;

import io.teahouse.room.RoomLog.Outcome;
import io.teahouse.room.RoomLogs;
import io.teahouse.room.RoomName;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Logs of several rooms, which are never forgotten: each stores at once until the test says otherwise. */
public class ScriptedLogs implements RoomLogs {
    private final List<RoomName> closed = new CopyOnWriteArrayList<>();
    private final ConcurrentMap<String, ScriptedLog> logs = new ConcurrentHashMap<>();
    private volatile CompletableFuture<Outcome> renaming = CompletableFuture.completedFuture(Outcome.STORED);

    /** The log of that room, also before the room is opened. */
    @Override
    public ScriptedLog of(RoomName room) {
        return logs.computeIfAbsent(room.key(), key -> ScriptedLog.storing());
    }

    /** The keys of the rooms that have a log. */
    public Set<String> rooms() {
        return logs.keySet();
    }

    /** The outcome of renames from now on; one takes effect as soon as it is {@link Outcome#STORED}. */
    public void renaming(CompletableFuture<Outcome> outcome) {
        renaming = outcome;
    }

    /** The same, so that the test can complete it. */
    public CompletableFuture<Outcome> renaming() {
        return renaming;
    }

    @Override
    public CompletionStage<Outcome> rename(RoomName from, RoomName to) {
        return renaming.thenApply(outcome -> {
            if (outcome == Outcome.STORED) {
                logs.put(to.key(), Objects.requireNonNull(logs.remove(from.key())));
            }
            return outcome;
        });
    }

    @Override
    public void putAway(RoomName room) {
        closed.add(room);
    }

    /** The rooms that have been put away, in that order. */
    public List<RoomName> putAway() {
        return closed;
    }
}
