package io.teahouse.account;

import io.teahouse.room.Names;
import io.teahouse.room.Nick;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** A store that a test can make fail or hang. */
public final class ScriptedAccountStore implements AccountStore {
    /** What the store does with a request. */
    public enum Mood {
        ANSWERS,
        FAILS,
        THROWS,
        HANGS
    }

    private final AccountStore store;
    private final AtomicInteger secrets = new AtomicInteger();
    private final AtomicInteger finds = new AtomicInteger();
    private volatile Mood mood = Mood.ANSWERS;

    /** No two names look alike in it. */
    public ScriptedAccountStore() {
        this(Names.PLAIN);
    }

    public ScriptedAccountStore(Names names) {
        store = new MemoryAccountStore(names);
    }

    public void now(Mood to) {
        mood = to;
    }

    /** The number of requests for the secret. */
    int secrets() {
        return secrets.get();
    }

    /** The number of account look-ups. */
    public int finds() {
        return finds.get();
    }

    private <T> CompletionStage<T> answer(CompletionStage<T> answer) {
        return switch (mood) {
            case ANSWERS -> answer;
            case FAILS -> CompletableFuture.failedFuture(new IllegalStateException("away"));
            case THROWS -> throw new IllegalStateException("away");
            case HANGS -> new CompletableFuture<>();
        };
    }

    @Override
    public CompletionStage<Optional<Account>> find(String key) {
        finds.incrementAndGet();
        return answer(store.find(key));
    }

    @Override
    public CompletionStage<Optional<Account>> findLookAlike(Nick name) {
        return answer(store.findLookAlike(name));
    }

    @Override
    public CompletionStage<Created> create(Account account) {
        return answer(store.create(account));
    }

    @Override
    public CompletionStage<Boolean> replaceCredentials(String key, Credentials from, Credentials to) {
        return answer(store.replaceCredentials(key, from, to));
    }

    @Override
    public CompletionStage<Boolean> renewCredentials(String key, Credentials from, Credentials to) {
        return answer(store.renewCredentials(key, from, to));
    }

    /** Its moods are those of the accounts. */
    @Override
    public LoginTokens tokens() {
        LoginTokens tokens = store.tokens();
        return new LoginTokens() {
            @Override
            public CompletionStage<Integer> removeAll(String account) {
                return answer(store.tokens().removeAll(account));
            }

            @Override
            public CompletionStage<Optional<LoginToken>> add(LoginToken token, int most, Instant unused) {
                return answer(tokens.add(token, most, unused));
            }

            @Override
            public CompletionStage<Optional<LoginToken>> find(String id) {
                return answer(tokens.find(id));
            }

            @Override
            public CompletionStage<List<LoginToken>> findByAccount(String account) {
                return answer(tokens.findByAccount(account));
            }

            @Override
            public CompletionStage<Boolean> recordUse(String id, Instant at) {
                return answer(tokens.recordUse(id, at));
            }

            @Override
            public CompletionStage<Optional<LoginToken>> remove(String account, int number) {
                return answer(tokens.remove(account, number));
            }
        };
    }

    @Override
    public CompletionStage<Boolean> useReset(String key) {
        return answer(store.useReset(key));
    }

    @Override
    public CompletionStage<Boolean> noteNetwork(String key, String network, int most) {
        return answer(store.noteNetwork(key, network, most));
    }

    @Override
    public CompletionStage<Boolean> delete(String key) {
        return answer(store.delete(key));
    }

    @Override
    public CompletionStage<byte[]> secret() {
        secrets.incrementAndGet();
        return answer(store.secret());
    }

    @Override
    public CompletionStage<List<Account>> list(String pattern, String after, int most) {
        return answer(store.list(pattern, after, most));
    }

    @Override
    public CompletionStage<Boolean> reset(String key, Credentials code, Instant until) {
        return answer(store.reset(key, code, until));
    }

    @Override
    public CompletionStage<Boolean> suspend(String key, Optional<Suspension> to) {
        return answer(store.suspend(key, to));
    }

    @Override
    public CompletionStage<Renamed> rename(String key, Nick to, Instant reserved) {
        return answer(store.rename(key, to, reserved));
    }
}
