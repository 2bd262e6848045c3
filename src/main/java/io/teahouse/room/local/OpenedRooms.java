package io.teahouse.room.local;

import io.teahouse.room.RoomDirectory.Opener;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomQuotas;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Counts the open rooms of a directory by opener, and checks the quotas. Pure. */
final class OpenedRooms {
    /** Rooms of one kind that one user, or one address, has opened. */
    private record Account(boolean conversations, boolean user, String name) {}

    private final RoomQuotas quotas;

    /** The oldest first. */
    private final Map<Account, Set<LocalRoom>> byAccount = new HashMap<>();

    OpenedRooms(RoomQuotas quotas) {
        this.quotas = quotas;
    }

    private static List<Account> accounts(RoomName room, Opener opener) {
        boolean conversation = room.isConversation();
        return List.of(
                new Account(conversation, true, opener.user()), new Account(conversation, false, opener.address()));
    }

    private int most(Account account) {
        RoomQuotas.Quota quota = account.conversations ? quotas.conversations() : quotas.rooms();
        return account.user ? quota.perUser() : quota.perAddress();
    }

    /** The rooms of which one must be closed before that opener may open another; empty if none must. */
    Optional<Set<LocalRoom>> exhausted(RoomName room, Opener opener) {
        return accounts(room, opener).stream()
                .filter(account -> of(account).size() >= most(account))
                .map(this::of)
                .findFirst();
    }

    private Set<LocalRoom> of(Account account) {
        return byAccount.getOrDefault(account, Set.of());
    }

    void add(LocalRoom room) {
        room.opener.ifPresent(opener -> accounts(room.name, opener)
                .forEach(account -> byAccount
                        .computeIfAbsent(account, fresh -> new LinkedHashSet<>())
                        .add(room)));
    }

    void remove(LocalRoom room) {
        room.opener.ifPresent(opener -> accounts(room.name, opener)
                .forEach(account -> byAccount.computeIfPresent(account, (same, rooms) -> {
                    rooms.remove(room);
                    return rooms.isEmpty() ? null : rooms;
                })));
    }
}
