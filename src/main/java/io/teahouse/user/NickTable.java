package io.teahouse.user;

import io.teahouse.room.Names;
import io.teahouse.room.Nick;
import io.teahouse.room.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which nicks are taken: one user per folded nick, one nick per user. A nick that looks like another's counts as taken,
 * too, if one of the two is not plain ASCII ({@code bill} and {@code bi11} may both be there, {@code bill} and its
 * Cyrillic double may not). Pure.
 *
 * @param <O> what owns a user
 */
final class NickTable<O> {
    /** A nick that is taken. */
    record Holder<O>(Nick nick, UserId user, O owner) {}

    private final Map<String, Holder<O>> byKey = new HashMap<>();
    private final Map<UserId, Holder<O>> byUser = new HashMap<>();

    /** Filled when the first nick outside ASCII is claimed; until then no look-alikes are possible. */
    private final Map<String, List<Holder<O>>> byLook = new HashMap<>();

    private boolean looks;

    /**
     * Gives the nick to the user, who loses the previous one.
     *
     * @param owner replaces the user's previous one
     * @return empty if the user has the nick now; else the nick that is in the way
     */
    Optional<Nick> claim(Nick nick, UserId user, O owner) {
        Optional<Nick> obstacle = obstacle(nick, user);
        if (obstacle.isEmpty()) {
            release(user);
            Holder<O> holder = new Holder<>(nick, user, owner);
            byKey.put(nick.key(), holder);
            byUser.put(user, holder);
            if (looks) {
                index(holder);
            }
        }
        return obstacle;
    }

    private Optional<Nick> obstacle(Nick nick, UserId user) {
        return same(nick, user).or(() -> lookAlikes(nick, user).findFirst()).map(Holder::nick);
    }

    /** All others whose nick keeps {@code user} from taking that nick: the same, or one that looks like it. */
    List<Holder<O>> others(Nick nick, UserId user) {
        return Stream.concat(same(nick, user).stream(), lookAlikes(nick, user))
                .distinct()
                .toList();
    }

    private Optional<Holder<O>> same(Nick nick, UserId user) {
        return Optional.ofNullable(byKey.get(nick.key())).filter(holder -> !holder.user.equals(user));
    }

    private Stream<Holder<O>> lookAlikes(Nick nick, UserId user) {
        boolean ascii = Names.isPlain(nick.key());
        if (!ascii && !looks) {
            looks = true;
            byKey.values().forEach(this::index);
        }
        return !looks
                ? Stream.empty()
                : looks(nick).stream()
                        .flatMap(look -> byLook.getOrDefault(look, List.of()).stream())
                        .filter(holder -> !holder.user.equals(user))
                        .filter(holder -> !ascii || !Names.isPlain(holder.nick.key()));
    }

    private static Set<String> looks(Nick nick) {
        Names.Looks looks = NickRules.looks(nick);
        return new HashSet<>(List.of(looks.shown(), looks.folded()));
    }

    private void index(Holder<O> holder) {
        for (String look : looks(holder.nick)) {
            byLook.computeIfAbsent(look, key -> new ArrayList<>(1)).add(holder);
        }
    }

    private void unindex(Holder<O> holder) {
        for (String look : looks(holder.nick)) {
            byLook.computeIfPresent(look, (key, holders) -> {
                holders.remove(holder);
                return holders.isEmpty() ? null : holders;
            });
        }
    }

    /** The user's nick is free at once. */
    void release(UserId user) {
        Holder<O> holder = byUser.remove(user);
        if (holder != null) {
            byKey.remove(holder.nick.key());
            if (looks) {
                unindex(holder);
            }
        }
    }

    /** What the user has, if anything. */
    Optional<Holder<O>> find(UserId user) {
        return Optional.ofNullable(byUser.get(user));
    }

    /** Who has that nick, in any spelling. */
    Optional<Holder<O>> find(Nick nick) {
        return Optional.ofNullable(byKey.get(nick.key()));
    }
}
