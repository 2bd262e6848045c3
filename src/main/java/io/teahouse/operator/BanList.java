package io.teahouse.operator;

import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.user.ConnectionInfo;
import io.teahouse.user.UserDirectory;
import io.teahouse.user.UserSnapshot;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The bans that are in force, in memory, so that asking costs no time. Each is stored before it is in force. One that is over is
 * ignored, and removed from the store at the next change. Thread-safe.
 */
public final class BanList {
    private record Entry(Ban ban, BanMatcher matcher) {}

    private final ServerBans stored;
    private final UnaryOperator<String> folding;
    private final Clock clock;

    /** The oldest first. */
    private volatile List<Entry> entries = List.of();

    /** How often {@link #entries} were changed. */
    private int changes;

    /**
     * Without bans, before {@link #load}.
     *
     * @param folding makes names that count as equal equal
     */
    public BanList(ServerBans stored, UnaryOperator<String> folding, Clock clock) {
        this.stored = stored;
        this.folding = folding;
        this.clock = clock;
    }

    /** Reads what is stored; again, if a ban is put or removed meanwhile. Until then, nobody is banned. */
    public CompletionStage<BanList> load() {
        int before = changes();
        return stored.all().thenCompose(all -> replace(all, before) ? CompletableFuture.completedFuture(this) : load());
    }

    private synchronized int changes() {
        return changes;
    }

    private synchronized boolean replace(List<Ban> all, int before) {
        boolean unchanged = changes == before;
        if (unchanged) {
            entries = all.stream().map(this::entry).toList();
        }
        return unchanged;
    }

    private Entry entry(Ban ban) {
        return new Entry(ban, matcher(ban.target()));
    }

    /** Compares users with a target, whether it is banned or not. */
    BanMatcher matcher(BanTarget target) {
        return new BanMatcher(target, folding);
    }

    /** The bans in force, the oldest first. */
    public List<Ban> all() {
        Instant now = clock.instant();
        return entries.stream().map(Entry::ban).filter(ban -> !ban.isOver(now)).toList();
    }

    Optional<Ban> find(BanTarget target) {
        return all().stream().filter(ban -> isSame(ban.target(), target)).findFirst();
    }

    private boolean isSame(BanTarget one, BanTarget other) {
        return one.kind() == other.kind() && folding.apply(one.text()).equals(folding.apply(other.text()));
    }

    /** Why nobody from that address may connect, in one line for them; empty: they may. */
    public Optional<String> refusal(InetAddress address) {
        return entries.isEmpty() ? Optional.empty() : refusal(matcher -> matcher.matches(address));
    }

    /**
     * Why that user may not come in.
     *
     * @param profile with the address
     */
    public Optional<String> refusal(Nick nick, Profile profile) {
        return entries.isEmpty()
                ? Optional.empty()
                : refusal(matcher -> matcher.matches(nick, profile, profile.address()));
    }

    private Optional<String> refusal(Predicate<BanMatcher> matches) {
        Instant now = clock.instant();
        for (Entry each : entries) {
            if (!each.ban.isOver(now) && matches.test(each.matcher)) {
                return Optional.of(each.ban.text(now));
            }
        }
        return Optional.empty();
    }

    /** Stores a ban, in place of the one with the same target; then it is in force. */
    CompletionStage<Void> put(Ban ban) {
        Optional<Ban> before = find(ban.target());
        Ban next = before.map(known -> new Ban(known.target(), ban.reason(), ban.by(), ban.at(), ban.until()))
                .orElse(ban);
        return stored.put(next).thenAccept(done -> {
            change(known -> isSame(known.target(), next.target()), Optional.of(next));
            forgetOver();
        });
    }

    /** Removes a ban; false if there is none. */
    CompletionStage<Boolean> remove(BanTarget target) {
        BanTarget known = find(target).map(Ban::target).orElse(target);
        boolean inForce = find(target).isPresent();
        return stored.remove(known).thenApply(removed -> {
            change(ban -> isSame(ban.target(), known), Optional.empty());
            forgetOver();
            return inForce;
        });
    }

    private synchronized void change(Predicate<Ban> without, Optional<Ban> with) {
        changes++;
        List<Entry> next = new ArrayList<>(
                entries.stream().filter(each -> !without.test(each.ban)).toList());
        with.map(this::entry).ifPresent(next::add);
        next.sort(Comparator.comparing(each -> each.ban.at()));
        entries = List.copyOf(next);
    }

    private void forgetOver() {
        Instant now = clock.instant();
        entries.stream().map(Entry::ban).filter(ban -> ban.isOver(now)).forEach(ban -> {
            change(ban::equals, Optional.empty());
            stored.remove(ban.target());
        });
    }

    /** Ends the connections of those who are banned. */
    public void enforce(UserDirectory users) {
        Instant now = clock.instant();
        all().forEach(ban -> enforce(ban, users, now));
    }

    void enforce(Ban ban, UserDirectory users, Instant now) {
        String reason = ban.text(now);
        BanMatcher matcher = matcher(ban.target());
        for (UserSnapshot each : users.all()) {
            if (matcher.isAbout(each)) {
                List<ConnectionInfo> some = matcher.connections(each);
                if (some.size() == each.connections().size()) {
                    users.disconnect(each.id(), reason);
                } else {
                    some.forEach(connection -> users.disconnect(each.id(), connection.id(), reason));
                }
            }
        }
    }

    /** The users online whom that target is about. */
    List<UserSnapshot> hits(BanTarget target, Iterable<UserSnapshot> users) {
        BanMatcher matcher = matcher(target);
        List<UserSnapshot> hit = new ArrayList<>();
        for (UserSnapshot each : users) {
            if (matcher.isAbout(each)) {
                hit.add(each);
            }
        }
        hit.sort(Comparator.comparing(each -> each.nick().key()));
        return hit;
    }
}
