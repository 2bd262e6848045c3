package io.teahouse.account;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Port: stores the tokens of accounts. All tokens of an account are deleted when its password is replaced or reset, and when it is
 * deleted ({@link AccountStore}). Thread-safe; every method returns at once. A failed stage means that the store could not
 * be asked, or that it is unknown whether a change was made.
 */
public interface LoginTokens {
    /**
     * Stores a token, and deletes those of its account that were used least recently, so that {@code most} are left, and all that
     * were last used before {@code unused}.
     *
     * @return the token with a number that no other token of the account has or had; empty: there is no such account
     */
    CompletionStage<Optional<LoginToken>> add(LoginToken token, int most, Instant unused);

    /** The token with that {@link LoginToken#id}. */
    CompletionStage<Optional<LoginToken>> find(String id);

    /** The tokens of an account, by number. */
    CompletionStage<List<LoginToken>> findByAccount(String account);

    /** Stores when a token was used. False: there is no such token. */
    CompletionStage<Boolean> recordUse(String id, Instant at);

    /** Deletes all tokens of an account; returns how many there were. */
    CompletionStage<Integer> removeAll(String account);

    /** Deletes a token; returns what it was. Empty: there is no such token. */
    CompletionStage<Optional<LoginToken>> remove(String account, int number);
}
