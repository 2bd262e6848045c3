package io.teahouse.user;

import io.teahouse.room.Names;
import io.teahouse.room.Nick;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which nicks are taken: one owner per folded nick, one nick per owner. A nick that looks like another's counts as taken,
 * too, if one of the two is not plain ASCII ({@code bill} and {@code bi11} may both be there, {@code bill} and its
 * Cyrillic double may not). Pure.
 *
 * @param <O> identifies an owner
 */
public final class NickTable<O> {
    private record Holder<O>(Nick nick, O owner) {}

    private final Map<String, Holder<O>> byKey = new HashMap<>();
    private final Map<O, Nick> byOwner = new HashMap<>();

    /** Filled when the first nick outside ASCII is claimed; until then no look-alikes are possible. */
    private final Map<String, List<Holder<O>>> byLook = new HashMap<>();

    private boolean looks;

    /**
     * Gives the nick to the owner, who loses the previous one.
     *
     * @return empty if the owner has it now; else the nick that is in the way
     */
    public Optional<Nick> claim(Nick nick, O owner) {
        Optional<Nick> obstacle = obstacle(nick, owner);
        if (obstacle.isEmpty()) {
            release(owner);
            Holder<O> holder = new Holder<>(nick, owner);
            byKey.put(nick.key(), holder);
            byOwner.put(owner, nick);
            if (looks) {
                index(holder);
            }
        }
        return obstacle;
    }

    private Optional<Nick> obstacle(Nick nick, O owner) {
        return Optional.ofNullable(byKey.get(nick.key()))
                .filter(holder -> !holder.owner.equals(owner))
                .or(() -> lookAlikes(nick, owner).findFirst())
                .map(Holder::nick);
    }

    /** All others whose nick keeps {@code owner} from taking that nick: the same, or one that looks like it. */
    public List<O> others(Nick nick, O owner) {
        Stream<Holder<O>> same =
                Optional.ofNullable(byKey.get(nick.key())).stream().filter(holder -> !holder.owner.equals(owner));
        return Stream.concat(same, lookAlikes(nick, owner))
                .map(Holder::owner)
                .distinct()
                .toList();
    }

    private Stream<Holder<O>> lookAlikes(Nick nick, O owner) {
        boolean ascii = Names.isPlain(nick.key());
        if (!ascii && !looks) {
            looks = true;
            byKey.values().forEach(this::index);
        }
        return !looks
                ? Stream.empty()
                : looks(nick).stream()
                        .flatMap(look -> byLook.getOrDefault(look, List.of()).stream())
                        .filter(holder -> !holder.owner.equals(owner))
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

    /** The owner's nick is free at once. */
    public void release(O owner) {
        Nick nick = byOwner.remove(owner);
        if (nick != null) {
            Holder<O> holder = byKey.remove(nick.key());
            if (looks && holder != null) {
                unindex(holder);
            }
        }
    }

    /** The owner of that nick, in any spelling. */
    public Optional<O> owner(Nick nick) {
        return Optional.ofNullable(byKey.get(nick.key())).map(Holder::owner);
    }

    /** The nick of that owner. */
    public Optional<Nick> nick(O owner) {
        return Optional.ofNullable(byOwner.get(owner));
    }
}
