package io.teahouse.account;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** Accounts in memory, gone when the server ends. Answers at once. */
public final class MemoryAccountStore implements AccountStore {
    private final ConcurrentMap<String, Account> accounts = new ConcurrentHashMap<>();
    private byte @Nullable [] secret;

    @Override
    public CompletionStage<Optional<Account>> find(String key) {
        return CompletableFuture.completedFuture(Optional.ofNullable(accounts.get(key)));
    }

    @Override
    public CompletionStage<Created> create(Account account) {
        boolean fresh = accounts.putIfAbsent(account.key(), account) == null;
        return CompletableFuture.completedFuture(fresh ? Created.CREATED : Created.EXISTS);
    }

    @Override
    public CompletionStage<Boolean> replaceCredentials(String key, Credentials to) {
        Account replaced = accounts.computeIfPresent(key, (any, account) -> account.with(to));
        return CompletableFuture.completedFuture(replaced != null);
    }

    @Override
    public CompletionStage<Boolean> delete(String key) {
        return CompletableFuture.completedFuture(accounts.remove(key) != null);
    }

    /** Made when it is needed: the first random bytes of a process take a while. */
    @Override
    public synchronized CompletionStage<byte[]> secret() {
        if (secret == null) {
            secret = new byte[SECRET_BYTES];
            new SecureRandom().nextBytes(secret);
        }
        return CompletableFuture.completedFuture(secret.clone());
    }
}
