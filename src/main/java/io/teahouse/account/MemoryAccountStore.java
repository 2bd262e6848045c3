package io.teahouse.account;

import io.teahouse.room.Names;
import io.teahouse.room.Nick;
import io.teahouse.room.support.Glob;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Accounts in memory, lost when the server ends. Thread-safe; every stage is complete. */
public final class MemoryAccountStore implements AccountStore {
    private final ConcurrentMap<String, Account> accounts = new ConcurrentHashMap<>();
    private final MemoryLoginTokens tokens = new MemoryLoginTokens(accounts::containsKey);
    private final Names names;

    /** Names that accounts had before, and until when nobody else may have them; by their keys. */
    private final Map<String, Former> former = new HashMap<>();

    private record Former(String account, Instant reserved) {}

    private byte @Nullable [] secret;

    /** No two names look alike. */
    public MemoryAccountStore() {
        this(Names.PLAIN);
    }

    /** @param names tells which names look alike */
    public MemoryAccountStore(Names names) {
        this.names = names;
    }

    @Override
    public CompletionStage<Optional<Account>> find(String key) {
        return CompletableFuture.completedFuture(Optional.ofNullable(accounts.get(key)));
    }

    @Override
    public CompletionStage<List<Account>> list(String pattern, String after, int most) {
        Predicate<String> fits = Glob.of(pattern, UnaryOperator.identity())::fits;
        return CompletableFuture.completedFuture(accounts.values().stream()
                .filter(account -> account.key().compareTo(after) > 0 && fits.test(account.key()))
                .sorted(Comparator.comparing(Account::key))
                .limit(most)
                .toList());
    }

    @Override
    public synchronized CompletionStage<Optional<Account>> findLookAlike(Nick name) {
        return CompletableFuture.completedFuture(reserved(name).or(() -> lookAlike(name)));
    }

    private Optional<Account> reserved(Nick name) {
        return Optional.ofNullable(former.get(name.key()))
                .filter(each -> Instant.now().isBefore(each.reserved))
                .map(each -> accounts.get(each.account));
    }

    /** Compares with all accounts, unless all names are plain. */
    private Optional<Account> lookAlike(Nick name) {
        List<Account> others = accounts.values().stream()
                .filter(other -> Names.mayNotCoexist(name.key(), other.key()))
                .toList();
        if (others.isEmpty()) {
            return Optional.empty();
        }
        Names.Looks looks = names.looks(name.text(), name.key());
        return others.stream()
                .filter(other -> looks.resemble(names.looks(other.name().text(), other.key())))
                .findFirst();
    }

    @Override
    public synchronized CompletionStage<Created> create(Account account) {
        if (reserved(account.name()).or(() -> lookAlike(account.name())).isPresent()) {
            return CompletableFuture.completedFuture(Created.EXISTS);
        }
        boolean fresh = accounts.putIfAbsent(account.key(), account) == null;
        return CompletableFuture.completedFuture(fresh ? Created.CREATED : Created.EXISTS);
    }

    @Override
    public CompletionStage<Boolean> replaceCredentials(String key, Credentials from, Credentials to) {
        return renewCredentials(key, from, to).thenApply(replaced -> {
            if (replaced) {
                tokens.removeAll(key);
            }
            return replaced;
        });
    }

    @Override
    public CompletionStage<Boolean> renewCredentials(String key, Credentials from, Credentials to) {
        return change(
                key, account -> account.credentials().equals(from) ? Optional.of(account.with(to)) : Optional.empty());
    }

    @Override
    public CompletionStage<Boolean> reset(String key, Credentials code, Instant until) {
        tokens.removeAll(key);
        return change(key, account -> Optional.of(account.with(code).withReset(new Account.Reset(until, false))));
    }

    @Override
    public CompletionStage<Boolean> suspend(String key, Optional<Suspension> to) {
        return change(key, account -> Optional.of(account.with(to)));
    }

    @Override
    public synchronized CompletionStage<Renamed> rename(String key, Nick to, Instant reserved) {
        Account account = accounts.get(key);
        if (account == null) {
            return CompletableFuture.completedFuture(Renamed.NO_SUCH_ACCOUNT);
        } else if (reserved(to)
                .or(() -> Optional.ofNullable(accounts.get(to.key())))
                .or(() -> lookAlike(to))
                .filter(other -> !other.key().equals(key))
                .isPresent()) {
            return CompletableFuture.completedFuture(Renamed.EXISTS);
        }
        accounts.remove(key);
        accounts.put(to.key(), account.withName(to));
        tokens.rename(key, to.key());
        former.replaceAll((any, each) -> each.account.equals(key) ? new Former(to.key(), each.reserved) : each);
        former.remove(to.key());
        if (!key.equals(to.key())) {
            former.put(key, new Former(to.key(), reserved));
        }
        return CompletableFuture.completedFuture(Renamed.RENAMED);
    }

    @Override
    public CompletionStage<Boolean> useReset(String key) {
        return change(
                key,
                account -> account.reset()
                        .filter(reset -> !reset.used())
                        .map(reset -> account.withReset(new Account.Reset(reset.until(), true))));
    }

    @Override
    public CompletionStage<Boolean> noteNetwork(String key, String network, int most) {
        return change(
                key,
                account -> Optional.of(account.withNetworks(KnownNetworks.with(account.networks(), network, most))));
    }

    /** @param to the changed account; empty: it stays as it is */
    private CompletionStage<Boolean> change(String key, Function<Account, Optional<Account>> to) {
        boolean[] changed = {false};
        accounts.computeIfPresent(key, (any, account) -> {
            Optional<Account> other = to.apply(account);
            changed[0] = other.isPresent();
            return other.orElse(account);
        });
        return CompletableFuture.completedFuture(changed[0]);
    }

    @Override
    public CompletionStage<Boolean> delete(String key) {
        boolean deleted = accounts.remove(key) != null;
        synchronized (this) {
            former.values().removeIf(each -> each.account.equals(key));
        }
        tokens.removeAll(key);
        return CompletableFuture.completedFuture(deleted);
    }

    @Override
    public LoginTokens tokens() {
        return tokens;
    }

    /** Created when it is needed: the first random bytes of a process take a while. */
    @Override
    public synchronized CompletionStage<byte[]> secret() {
        if (secret == null) {
            secret = new byte[SECRET_BYTES];
            new SecureRandom().nextBytes(secret);
        }
        return CompletableFuture.completedFuture(secret.clone());
    }
}
