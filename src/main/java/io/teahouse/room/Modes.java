package io.teahouse.room;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The settings of a room: flags, key, limit, lists of masks, and invitations. Pure. */
public final class Modes {
    /**
     * An entry of a list.
     *
     * @param by who added it
     */
    public record Entry(String mask, String by, Instant at) {}

    /**
     * The settings of a room at one moment.
     *
     * @param invited the open invitations
     */
    public record Snapshot(
            Set<Mode> flags, String key, int limit, Map<Mode, List<Entry>> lists, Set<Invitation> invited) {
        /** No mode is set. */
        public static final Snapshot NONE = new Snapshot(Set.of(), "", 0, Map.of(), Set.of());
    }

    private final EnumSet<Mode> flags = EnumSet.noneOf(Mode.class);
    private final Map<Mode, Map<String, Listed>> lists = new EnumMap<>(Mode.class);
    private final Invitations invitations = new Invitations();
    private final UnaryOperator<String> folding;
    private final RoomBudget.Share memory;
    private String key = "";
    private int limit;

    /** Whether a stranger could join; see {@link #isOpen}. */
    private boolean open;

    /** Counts the changes of bans and exceptions; a cached {@link Silence} is valid until the next one. */
    private int changes;

    /** An entry of a list, with its mask compiled. The same object as long as it is listed. */
    record Listed(Entry entry, Mask mask) {
        long bytes() {
            return bytesOf(entry.mask);
        }
    }

    /** The approximate memory of an entry without its mask, and per character of the mask. */
    private static final int ENTRY = 640;

    private static final int CHARACTER = 6;

    /** @param folding see {@link RoomSettings.Rules#folding} */
    Modes(Set<Mode> set, UnaryOperator<String> folding) {
        this(set, folding, RoomBudget.unlimited());
    }

    /**
     * The modes of a new room.
     *
     * @param folding see {@link RoomSettings.Rules#folding}
     * @param all the budget for the lists of all rooms
     */
    Modes(Set<Mode> set, UnaryOperator<String> folding, RoomBudget all) {
        this.memory = all.share();
        this.folding = folding;
        flags.addAll(set);
        changed();
    }

    /** Recomputes what every message needs. */
    private void changed() {
        changes++;
        open = !has(Mode.INVITE_ONLY) && key.isEmpty() && all(Mode.BAN).stream().noneMatch(ban -> ban.mask.isForAll());
    }

    public boolean has(Mode flag) {
        return flags.contains(flag);
    }

    /** The key of the room; empty: none. */
    public String key() {
        return key;
    }

    /** The member limit; 0: that of the room's settings. */
    public int limit() {
        return limit;
    }

    public List<Entry> list(Mode mode) {
        return all(mode).stream().map(Listed::entry).toList();
    }

    private Collection<Listed> all(Mode mode) {
        return lists.getOrDefault(mode, Map.of()).values();
    }

    /** @param since bans that were set at that time or before do not count */
    boolean isBarred(Nick nick, Profile profile, Instant since) {
        Mask.Person who = person(nick, profile);
        return all(Mode.BAN).stream()
                        .anyMatch(ban -> !ban.mask.isMute() && ban.entry.at().isAfter(since) && ban.mask.matches(who))
                && !isListed(Mode.EXCEPTION, who, false);
    }

    private Mask.Person person(Nick nick, Profile profile) {
        return Mask.Person.of(nick, profile, folding);
    }

    /**
     * Whether bans keep a member from speaking.
     *
     * @param changes how often the bans had changed when this was computed; -1: the member has changed since
     * @param by the bans that match the member, or matched them under an earlier name
     */
    record Silence(int changes, boolean isOn, Set<Listed> by) {
        /** Not yet computed. */
        static final Silence UNKNOWN = new Silence(-1, false, Set.of());

        /** The member has changed. */
        Silence outdated() {
            return new Silence(-1, isOn, by);
        }
    }

    /** Whether the lists or the member have changed since then. */
    boolean isOutdated(Silence silence) {
        return silence.changes != changes;
    }

    /**
     * Whether a ban or a mute keeps a member from speaking: one that matches them as they are now, or one that matched
     * them under an earlier name, as long as it stands.
     *
     * @param profile with the address
     * @param before the last result for that member
     */
    Silence silence(Nick nick, Profile profile, Silence before) {
        if (all(Mode.BAN).isEmpty()) {
            return new Silence(changes, false, Set.of());
        }
        Mask.Person who = person(nick, profile);
        Set<Listed> by = new HashSet<>(2);
        for (Listed ban : all(Mode.BAN)) {
            if (before.by.contains(ban) || ban.mask.matches(who)) {
                by.add(ban);
            }
        }
        boolean excepted = !by.isEmpty() && isListed(Mode.EXCEPTION, who, false);
        boolean mutesExcepted = excepted || (!by.isEmpty() && isListed(Mode.EXCEPTION, who, true));
        boolean isOn = by.stream().anyMatch(ban -> ban.mask.isMute() ? !mutesExcepted : !excepted);
        return new Silence(changes, isOn, by);
    }

    boolean isInvited(Nick nick, Profile profile) {
        return invitations.find(profile).isPresent() || isListed(Mode.INVITE_EXCEPTION, person(nick, profile), false);
    }

    /** The invited users. */
    Invitations invitations() {
        return invitations;
    }

    /** Whether a stranger could join, apart from the member limit. */
    boolean isOpen() {
        return open;
    }

    private boolean isListed(Mode list, Mask.Person who, boolean mutes) {
        for (Listed listed : all(list)) {
            if (listed.mask.isMute() == mutes && listed.mask.matches(who)) {
                return true;
            }
        }
        return false;
    }

    /** Applies a change of the room's own modes, which excludes ranks. Returns the effective change, if any. */
    Optional<ModeChange> apply(ModeChange change, String by, Instant at) {
        Optional<ModeChange> done = done(change, by, at);
        if (done.isPresent()) {
            changed();
        }
        return done;
    }

    private Optional<ModeChange> done(ModeChange change, String by, Instant at) {
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
        String text = Mask.complete(change.value());
        Mask mask = Mask.of(text, folding);
        Map<String, Listed> list = lists.computeIfAbsent(change.mode(), mode -> new LinkedHashMap<>());
        if (change.set()) {
            Listed listed = new Listed(new Entry(text, by, at), mask);
            boolean did = list.putIfAbsent(mask.key(), listed) == null;
            memory.add(did ? listed.bytes() : 0);
            return changed(new ModeChange(true, change.mode(), text), did);
        }
        Optional<Listed> removed = Optional.ofNullable(list.remove(mask.key()));
        memory.add(-removed.map(Listed::bytes).orElse(0L));
        return removed.map(was -> new ModeChange(
                false, change.mode(), was.entry.mask)); // in the spelling of the list, for clients that keep a copy
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

    private static long bytesOf(String mask) {
        return ENTRY + (long) CHARACTER * mask.length();
    }

    /** Whether the budget has no memory for one more mask, however short the list is. */
    boolean isFullWith(String mask) {
        return memory.isFullWith(bytesOf(mask));
    }

    /** The room ends. */
    void close() {
        lists.clear();
        memory.close();
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
        lists.keySet().forEach(mode -> copies.put(mode, list(mode)));
        return new Snapshot(Set.copyOf(flags), key, limit, Map.copyOf(copies), invitations.all());
    }

    void restore(Snapshot to) {
        reset(to.flags);
        key = to.key;
        limit = to.limit;
        invitations.replace(to.invited);
        to.lists.forEach((mode, entries) -> {
            Map<String, Listed> list = lists.computeIfAbsent(mode, any -> new LinkedHashMap<>());
            for (Entry entry : entries) {
                Mask mask = Mask.of(entry.mask, folding);
                Listed listed = new Listed(entry, mask);
                memory.add(list.put(mask.key(), listed) == null ? listed.bytes() : 0);
            }
        });
        changed();
    }

    /** Resets everything to the modes of a new room. */
    void reset(Set<Mode> set) {
        flags.clear();
        flags.addAll(set);
        lists.clear();
        memory.close();
        invitations.replace(List.of());
        key = "";
        limit = 0;
        changed();
    }
}
