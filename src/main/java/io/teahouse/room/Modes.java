package io.teahouse.room;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** How a room is set: its flags, key, limit, lists of masks, and who is invited. Pure. */
public final class Modes {
    /**
     * One line of a list.
     *
     * @param by who put it there
     */
    public record Entry(String mask, String by, Instant at) {}

    /**
     * How a room was set at one moment.
     *
     * @param invited the keys of those who were asked in
     */
    public record Snapshot(Set<Mode> flags, String key, int limit, Map<Mode, List<Entry>> lists, Set<String> invited) {
        /** Nothing is set. */
        public static final Snapshot NONE = new Snapshot(Set.of(), "", 0, Map.of(), Set.of());
    }

    private final EnumSet<Mode> flags = EnumSet.noneOf(Mode.class);
    private final Map<Mode, Map<String, Entry>> lists = new EnumMap<>(Mode.class);
    private final Set<String> invited = new HashSet<>(2);
    private final UnaryOperator<String> folding;
    private String key = "";
    private int limit;

    /** @param folding see {@link RoomSettings#folding} */
    Modes(Set<Mode> set, UnaryOperator<String> folding) {
        this.folding = folding;
        flags.addAll(set);
    }

    public boolean has(Mode flag) {
        return flags.contains(flag);
    }

    /** Empty: none is needed. */
    public String key() {
        return key;
    }

    /** How many members there may be; 0: as many as the room's settings allow. */
    public int limit() {
        return limit;
    }

    public List<Entry> list(Mode mode) {
        return List.copyOf(lists.getOrDefault(mode, Map.of()).values());
    }

    boolean isBarred(Nick nick, Profile profile) {
        return isListed(Mode.BAN, nick, profile, false) && !isListed(Mode.EXCEPTION, nick, profile, false);
    }

    boolean isMuted(Nick nick, Profile profile) {
        return isListed(Mode.BAN, nick, profile, true)
                && !isListed(Mode.EXCEPTION, nick, profile, false)
                && !isListed(Mode.EXCEPTION, nick, profile, true);
    }

    boolean isInvited(Nick nick, Profile profile) {
        return isInvitedInPerson(nick) || isListed(Mode.INVITE_EXCEPTION, nick, profile, false);
    }

    /** Somebody in the room has asked that very person in. */
    boolean isInvitedInPerson(Nick nick) {
        return invited.contains(nick.key());
    }

    /** Whether somebody could come in whom nobody knows, if there is a place left for him. */
    boolean isOpen() {
        return !has(Mode.INVITE_ONLY)
                && key.isEmpty()
                && lists.getOrDefault(Mode.BAN, Map.of()).values().stream()
                        .noneMatch(entry -> Mask.isForAll(entry.mask));
    }

    private boolean isListed(Mode list, Nick nick, Profile profile, boolean mutes) {
        for (Entry entry : lists.getOrDefault(list, Map.of()).values()) {
            if (Mask.isMute(entry.mask) == mutes && Mask.matches(entry.mask, nick, profile, folding)) {
                return true;
            }
        }
        return false;
    }

    void invite(Nick nick) {
        invited.add(nick.key());
    }

    /** True if he was asked in. */
    boolean uninvite(Nick nick) {
        return invited.remove(nick.key());
    }

    /** Does it, if it is one of the room's own; returns what has changed by it, if anything. Ranks are the members'. */
    Optional<ModeChange> apply(ModeChange change, String by, Instant at) {
        return switch (change.mode().kind()) {
            case FLAG -> changed(change, change.set() ? flags.add(change.mode()) : flags.remove(change.mode()));
            case LIST -> applyList(change, by, at);
            case KEY -> applyKey(change);
            case LIMIT -> applyLimit(change);
            case RANK -> Optional.empty();
        };
    }

    private static Optional<ModeChange> changed(ModeChange change, boolean did) {
        return did ? Optional.of(change) : Optional.empty();
    }

    private Optional<ModeChange> applyList(ModeChange change, String by, Instant at) {
        String mask = Mask.complete(change.value());
        Map<String, Entry> list = lists.computeIfAbsent(change.mode(), mode -> new LinkedHashMap<>());
        String folded = Mask.fold(mask, folding);
        if (change.set()) {
            boolean did = list.putIfAbsent(folded, new Entry(mask, by, at)) == null;
            return changed(new ModeChange(true, change.mode(), mask), did);
        }
        return Optional.ofNullable(list.remove(folded)) // told as it was listed, for who keeps the list
                .map(removed -> new ModeChange(false, change.mode(), removed.mask));
    }

    private Optional<ModeChange> applyKey(ModeChange change) {
        String before = key;
        key = change.set() ? change.value() : "";
        String shown = change.set() ? key : before;
        return changed(new ModeChange(change.set(), Mode.KEY, shown), !before.equals(key));
    }

    private Optional<ModeChange> applyLimit(ModeChange change) {
        int before = limit;
        limit = change.set() ? Integer.parseInt(change.value()) : 0;
        return changed(new ModeChange(change.set(), Mode.LIMIT, change.set() ? change.value() : ""), before != limit);
    }

    int size(Mode list) {
        return lists.getOrDefault(list, Map.of()).size();
    }

    /** The flags, the key and the limit, as the changes that would make them. */
    List<ModeChange> settings() {
        List<ModeChange> all = new ArrayList<>();
        flags.forEach(flag -> all.add(new ModeChange(true, flag, "")));
        if (!key.isEmpty()) {
            all.add(new ModeChange(true, Mode.KEY, key));
        }
        if (limit > 0) {
            all.add(new ModeChange(true, Mode.LIMIT, Integer.toString(limit)));
        }
        return all;
    }

    Snapshot snapshot() {
        Map<Mode, List<Entry>> copies = new EnumMap<>(Mode.class);
        lists.forEach((mode, entries) -> copies.put(mode, List.copyOf(entries.values())));
        return new Snapshot(Set.copyOf(flags), key, limit, Map.copyOf(copies), Set.copyOf(invited));
    }

    void restore(Snapshot to) {
        reset(to.flags);
        key = to.key;
        limit = to.limit;
        invited.addAll(to.invited);
        to.lists.forEach((mode, entries) -> {
            Map<String, Entry> list = lists.computeIfAbsent(mode, any -> new LinkedHashMap<>());
            entries.forEach(entry -> list.put(Mask.fold(entry.mask, folding), entry));
        });
    }

    /** As new: nobody is left who could be asked what was meant. */
    void reset(Set<Mode> set) {
        flags.clear();
        flags.addAll(set);
        lists.clear();
        invited.clear();
        key = "";
        limit = 0;
    }
}
