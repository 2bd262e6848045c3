package io.teahouse.account;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** Tokens in memory, lost when the server ends. Thread-safe; every stage is complete. */
final class MemoryLoginTokens implements LoginTokens {
    private final Map<String, LoginToken> tokens = new HashMap<>();

    /** By account. */
    private final Map<String, Integer> lastNumbers = new HashMap<>();

    private final Predicate<String> isAccount;

    /** @param isAccount whether there is an account with that key */
    MemoryLoginTokens(Predicate<String> isAccount) {
        this.isAccount = isAccount;
    }

    @Override
    public synchronized CompletionStage<Optional<LoginToken>> add(LoginToken token, int most, Instant unused) {
        tokens.values().removeIf(each -> each.used().isBefore(unused));
        if (!isAccount.test(token.account())) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        List<LoginToken> others = of(token.account());
        others.stream()
                .sorted(Comparator.comparing(LoginToken::used).thenComparing(LoginToken::number))
                .limit(Math.max(0, others.size() + 1 - most))
                .forEach(each -> tokens.remove(each.id()));
        LoginToken stored = token.withNumber(lastNumbers.merge(token.account(), 1, Integer::sum));
        tokens.put(stored.id(), stored);
        return CompletableFuture.completedFuture(Optional.of(stored));
    }

    private List<LoginToken> of(String account) {
        return tokens.values().stream()
                .filter(each -> each.account().equals(account))
                .sorted(Comparator.comparing(LoginToken::number))
                .toList();
    }

    @Override
    public synchronized CompletionStage<Optional<LoginToken>> find(String id) {
        return CompletableFuture.completedFuture(Optional.ofNullable(tokens.get(id)));
    }

    @Override
    public synchronized CompletionStage<List<LoginToken>> findByAccount(String account) {
        return CompletableFuture.completedFuture(of(account));
    }

    @Override
    public synchronized CompletionStage<Boolean> recordUse(String id, Instant at) {
        return CompletableFuture.completedFuture(
                tokens.computeIfPresent(id, (any, token) -> token.withUsed(at)) != null);
    }

    @Override
    public synchronized CompletionStage<Optional<LoginToken>> remove(String account, int number) {
        Optional<LoginToken> found =
                of(account).stream().filter(each -> each.number() == number).findFirst();
        found.ifPresent(token -> tokens.remove(token.id()));
        return CompletableFuture.completedFuture(found);
    }

    @Override
    public synchronized CompletionStage<Integer> removeAll(String account) {
        int before = tokens.size();
        tokens.values().removeIf(each -> each.account().equals(account));
        return CompletableFuture.completedFuture(before - tokens.size());
    }

    /** The account has another key. */
    synchronized void rename(String from, String to) {
        tokens.replaceAll((id, token) -> token.account().equals(from) ? token.withAccount(to) : token);
        Optional.ofNullable(lastNumbers.remove(from)).ifPresent(last -> lastNumbers.put(to, last));
    }
}
