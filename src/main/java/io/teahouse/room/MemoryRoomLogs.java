package io.teahouse.room;

import io.teahouse.room.RoomEvent.Said;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rooms' logs in memory, each a ring of the newest events. */
public final class MemoryRoomLogs implements RoomLogs, Archive {
    /** The default number of events that a room keeps. */
    public static final int DEFAULT_CAPACITY = 1000;

    private record RegisteredState(RoomName room, MemoryRoomLog log) {}

    private final int capacity;
    private final LogBudget budget;
    private final Map<String, RegisteredState> logs = new ConcurrentHashMap<>();

    public MemoryRoomLogs() {
        this(DEFAULT_CAPACITY);
    }

    /** @param capacity how many events each room keeps */
    public MemoryRoomLogs(int capacity) {
        this(capacity, LogBudget.unlimited());
    }

    /**
     * Logs that also share a budget.
     *
     * @param capacity how many events each room keeps
     */
    public MemoryRoomLogs(int capacity, LogBudget budget) {
        this.capacity = capacity;
        this.budget = budget;
    }

    @Override
    public RoomLog of(RoomName room) {
        return logs.computeIfAbsent(room.key(), key -> new RegisteredState(room, new MemoryRoomLog(capacity, budget)))
                .log;
    }

    @Override
    public CompletionStage<RoomLog.Outcome> rename(RoomName from, RoomName to) {
        RegisteredState known = logs.get(from.key());
        if (known == null) {
            return CompletableFuture.completedFuture(RoomLog.Outcome.STORED); // renamed already
        }
        RegisteredState renamed = new RegisteredState(to, known.log);
        if (from.key().equals(to.key())) {
            logs.put(to.key(), renamed);
        } else if (logs.putIfAbsent(to.key(), renamed) == null) {
            logs.remove(from.key(), known);
        } else {
            return CompletableFuture.completedFuture(RoomLog.Outcome.NOT_STORED);
        }
        return CompletableFuture.completedFuture(RoomLog.Outcome.STORED);
    }

    @Override
    public CompletionStage<Set<String>> registered(String account) {
        return CompletableFuture.completedFuture(logs.entrySet().stream()
                .filter(each -> each.getValue().log.isOf(account))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet()));
    }

    @Override
    public void putAway(RoomName room) {
        RegisteredState gone = logs.remove(room.key());
        if (gone != null) {
            gone.log.close();
        }
    }

    @Override
    public CompletionStage<List<Latest>> latest(
            String identity, List<RoomName> rooms, boolean signals, Instant after, Instant before, int limit) {
        Stream<RegisteredState> conversations =
                logs.values().stream().filter(each -> each.room.isConversationOf(identity));
        List<Latest> found = Stream.concat(conversations, rooms.stream().flatMap(this::find))
                .flatMap(each -> each.log.newest(event -> Archive.isMessage(event, signals)).stream()
                        .map(event -> new Latest(each.room, event.at())))
                .filter(each -> each.at().isAfter(after) && each.at().isBefore(before))
                .sorted(Comparator.comparing(Latest::at))
                .limit(limit)
                .toList();
        return CompletableFuture.completedFuture(found);
    }

    private Stream<RegisteredState> find(RoomName room) {
        return Optional.ofNullable(logs.get(room.key())).stream();
    }

    @Override
    public CompletionStage<Found> search(Query query) {
        List<Said> found = new ArrayList<>();
        query.rooms().stream()
                .flatMap(this::find)
                .flatMap(each -> each.log.all().stream())
                .filter(query.wanted())
                .map(Said.class::cast)
                .sorted(Comparator.comparing(Said::at))
                .forEach(found::add);
        int surplus = Math.max(0, found.size() - query.limit());
        return CompletableFuture.completedFuture(new Found(List.copyOf(found.subList(surplus, found.size())), true));
    }
}
