package io.teahouse.account;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A store that a test can take away: then every answer fails, or never comes. */
public final class ScriptedAccountStore implements AccountStore {
    /** What the store does when it is asked. */
    public enum Mood {
        ANSWERS,
        FAILS,
        THROWS,
        HANGS
    }

    private final AccountStore store = new MemoryAccountStore();
    private volatile Mood mood = Mood.ANSWERS;

    public void now(Mood to) {
        mood = to;
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
        return answer(store.find(key));
    }

    @Override
    public CompletionStage<Created> create(Account account) {
        return answer(store.create(account));
    }

    @Override
    public CompletionStage<Boolean> replaceCredentials(String key, Credentials to) {
        return answer(store.replaceCredentials(key, to));
    }

    @Override
    public CompletionStage<Boolean> delete(String key) {
        return answer(store.delete(key));
    }

    @Override
    public CompletionStage<byte[]> secret() {
        return answer(store.secret());
    }
}
