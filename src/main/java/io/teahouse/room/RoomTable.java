package io.teahouse.room;

import akka.actor.typed.ActorRef;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rooms of a directory, by name and by reference; one that is about to be called otherwise has both names. Pure. */
final class RoomTable {
    private final Map<String, LocalRoom> byKey = new HashMap<>();
    private final Map<ActorRef<Void>, LocalRoom> byRef = new HashMap<>();
    private int listed;

    int size() {
        return byRef.size();
    }

    /** How many of them are listed. */
    int listed() {
        return listed;
    }

    /** Those that are listed, by name. */
    List<RoomSummary> listing() {
        return byRef.values().stream()
                .filter(LocalRoom::isListed)
                .map(room -> room.summary)
                .sorted(Comparator.comparing(summary -> summary.room().key()))
                .toList();
    }

    /** Those that can be put away, and are not about to end or to be called otherwise. */
    List<LocalRoom> unused() {
        return byRef.values().stream()
                .filter(LocalRoom::isUnused)
                .filter(room -> !room.stopping && !room.ended && room.nameToCome.isEmpty())
                .toList();
    }

    Optional<LocalRoom> find(RoomName name) {
        return Optional.ofNullable(byKey.get(name.key()));
    }

    Optional<LocalRoom> find(ActorRef<?> ref) {
        return Optional.ofNullable(byRef.get(ref.<Void>unsafeUpcast()));
    }

    void add(LocalRoom room) {
        byKey.put(room.name.key(), room);
        byRef.put(room.ref.unsafeUpcast(), room);
    }

    void update(LocalRoom room, RoomSummary summary) {
        listed -= room.isListed() ? 1 : 0;
        room.summary = summary;
        listed += room.isListed() ? 1 : 0;
    }

    void remove(LocalRoom room) {
        keepName(room);
        byKey.remove(room.name.key(), room);
        byRef.remove(room.ref.<Void>unsafeUpcast());
        listed -= room.isListed() ? 1 : 0;
    }

    /** Holds the name for the room. False: there is another one of that name. */
    boolean reserve(LocalRoom room, RoomName to) {
        LocalRoom other = byKey.putIfAbsent(to.key(), room);
        if (other != null && other != room) {
            return false;
        }
        room.nameToCome = Optional.of(to);
        return true;
    }

    /** It is not called otherwise after all. */
    void keepName(LocalRoom room) {
        room.nameToCome
                .filter(name -> !name.key().equals(room.name.key()))
                .ifPresent(name -> byKey.remove(name.key(), room));
        room.nameToCome = Optional.empty();
    }

    /** It is called so from now on. */
    void takeName(LocalRoom room) {
        room.nameToCome.ifPresent(to -> {
            byKey.remove(room.name.key(), room);
            byKey.put(to.key(), room);
            room.name = to;
        });
        room.nameToCome = Optional.empty();
    }
}
