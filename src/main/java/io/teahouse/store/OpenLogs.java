package io.teahouse.store;

import io.teahouse.room.RoomLog;
import io.teahouse.room.RoomName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** The logs that rooms were given, by what the rooms are called now. From any thread. */
final class OpenLogs {
    /** A log, and what of it is in the database. */
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

        /** Nobody is in the room; the log goes as soon as it is not busy. */
        private boolean isPutAway;

        Entry(Given given) {
            this.given = given;
        }
    }

    private final Map<String, Entry> byKey = new HashMap<>();

    /** The log of a room that opens: one that is still busy, or else a new one. */
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
            entry.given.stored.rename(to);
            byKey.put(to.key(), entry);
        }
    }

    /** A log that is still busy stays until it is not, so that whoever opens the room again finds it. */
    void putAway(RoomName room) {
        Optional<Given> given = setPutAway(room);
        given.ifPresent(busy ->
                busy.relaxed().ifPresent(relaxed -> relaxed.whenIdle().thenRun(() -> removeIfPutAway(busy, relaxed))));
    }

    private synchronized Optional<Given> setPutAway(RoomName room) {
        Entry entry = byKey.get(room.key());
        if (entry != null && entry.given.relaxed().isEmpty()) {
            byKey.remove(room.key());
            entry.given.close();
        } else if (entry != null) {
            entry.isPutAway = true;
        }
        return find(room);
    }

    /** The room may have been opened again meanwhile, and be called otherwise. */
    private synchronized void removeIfPutAway(Given given, RelaxedLog relaxed) {
        String key = given.stored.room().key();
        Entry entry = byKey.get(key);
        if (entry != null && entry.given.equals(given) && entry.isPutAway && relaxed.isIdle()) {
            byKey.remove(key);
        }
    }

    /** Each ends when everything is stored that has been said in a room until now. */
    synchronized List<CompletableFuture<Void>> busy() {
        return byKey.values().stream()
                .flatMap(entry -> entry.given.relaxed().stream())
                .map(relaxed -> relaxed.whenIdle().toCompletableFuture())
                .toList();
    }
}
