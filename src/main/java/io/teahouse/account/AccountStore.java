package io.teahouse.account;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Port: where accounts are kept. Every method returns at once and may be called from any thread. A stage that fails means
 * that the store could not be asked, or that it is not known what became of a change.
 */
public interface AccountStore {
    /** Whose folded name that is. */
    CompletionStage<Optional<Account>> find(String key);

    /** Keeps the account unless there is one of that folded name; of several at once, one is {@link Created#CREATED}. */
    CompletionStage<Created> create(Account account);

    /** False: there is no such account. */
    CompletionStage<Boolean> replaceCredentials(String key, Credentials to);

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
