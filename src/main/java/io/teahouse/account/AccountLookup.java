package io.teahouse.account;

import io.teahouse.room.Names;
import io.teahouse.room.Nick;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds accounts in the store, and remembers which there are for the time when the store is away. Thread-safe. */
final class AccountLookup {
    /** The key of a name that no user can have: no account has it. */
    private static final String NOBODY = "";

    private final AccountStore store;
    private final Function<String, Optional<Nick>> nicks;
    private final int knownNetworks;
    private final KnownAccounts known;
    private volatile byte @Nullable [] secret;

    /**
     * @param nicks checks and folds a name; empty: no user can have it
     * @param knownNetworks how many networks an account keeps
     */
    AccountLookup(AccountStore store, Names names, Function<String, Optional<Nick>> nicks, int knownNetworks) {
        this.store = store;
        this.nicks = nicks;
        this.knownNetworks = knownNetworks;
        this.known = new KnownAccounts(names);
    }

    /** @param typed any text; an invalid name is that of no account */
    CompletionStage<FoundAccount> find(String typed) {
        return find(nicks.apply(typed).map(Nick::key));
    }

    CompletionStage<FoundAccount> find(Nick name) {
        return find(Optional.of(name.key()));
    }

    private CompletionStage<FoundAccount> find(Optional<String> valid) {
        return findKey(valid.orElse(NOBODY));
    }

    /** The folded form of what somebody typed as the name of an account. */
    Optional<String> key(String typed) {
        return nicks.apply(typed).map(Nick::key);
    }

    /** @param key the folded name of an account */
    CompletionStage<FoundAccount> findKey(String key) {
        return findByKey(key)
                .thenCombine(secret(), (account, secret) -> new FoundAccount(key, account, secret, knownNetworks));
    }

    private CompletionStage<Optional<Account>> findByKey(String key) {
        return store.find(key).thenApply(found -> {
            known.note(key, found);
            return found;
        });
    }

    CompletionStage<Optional<Account>> findLookAlike(Nick name) {
        return store.findLookAlike(name).thenApply(found -> {
            found.ifPresent(this::registered);
            return found;
        });
    }

    /** The account of that name, or one whose name looks like it. */
    CompletionStage<Optional<Account>> findOwner(Nick name) {
        return findByKey(name.key())
                .thenCompose(
                        found -> found.isPresent() ? CompletableFuture.completedFuture(found) : findLookAlike(name));
    }

    /** {@link #findOwner} among the accounts that were found or registered lately; the store is not asked. */
    Optional<Nick> knownOwner(Nick name) {
        return known.findOwner(name);
    }

    /** There is an account of that name. */
    void registered(Account account) {
        known.note(account.key(), Optional.of(account));
    }

    void renamed(Account account, Nick to) {
        known.note(account.key(), Optional.empty());
        registered(account.withName(to));
    }

    /** The store is asked until it has answered once. */
    private CompletionStage<byte[]> secret() {
        byte[] told = secret;
        return told != null
                ? CompletableFuture.completedFuture(told)
                : store.secret().thenApply(answer -> {
                    secret = answer;
                    return answer;
                });
    }
}
