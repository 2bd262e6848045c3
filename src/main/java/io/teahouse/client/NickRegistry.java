package io.teahouse.client;

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
 * Who has which name: one owner per folded name, one name per owner. A name that looks like another's counts as taken
 * too, where one of the two is not plain ASCII ({@code bill} and {@code bi11} may both be there, {@code bill} and its
 * Cyrillic double may not). Pure.
 *
 * @param <O> what names an owner
 */
public final class NickRegistry<O> {
    private record Holder<O>(Nick nick, O owner) {}

    private final Map<String, Holder<O>> byKey = new HashMap<>();
    private final Map<O, Nick> byOwner = new HashMap<>();

    /** Filled when the first name outside ASCII comes; until then no look is needed. */
    private final Map<String, List<Holder<O>>> byLook = new HashMap<>();

    private boolean looks;

    /**
     * Gives the name to the owner, who loses the one that he had.
     *
     * @return empty if he has it now; else the name that stands in the way
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

    /** All others whose name keeps {@code owner} from taking that name: the same, or one that looks like it. */
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

    /** His name is free at once. */
    public void release(O owner) {
        Nick nick = byOwner.remove(owner);
        if (nick != null) {
            Holder<O> holder = byKey.remove(nick.key());
            if (looks && holder != null) {
                unindex(holder);
            }
        }
    }

    /** Who has that name, in any spelling. */
    public Optional<O> owner(Nick nick) {
        return Optional.ofNullable(byKey.get(nick.key())).map(Holder::owner);
    }

    /** The name that he has. */
    public Optional<Nick> nick(O owner) {
        return Optional.ofNullable(byOwner.get(owner));
    }
}
