package io.teahouse.account;

import io.teahouse.room.Nick;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Port: where accounts are kept. Every method returns at once and may be called from any thread. A stage that fails means
 * that the store could not be asked, or that it is not known what became of a change.
 */
public interface AccountStore {
    /** Whose folded name that is. */
    CompletionStage<Optional<Account>> find(String key);

    /** Another account whose name the given one can be mistaken for ({@link io.teahouse.room.Names#mayNotCoexist}). */
    CompletionStage<Optional<Account>> findLookAlike(Nick name);

    /**
     * Keeps the account unless there is one of that folded name, or of one that it can be mistaken for; of several at once,
     * one is {@link Created#CREATED}.
     */
    CompletionStage<Created> create(Account account);

    /**
     * Sets a password; a code that stood in for one is gone. False, and nothing is changed: there is no such account, or its
     * credentials are not {@code from} any more.
     */
    CompletionStage<Boolean> replaceCredentials(String key, Credentials from, Credentials to);

    /** Somebody logs in with the reset code. False: there is none, or it was used before. */
    CompletionStage<Boolean> useReset(String key);

    /** Keeps a network as the latest of an account, and of them all {@code most}. Nothing, if there is no such account. */
    CompletionStage<Boolean> noteNetwork(String key, String network, int most);

    /** False: there is no such account. */
    CompletionStage<Boolean> delete(String key);

    /**
     * Something that nobody outside can guess: {@link #SECRET_BYTES} random bytes, made by the first who asks and the same
     * ever after, for everybody who has this store.
     */
    CompletionStage<byte[]> secret();

    /** How long {@link #secret} is. */
    int SECRET_BYTES = 32;

    /** What became of an account that was to be kept. */
    enum Created {
        CREATED,
        /** There is one of that name already; it is as it was. */
        EXISTS
    }
}
