package io.teahouse.store;

import io.teahouse.room.RoomLog;
import io.teahouse.room.RoomName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/** The logs of open rooms, by the present names of the rooms. Thread-safe. */
final class OpenLogs {
    /** A log as the room uses it, and the part of it that is in the database. */
    record Given(SqlRoomLog stored, RoomLog log) {
        private void close() {
            if (log instanceof TransientLog unstored) {
                unstored.said().close();
            }
        }

        private Optional<RelaxedLog> relaxed() {
            return log instanceof RelaxedLog relaxed ? Optional.of(relaxed) : Optional.empty();
        }
    }

    private static final class Entry {
        private final Given given;

        /** The room is closed; the log is removed as soon as it has written everything. */
        private boolean isPutAway;

        Entry(Given given) {
            this.given = given;
        }
    }

    private final Map<String, Entry> byKey = new HashMap<>();

    /** Returns the log of a room that opens: one that is still writing, or a new one. */
    synchronized Given of(RoomName room, Function<RoomName, Given> create) {
        Entry entry = byKey.computeIfAbsent(room.key(), key -> new Entry(create.apply(room)));
        entry.isPutAway = false;
        return entry.given;
    }

    synchronized Optional<Given> find(RoomName room) {
        return Optional.ofNullable(byKey.get(room.key())).map(entry -> entry.given);
    }

    synchronized void rename(RoomName from, RoomName to) {
        Entry entry = byKey.remove(from.key());
        if (entry != null) {
            entry.given.stored.room().rename(to);
            byKey.put(to.key(), entry);
        }
    }

    /**
     * Removes the log of a closed room. A log that is still writing stays until it is done, so that a room that is opened
     * again in the meantime gets the same log.
     *
     * @param removed is called then, perhaps on another thread
     */
    void putAway(RoomName room, Consumer<SqlRoomLog> removed) {
        Optional<Given> given = setPutAway(room);
        given.ifPresent(log -> {
            CompletionStage<Void> idle =
                    log.relaxed().map(RelaxedLog::whenIdle).orElseGet(() -> CompletableFuture.completedFuture(null));
            idle.thenRun(() -> {
                if (removeIfPutAway(log)) {
                    removed.accept(log.stored);
                }
            });
        });
    }

    private synchronized Optional<Given> setPutAway(RoomName room) {
        Entry entry = byKey.get(room.key());
        if (entry == null) {
            return Optional.empty();
        }
        entry.isPutAway = true;
        return Optional.of(entry.given);
    }

    /** The room may have been opened again, or renamed, in the meantime. */
    private synchronized boolean removeIfPutAway(Given given) {
        String key = given.stored.room().name().key();
        Entry entry = byKey.get(key);
        if (entry == null
                || !entry.given.equals(given)
                || !entry.isPutAway
                || !given.relaxed().map(RelaxedLog::isIdle).orElse(true)) {
            return false;
        }
        byKey.remove(key);
        given.close();
        return true;
    }

    /** One future per log that is still writing, completed when it has written everything. */
    synchronized List<CompletableFuture<Void>> busy() {
        return byKey.values().stream()
                .flatMap(entry -> entry.given.relaxed().stream())
                .map(relaxed -> relaxed.whenIdle().toCompletableFuture())
                .toList();
    }
}
