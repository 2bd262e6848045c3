package io.teahouse.account;

import java.util.function.Consumer;
import java.util.function.Function;

/** What came of asking for something: it is done, or refused for a reason. */
public sealed interface Result<T> {
    /** It is done; this came of it. */
    record Done<T>(T value) implements Result<T> {}

    /**
     * It is not done.
     *
     * @param why one line for a person, without his name and without what he typed
     */
    record Refused<T>(Reason reason, String why) implements Result<T> {}

    /** Why something is refused. */
    enum Reason {
        /** There are no accounts on this server, or they cannot be registered. */
        OFF,
        /** No such account, or not its password: nobody is told which. */
        WRONG,
        /** Too many attempts failed, of this account or from this address. */
        THROTTLED,
        /** Too many are logging in just now. */
        BUSY,
        /** The store does not answer. */
        AWAY,
        /** Nobody can be called so. */
        BAD_NAME,
        /** The account must be called as who registers it. */
        NOT_NICK,
        /** Somebody has that name. */
        EXISTS,
        WEAK_PASSWORD,
        BAD_PASSWORD,
        BAD_EMAIL
    }

    static <T> Result<T> refused(Reason reason, String why) {
        return new Refused<>(reason, why);
    }

    default void handle(Consumer<? super T> done, Consumer<Refused<T>> refused) {
        if (this instanceof Done<T> it) {
            done.accept(it.value);
        } else if (this instanceof Refused<T> it) {
            refused.accept(it);
        }
    }

    default <R> Result<R> map(Function<? super T, R> to) {
        if (this instanceof Done<T> done) {
            return new Done<>(to.apply(done.value));
        }
        Refused<T> refused = (Refused<T>) this;
        return new Refused<>(refused.reason, refused.why);
    }
}
