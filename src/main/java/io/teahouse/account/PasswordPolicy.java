package io.teahouse.account;

import io.teahouse.account.Result.Reason;
import java.util.Optional;

/**
 * Which passwords a user may choose. Pure.
 *
 * @param minLength in characters (Unicode code points)
 */
record PasswordPolicy(int minLength) {
    /** Why that cannot be the password of an account; empty: it can. */
    <T> Optional<Result<T>> objection(String password) {
        if (password.codePointCount(0, password.length()) < minLength) {
            return Optional.of(
                    Result.refused(Reason.WEAK_PASSWORD, "a password has at least " + minLength + " characters"));
        }
        return Passwords.isUsable(password) && !password.isBlank() ? Optional.empty() : Optional.of(unusable());
    }

    /** Nothing of the password can be hashed, or it is too long. */
    static <T> Result<T> unusable() {
        String why = "a password needs visible characters, and at most " + Passwords.MOST_CHARACTERS + " in all";
        return Result.refused(Reason.BAD_PASSWORD, why);
    }
}
