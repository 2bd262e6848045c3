package io.teahouse.client;

import io.teahouse.room.Metadata;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.user.NickRegistry;
import io.teahouse.user.NickRules;
import io.teahouse.user.Notification;
import io.teahouse.user.UserMode;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Who is here, who was here, and who waits for whom. Every client tells it of himself before he tells anybody else, so
 * who acts on what he was told finds it here. Reading stops nobody: any thread may, at any time.
 *
 * <p>Who has which name is decided elsewhere, by {@link NickRegistry}; this is what is known of those who have one.
 */
public final class People {
    private static final int PAST_KEPT = 1000;

    /**
     * Somebody who was here under that name.
     *
     * @param address see {@link Presence#address}
     */
    public record Former(Nick nick, Profile profile, String address, Instant until) {}

    private final NickRules rules;
    private final ConcurrentMap<String, Presence> here = new ConcurrentHashMap<>();
    /** By {@link Profile#guest}. */
    private final ConcurrentMap<String, Presence> byConnection = new ConcurrentHashMap<>();

    /** By account. */
    private final ConcurrentMap<String, Set<Presence>> loggedIn = new ConcurrentHashMap<>();

    private final ConcurrentMap<String, Set<Presence>> watchers = new ConcurrentHashMap<>();
    private final Deque<Former> past = new ArrayDeque<>();
    private final AtomicInteger strangers = new AtomicInteger();
    private final AtomicInteger absentees = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final Map<UserMode, AtomicInteger> withMode = new EnumMap<>(UserMode.class);
    private final AtomicLong causes = new AtomicLong();

    public People(NickRules rules) {
        this.rules = rules;
        for (UserMode mode : UserMode.values()) {
            withMode.put(mode, new AtomicInteger());
        }
    }

    /** The one of that name, in any spelling. */
    public Optional<Presence> find(String typed) {
        return key(typed).map(here::get);
    }

    /** The user of that connection, see {@link Profile#guest}. */
    Optional<Presence> findGuest(String connection) {
        return Optional.ofNullable(byConnection.get(connection));
    }

    /** What all spellings of a name have in common; empty: nobody can be called so. */
    public Optional<String> key(String typed) {
        return rules.check(typed) instanceof NickRules.Accepted accepted
                ? Optional.of(accepted.nick().key())
                : Optional.empty();
    }

    public Collection<Presence> all() {
        return here.values();
    }

    /** How many are here. */
    public int count() {
        return here.size();
    }

    /** How many of them have set that on themselves. */
    public int count(UserMode mode) {
        return counter(mode).get();
    }

    private AtomicInteger counter(UserMode mode) {
        return Objects.requireNonNull(withMode.get(mode));
    }

    /** The most that ever were here at a time. */
    public int most() {
        return most.get();
    }

    /** Connections that have not said yet who they are. */
    public int strangers() {
        return strangers.get();
    }

    /** Who had that name before, the latest first. */
    public List<Former> past(String typed) {
        Optional<String> key = key(typed);
        synchronized (past) {
            return past.stream()
                    .filter(former -> key.filter(former.nick.key()::equals).isPresent())
                    .toList();
        }
    }

    /** A number for something that happens in several places at once. */
    long cause() {
        return causes.incrementAndGet();
    }

    /** Tells the other connections of that account. */
    void tellOthers(String account, Optional<Presence> but, Notification what) {
        for (Presence each : loggedIn.getOrDefault(account, Set.of())) {
            if (but.filter(me -> me == each).isEmpty()) {
                each.tell(what);
            }
        }
    }

    /** Ends all connections of that account but one, and its absent sessions. */
    void endOthers(String account, Optional<Presence> but, String why) {
        for (Presence each : loggedIn.getOrDefault(account, Set.of())) {
            if (but.filter(me -> me == each).isEmpty()) {
                each.kill(why);
            }
        }
    }

    private void loggedIn(Presence presence, String account) {
        if (!account.isEmpty()) {
            loggedIn.compute(account, (any, all) -> with(presence, all));
        }
    }

    private static Set<Presence> with(Presence one, @Nullable Set<Presence> all) {
        Set<Presence> now = all == null ? ConcurrentHashMap.newKeySet() : all;
        now.add(one);
        return now;
    }

    private void loggedOut(Presence presence, String account) {
        loggedIn.computeIfPresent(account, (any, all) -> {
            all.remove(presence);
            return all.isEmpty() ? null : all;
        });
    }

    // Coming and going

    void connected() {
        strangers.incrementAndGet();
    }

    /** A connection has ended before it said who it is. */
    void strangerLeft() {
        strangers.decrementAndGet();
    }

    void enter(Presence presence) {
        strangers.decrementAndGet();
        connected(presence);
        appear(presence);
    }

    private void connected(Presence presence) {
        byConnection.put(presence.profile().guest(), presence);
        loggedIn(presence, presence.profile().account());
    }

    private void disconnected(Presence presence) {
        byConnection.remove(presence.profile().guest(), presence);
        loggedOut(presence, presence.profile().account());
    }

    private void appear(Presence presence) {
        here.put(presence.nick().key(), presence);
        most.accumulateAndGet(here.size(), Math::max);
        tellWatchers(presence.nick(), new Notification.Online(presence.nick(), presence.profile()));
    }

    /** Somebody who was absent is here again. */
    void enterInstead(Presence absent, Presence presence) {
        strangers.decrementAndGet();
        connected(presence);
        disconnected(absent);
        presence.metadata(absent.metadata());
        if (here.replace(presence.nick().key(), absent, presence)) {
            absent.modes().forEach(mode -> counter(mode).decrementAndGet());
            left(absent);
        } else {
            appear(presence); // he has just left by himself
        }
    }

    /** True, and he counts, if one more may be absent. */
    boolean mayBeAbsent(int most) {
        if (absentees.incrementAndGet() <= most) {
            return true;
        }
        absentees.decrementAndGet();
        return false;
    }

    private void left(Presence presence) {
        if (presence.isAbsent()) {
            absentees.decrementAndGet();
        }
    }

    void leave(Presence presence) {
        if (remove(presence)) {
            remember(presence.nick(), presence);
            tellWatchers(presence.nick(), new Notification.Offline(presence.nick()));
        }
    }

    /** Without a word: somebody else is about to stand for them. False: they were not here. */
    boolean remove(Presence presence) {
        disconnected(presence);
        boolean was = here.remove(presence.nick().key(), presence);
        if (was) {
            presence.modes().forEach(mode -> counter(mode).decrementAndGet());
            left(presence);
        }
        return was;
    }

    void setMode(Presence presence, UserMode mode, boolean set) {
        if (presence.is(mode) != set) {
            presence.mode(mode, set);
            counter(mode).addAndGet(set ? 1 : -1);
        }
    }

    void rename(Presence presence, Nick to) {
        Nick from = presence.nick();
        presence.nick(to);
        if (from.sameAs(to)) {
            return; // the same name, spelt otherwise
        }
        here.put(to.key(), presence);
        here.remove(from.key(), presence);
        remember(from, presence);
        tellWatchers(from, new Notification.Offline(from));
        tellWatchers(to, new Notification.Online(to, presence.profile()));
    }

    void changeProfile(Presence presence, Profile to, long cause) {
        Profile before = presence.profile();
        presence.profile(to);
        if (!before.account().equals(to.account())) {
            loggedOut(presence, before.account());
            loggedIn(presence, to.account());
        }
        tellWatchers(presence.nick(), new Notification.ProfileChanged(presence.nick(), before, to, cause));
    }

    void changeMetadata(Presence presence, Map<String, String> changes, long cause) {
        presence.metadata(Metadata.changed(presence.metadata(), changes));
        tellWatchers(presence.nick(), new Notification.MetadataChanged(presence.nick(), changes, cause));
    }

    private void remember(Nick nick, Presence presence) {
        synchronized (past) {
            past.addFirst(new Former(nick, presence.profile(), presence.address(), Instant.now()));
            if (past.size() > PAST_KEPT) {
                past.removeLast();
            }
        }
    }

    // Watching

    /**
     * From now on {@code watcher} is told when somebody of that name comes or goes.
     *
     * @param key of the name, see {@link #key}
     */
    public void watch(Presence watcher, String key) {
        watchers.compute(key, (any, all) -> with(watcher, all));
    }

    public void unwatch(Presence watcher, String key) {
        watchers.computeIfPresent(key, (any, all) -> {
            all.remove(watcher);
            return all.isEmpty() ? null : all;
        });
    }

    private void tellWatchers(Nick about, Notification what) {
        watchers.getOrDefault(about.key(), Set.of()).forEach(watcher -> watcher.tell(what));
    }
}
