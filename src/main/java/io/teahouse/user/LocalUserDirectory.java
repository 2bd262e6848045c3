package io.teahouse.user;

import akka.actor.typed.ActorRef;
import akka.actor.typed.RecipientRef;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.UserId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The users of a server that is a single node, in maps that all threads share. */
public final class LocalUserDirectory implements OnlineUsers {
    private static final int FORMER_KEPT = 1000;

    private final NickRules rules;

    /** By the key of the nick. */
    private final ConcurrentMap<String, Entry> byNick = new ConcurrentHashMap<>();

    /** Users without an account, by {@link Profile#guest}, which they hold anyway: ids as keys would take more memory. */
    private final ConcurrentMap<UserId, Entry> byGuest = new ConcurrentHashMap<>();

    private final ConcurrentMap<String, Entry> byAccount = new ConcurrentHashMap<>();

    /** By the key of the nick that is watched. */
    private final ConcurrentMap<String, Set<ActorRef<? super Notification>>> watchers = new ConcurrentHashMap<>();

    private final Deque<FormerUser> former = new ArrayDeque<>();
    private final AtomicInteger unregistered = new AtomicInteger();
    private final Map<Absence, AtomicInteger> absent = new EnumMap<>(Absence.class);
    private final Map<Absence, AtomicInteger> elsewhere = new EnumMap<>(Absence.class);
    private final AtomicInteger most = new AtomicInteger();
    private final Map<UserMode, AtomicInteger> withMode = new EnumMap<>(UserMode.class);

    public LocalUserDirectory(NickRules rules) {
        this.rules = rules;
        for (UserMode mode : UserMode.values()) {
            withMode.put(mode, new AtomicInteger());
        }
        for (Absence how : Absence.values()) {
            absent.put(how, new AtomicInteger());
            elsewhere.put(how, new AtomicInteger());
        }
    }

    // Queries

    @Override
    public Optional<UserSnapshot> find(String typed) {
        return key(typed).map(byNick::get).map(Entry::snapshot);
    }

    @Override
    public Optional<UserSnapshot> find(UserId user) {
        return entry(user).map(Entry::snapshot);
    }

    private Optional<Entry> entry(UserId user) {
        if (user.isGuest()) {
            return Optional.ofNullable(byGuest.get(user));
        }
        return user.isAccount() ? Optional.ofNullable(byAccount.get(user.name())) : Optional.empty();
    }

    @Override
    public Optional<String> key(String typed) {
        return rules.check(typed) instanceof NickRules.Accepted accepted
                ? Optional.of(accepted.nick().key())
                : Optional.empty();
    }

    @Override
    public Iterable<UserSnapshot> all() {
        return () -> {
            Iterator<Entry> entries = byNick.values().iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return entries.hasNext();
                }

                @Override
                public UserSnapshot next() {
                    return entries.next().snapshot;
                }
            };
        };
    }

    @Override
    public int count() {
        return byNick.size();
    }

    @Override
    public int count(UserMode mode) {
        return counter(mode).get();
    }

    private AtomicInteger counter(UserMode mode) {
        return Objects.requireNonNull(withMode.get(mode));
    }

    @Override
    public int most() {
        return most.get();
    }

    @Override
    public int unregistered() {
        return unregistered.get();
    }

    @Override
    public List<FormerUser> former(String typed) {
        Optional<String> key = key(typed);
        synchronized (former) {
            return former.stream()
                    .filter(each -> key.filter(each.nick().key()::equals).isPresent())
                    .toList();
        }
    }

    private void remember(UserSnapshot user) {
        synchronized (former) {
            former.addFirst(new FormerUser(user.nick(), user.profile(), user.address(), Instant.now()));
            if (former.size() > FORMER_KEPT) {
                former.removeLast();
            }
        }
    }

    // Messages

    @Override
    public void notify(UserId user, Notification what) {
        entry(user).ifPresent(found -> found.tell(what));
    }

    @Override
    public void notifyAll(Notification what) {
        for (Entry each : byNick.values()) {
            each.tell(what);
        }
    }

    @Override
    public void notify(UserMode mode, Notification what) {
        for (Entry each : byNick.values()) {
            if (each.snapshot.is(mode)) {
                each.tell(what);
            }
        }
    }

    @Override
    public void disconnect(UserId user, String reason) {
        entry(user).ifPresent(found -> found.tell(new Disconnect(reason)));
    }

    @Override
    public boolean accountRenamed(UserId user, Nick to, String reason) {
        Optional<Entry> found = entry(user);
        found.ifPresent(each -> each.tell(new AccountRenamed(to, reason)));
        return found.isPresent();
    }

    @Override
    public void disconnect(UserId user, long connection, String reason) {
        entry(user).ifPresent(found -> found.tell(new UserActor.EndConnection(connection, reason)));
    }

    @Override
    public void demote(UserId user, String why) {
        entry(user).ifPresent(found -> found.tell(new UserActor.Demote(why)));
    }

    @Override
    public void watch(String key, ActorRef<? super Notification> watcher) {
        watchers.compute(key, (any, all) -> with(watcher, all));
    }

    private static Set<ActorRef<? super Notification>> with(
            ActorRef<? super Notification> one, @Nullable Set<ActorRef<? super Notification>> all) {
        Set<ActorRef<? super Notification>> now = all == null ? ConcurrentHashMap.newKeySet() : all;
        now.add(one);
        return now;
    }

    @Override
    public void unwatch(String key, ActorRef<? super Notification> watcher) {
        watchers.computeIfPresent(key, (any, all) -> {
            all.remove(watcher);
            return all.isEmpty() ? null : all;
        });
    }

    // Owners

    @Override
    public void connected() {
        unregistered.incrementAndGet();
    }

    @Override
    public void identified() {
        unregistered.decrementAndGet();
    }

    @Override
    public OnlineUser enter(UserSnapshot first, ActorRef<UserActor.Command> owner) {
        return enter(first, owner, entry(first.id()).map(Entry::subscribers).orElse(List.of()));
    }

    @Override
    public OnlineUser enter(
            UserSnapshot first, ActorRef<UserActor.Command> owner, List<ActorRef<RoomEvent>> subscribers) {
        Optional<Entry> known = entry(first.id());
        if (known.isPresent()) {
            known.get().actor(owner);
            known.get().subscribers(subscribers);
            known.get().publish(first, 0);
            return known.get();
        }
        Entry entry = new Entry(first, owner);
        entry.subscribers(subscribers);
        index(first.profile(), entry);
        appear(entry);
        return entry;
    }

    private void index(Profile profile, Entry entry) {
        if (profile.account().isEmpty()) {
            byGuest.put(profile.guest(), entry);
        } else {
            byAccount.put(profile.account(), entry);
        }
    }

    private void unindex(Profile profile, Entry entry) {
        if (profile.account().isEmpty()) {
            byGuest.remove(profile.guest(), entry);
        } else {
            byAccount.remove(profile.account(), entry);
        }
    }

    private void appear(Entry entry) {
        UserSnapshot user = entry.snapshot;
        byNick.put(user.nick().key(), entry);
        user.modes().forEach(mode -> counter(mode).incrementAndGet());
        most.accumulateAndGet(byNick.size(), Math::max);
        notifyWatchers(user.nick(), new Notification.Online(user.nick(), user.profile()));
    }

    private void gone(UserSnapshot user) {
        user.modes().forEach(mode -> counter(mode).decrementAndGet());
    }

    @Override
    public Iterable<OnlineUser> online() {
        return Collections.unmodifiableCollection(byNick.values());
    }

    @Override
    public Optional<OnlineUser> online(UserId user) {
        return entry(user).map(each -> each);
    }

    @Override
    public boolean mayBeAbsent(Absence how, int limit) {
        return mayStayAbsent(how, limit - elsewhere(how).get());
    }

    @Override
    public boolean mayStayAbsent(Absence how, int limit) {
        if (counter(how).incrementAndGet() <= limit) {
            return true;
        }
        absenceEnded(how);
        return false;
    }

    @Override
    public int absent(Absence how) {
        return counter(how).get() + elsewhere(how).get();
    }

    @Override
    public int absentHere(Absence how) {
        return counter(how).get();
    }

    @Override
    public void absentElsewhere(Absence how, int users) {
        elsewhere(how).set(users);
    }

    private AtomicInteger elsewhere(Absence how) {
        return Objects.requireNonNull(elsewhere.get(how));
    }

    @Override
    public void absenceEnded(Absence how) {
        counter(how).decrementAndGet();
    }

    private AtomicInteger counter(Absence how) {
        return Objects.requireNonNull(absent.get(how));
    }

    private void notifyWatchers(Nick about, Notification what) {
        watchers.getOrDefault(about.key(), Set.of()).forEach(watcher -> watcher.tell(what));
    }

    /** One user. The snapshot is in a single field, so that readers never see half of a change. */
    private final class Entry implements OnlineUser {
        private volatile ActorRef<UserActor.Command> owner;

        /** Set while the owner is on another node and may move. */
        private volatile @Nullable RecipientRef<? super UserActor.Command> route;

        private volatile List<ActorRef<RoomEvent>> subscribers = List.of();
        private volatile UserSnapshot snapshot;
        private boolean left;

        Entry(UserSnapshot first, ActorRef<UserActor.Command> owner) {
            this.snapshot = first;
            this.owner = owner;
        }

        @Override
        public UserSnapshot snapshot() {
            return snapshot;
        }

        @Override
        public synchronized boolean whileKnownAs(UserSnapshot as, Runnable task) {
            boolean isSame = !left && snapshot.isKnownAs(as);
            if (isSame) {
                task.run();
            }
            return isSame;
        }

        /** Indexes a new nick or id before it is in a snapshot, so that the user can be found by it at once. */
        private synchronized void replace(UserSnapshot before, UserSnapshot next) {
            if (!before.nick().sameAs(next.nick())) {
                byNick.put(next.nick().key(), this);
            }
            if (!before.id().equals(next.id())) {
                index(next.profile(), this);
            }
            snapshot = next;
        }

        @Override
        public void publish(UserSnapshot next, long cause) {
            UserSnapshot before = snapshot;
            if (before.isKnownAs(next)) {
                snapshot = next;
            } else {
                replace(before, next);
            }
            if (before.modes() != next.modes()) {
                count(before, next);
            }
            if (!before.nick().sameAs(next.nick())) {
                renamed(before, next);
            }
            if (!before.profile().equals(next.profile())) {
                profileChanged(next.nick(), before.profile(), next.profile(), cause);
            }
            if (!before.metadata().equals(next.metadata())) {
                Map<String, String> changes = next.metadataChanges(before);
                notifyWatchers(next.nick(), new Notification.MetadataChanged(next.nick(), changes, cause));
            }
        }

        private void count(UserSnapshot before, UserSnapshot next) {
            for (UserMode mode : UserMode.values()) {
                if (before.is(mode) != next.is(mode)) {
                    counter(mode).addAndGet(next.is(mode) ? 1 : -1);
                }
            }
        }

        private void renamed(UserSnapshot before, UserSnapshot next) {
            Nick from = before.nick();
            byNick.remove(from.key(), this);
            remember(before);
            notifyWatchers(from, new Notification.Offline(from));
            notifyWatchers(next.nick(), new Notification.Online(next.nick(), next.profile()));
        }

        private void profileChanged(Nick nick, Profile before, Profile next, long cause) {
            if (!before.id().equals(next.id())) {
                unindex(before, this);
            }
            notifyWatchers(nick, new Notification.ProfileChanged(nick, before, next, cause));
        }

        @Override
        public ActorRef<UserActor.Command> actor() {
            return owner;
        }

        @Override
        public void actor(ActorRef<UserActor.Command> to) {
            owner = to;
            route = null;
        }

        @Override
        public void route(RecipientRef<? super UserActor.Command> to) {
            route = to;
        }

        @Override
        public void tell(UserActor.Command command) {
            RecipientRef<? super UserActor.Command> other = route;
            if (other == null) {
                owner.tell(command);
            } else {
                other.tell(command);
            }
        }

        @Override
        public RoomActor.Identity identity() {
            UserSnapshot now = snapshot;
            return now.identity("", owner);
        }

        @Override
        public List<ActorRef<RoomEvent>> subscribers() {
            return subscribers;
        }

        @Override
        public void subscribers(List<ActorRef<RoomEvent>> to) {
            subscribers = List.copyOf(to);
        }

        @Override
        public synchronized void leave() {
            left = true;
            if (remove()) {
                remember(snapshot);
                notifyWatchers(snapshot.nick(), new Notification.Offline(snapshot.nick()));
            }
        }

        /** False: the user had left already. */
        private boolean remove() {
            unindex(snapshot.profile(), this);
            boolean was = byNick.remove(snapshot.nick().key(), this);
            if (was) {
                gone(snapshot);
            }
            return was;
        }
    }
}
