package io.teahouse.account;

import java.util.function.Consumer;
import java.util.function.Function;

/** The outcome of a request: done, or refused for a reason. */
public sealed interface Result<T> {
    /** The request was carried out. */
    record Done<T>(T value) implements Result<T> {}

    /**
     * The request was refused.
     *
     * @param why one line for the user, without their name and without what they typed
     */
    record Refused<T>(Reason reason, String why) implements Result<T> {}

    /** Why a request is refused. */
    enum Reason {
        /** This server has no accounts, or they cannot be registered. */
        OFF,
        /** There is no such account, or the password is wrong: a client is not told which. */
        WRONG,
        /** An operator of the server has suspended the account. Only its owner is told, after they have shown that it is theirs. */
        SUSPENDED,
        /** Too many attempts have failed, for this account or from this address. */
        THROTTLED,
        /** Too many clients are logging in just now. */
        BUSY,
        /** The store does not answer. */
        AWAY,
        /** No user can have that name. */
        BAD_NAME,
        /** The name of the account must be the client's nick. */
        NOT_NICK,
        /** The name is taken, or looks like one that is. */
        EXISTS,
        /** The password is too short, or the same as the old one. */
        WEAK_PASSWORD,
        /** The password cannot be hashed, or is too long. */
        BAD_PASSWORD,
        BAD_EMAIL,
        /** There is no such account; only operators of the server are told. */
        NO_SUCH_ACCOUNT
    }

    static <T> Result<T> refused(Reason reason, String why) {
        return new Refused<>(reason, why);
    }

    /** The store does not answer. */
    static <T> Result<T> unavailable() {
        return refused(Reason.AWAY, "accounts are not available just now: try again later");
    }

    /** Whether it was refused because the store does not answer. */
    default boolean isUnavailable() {
        return this instanceof Refused<T> refused && refused.reason == Reason.AWAY;
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
