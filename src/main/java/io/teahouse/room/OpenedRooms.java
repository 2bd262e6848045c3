package io.teahouse.room;

import io.teahouse.room.RoomDirectory.Opener;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Counts the open rooms of a directory by opener, and checks the quotas of users and addresses. For directories; not thread-safe.
 *
 * @param <R> how the directory identifies a room, whatever its name is
 */
public final class OpenedRooms<R> {
    /** Rooms of one kind that one user, or one address, has opened. */
    private record Account(boolean conversations, boolean user, String name) {}

    private final RoomQuotas quotas;

    /** The oldest first. */
    private final Map<Account, Set<R>> byAccount = new HashMap<>();

    public OpenedRooms(RoomQuotas quotas) {
        this.quotas = quotas;
    }

    private static List<Account> accounts(RoomName name, Opener opener) {
        boolean conversation = name.isConversation();
        return List.of(
                new Account(conversation, true, opener.user()), new Account(conversation, false, opener.address()));
    }

    private int most(Account account) {
        RoomQuotas.Quota quota = account.conversations ? quotas.conversations() : quotas.rooms();
        return account.user ? quota.perUser() : quota.perAddress();
    }

    /** The rooms of which one must be closed before that opener may open another; empty if none must. */
    public Optional<Set<R>> exhausted(RoomName name, Opener opener) {
        return accounts(name, opener).stream()
                .filter(account -> of(account).size() >= most(account))
                .map(this::of)
                .findFirst();
    }

    private Set<R> of(Account account) {
        return byAccount.getOrDefault(account, Set.of());
    }

    /** A room was opened. */
    public void add(R room, RoomName name, Opener opener) {
        accounts(name, opener)
                .forEach(account -> byAccount
                        .computeIfAbsent(account, fresh -> new LinkedHashSet<>())
                        .add(room));
    }

    /** A room does not count any more. */
    public void remove(R room, RoomName name, Opener opener) {
        accounts(name, opener)
                .forEach(account -> byAccount.computeIfPresent(account, (same, rooms) -> {
                    rooms.remove(room);
                    return rooms.isEmpty() ? null : rooms;
                }));
    }
}
