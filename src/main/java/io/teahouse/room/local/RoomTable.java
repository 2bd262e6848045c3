package io.teahouse.room.local;

import akka.actor.typed.ActorRef;
import io.teahouse.room.Names;
import io.teahouse.room.OpenedRooms;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomQuotas;
import io.teahouse.room.RoomSummary;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The rooms of a directory, by name and by reference; a room that is being renamed has both names. Pure. */
final class RoomTable {
    private final Map<String, LocalRoom> byKey = new HashMap<>();
    private final Map<ActorRef<Void>, LocalRoom> byRef = new HashMap<>();
    private final Names names;

    /** Rooms that exist whether they are open or not. */
    private final Supplier<List<RoomName>> always;

    /**
     * By the skeletons of their names. Filled when the first name outside ASCII comes; before that, no two look alike.
     */
    private final Map<String, Set<LocalRoom>> byLook = new HashMap<>();

    private boolean looks;
    private final OpenedRooms<LocalRoom> opened;
    private int listed;
    private int members;
    private int conversations;

    RoomTable(Names names, Supplier<List<RoomName>> always, RoomQuotas quotas) {
        this.opened = new OpenedRooms<>(quotas);
        this.names = names;
        this.always = always;
    }

    // Names that look alike

    /**
     * Finds a room whose name looks like the given one and prevents it.
     *
     * @param but a room to ignore: the one that is to have the name
     */
    Optional<RoomName> lookAlike(RoomName name, Optional<LocalRoom> but) {
        if (name.isConversation() || (!looks && Names.isPlain(name.key()))) {
            return Optional.empty();
        }
        if (!looks) {
            looks = true;
            byRef.values().forEach(room -> index(room, room.name));
        }
        Names.Looks look = names.looks(name.text(), name.key());
        Stream<RoomName> open = Stream.of(look.shown(), look.folded())
                .flatMap(each -> byLook.getOrDefault(each, Set.of()).stream())
                .filter(room -> but.filter(room::equals).isEmpty() && room.keepsAway(name))
                .map(room -> room.name);
        Stream<RoomName> others =
                always.get().stream().filter(other -> look.resemble(names.looks(other.text(), other.key())));
        return Stream.concat(others, open)
                .filter(other -> Names.mayNotCoexist(name.key(), other.key()))
                .findFirst();
    }

    private void index(LocalRoom room, RoomName name) {
        if (looks && !name.isConversation()) {
            Names.Looks look = names.looks(name.text(), name.key());
            for (String each : List.of(look.shown(), look.folded())) {
                byLook.computeIfAbsent(each, any -> new HashSet<>(2)).add(room);
            }
        }
    }

    private void unindex(LocalRoom room, RoomName name) {
        if (looks && !name.isConversation()) {
            Names.Looks look = names.looks(name.text(), name.key());
            for (String each : List.of(look.shown(), look.folded())) {
                byLook.computeIfPresent(each, (any, all) -> {
                    all.remove(room);
                    return all.isEmpty() ? null : all;
                });
            }
        }
    }

    // Rooms

    /** The number of conversations, if that is one; otherwise the number of other rooms. */
    int count(RoomName kind) {
        return kind.isConversation() ? conversations : byRef.size() - conversations;
    }

    /** The rooms by opener. */
    OpenedRooms<LocalRoom> opened() {
        return opened;
    }

    /** The number of listed rooms. */
    int listed() {
        return listed;
    }

    /** The number of members of all listed rooms. */
    int members() {
        return members;
    }

    private static int members(LocalRoom room) {
        return room.isListed() ? room.summary.members() : 0;
    }

    /** All rooms that are open, but no conversations. */
    List<LocalRoom> open() {
        return byRef.values().stream()
                .filter(room -> !room.name.isConversation() && !room.ended)
                .toList();
    }

    /** The listed rooms, sorted by name. */
    List<RoomSummary> listing() {
        return byRef.values().stream()
                .filter(LocalRoom::isListed)
                .map(room -> room.summary)
                .sorted(Comparator.comparing(summary -> summary.room().key()))
                .toList();
    }

    /** The rooms that may be closed, and are neither about to end nor being renamed. */
    List<LocalRoom> unused() {
        return byRef.values().stream()
                .filter(room -> room.mayEnd() && !room.stopping)
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
        conversations += room.name.isConversation() ? 1 : 0;
        room.opener.ifPresent(opener -> opened.add(room, room.name, opener));
        index(room, room.name);
    }

    void update(LocalRoom room, RoomSummary summary) {
        listed -= room.isListed() ? 1 : 0;
        members -= members(room);
        room.summary = summary;
        room.needed = false;
        room.fresh = false;
        listed += room.isListed() ? 1 : 0;
        members += members(room);
    }

    void remove(LocalRoom room) {
        keepName(room);
        unindex(room, room.name);
        byKey.remove(room.name.key(), room);
        byRef.remove(room.ref.<Void>unsafeUpcast());
        conversations -= room.name.isConversation() ? 1 : 0;
        room.opener.ifPresent(opener -> opened.remove(room, room.name, opener));
        listed -= room.isListed() ? 1 : 0;
        members -= members(room);
    }

    /** Reserves the name for the room. Returns false if another room has it. */
    boolean reserve(LocalRoom room, RoomName to) {
        LocalRoom other = byKey.putIfAbsent(to.key(), room);
        if (other != null && other != room) {
            return false;
        }
        room.reservedName = Optional.of(to);
        index(room, to);
        return true;
    }

    /** Drops the reserved name. */
    void keepName(LocalRoom room) {
        room.reservedName.filter(name -> !name.key().equals(room.name.key())).ifPresent(name -> {
            byKey.remove(name.key(), room);
            unindex(room, name);
            index(room, room.name);
        });
        room.reservedName = Optional.empty();
    }

    /** The reserved name is the room's name from now on. */
    void takeName(LocalRoom room) {
        room.reservedName.ifPresent(to -> {
            byKey.remove(room.name.key(), room);
            byKey.put(to.key(), room);
            unindex(room, room.name);
            room.name = to;
            index(room, to);
        });
        room.reservedName = Optional.empty();
    }
}
