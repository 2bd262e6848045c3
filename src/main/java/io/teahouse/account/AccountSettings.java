package io.teahouse.account;

import java.time.Duration;

/**
 * How a server treats accounts. Its {@code reference.conf} explains each value under {@code teahouse.accounts}.
 *
 * @param enabled false: there are no accounts
 * @param registration who may register an account, and how
 * @param passwords what a password must be
 * @param hashing how passwords are hashed
 * @param tokens how devices stay logged in
 * @param attempts how often something may be tried
 * @param storeTimeout how long the store may take to answer
 */
public record AccountSettings(
        boolean enabled,
        RegistrationRules registration,
        PasswordRules passwords,
        PasswordHashing hashing,
        Tokens tokens,
        Attempts attempts,
        Duration storeTimeout) {

    /**
     * Who may register an account, and how.
     *
     * @param enabled whether everybody can
     * @param beforeConnect whether they can before their connection is registered
     * @param emailRequired whether they must give an address; it is stored, and nothing is sent to it
     * @param customNames whether the account may have another name than the user's nick
     * @param formerNames how long the former name of a renamed account is reserved
     */
    public record RegistrationRules(
            boolean enabled, boolean beforeConnect, boolean emailRequired, boolean customNames, Duration formerNames) {}

    /**
     * What a password must be.
     *
     * @param minLength in characters
     * @param resetValid how long a reset code is valid
     */
    public record PasswordRules(int minLength, Duration resetValid) {}

    /**
     * How passwords are hashed.
     *
     * @param scramIterations of a new SCRAM verifier; 0: passwords are hashed by Argon2id, and SCRAM is not offered
     * @param memoryKib memory for a new hash by Argon2id, in KiB
     * @param threads how many passwords are hashed at a time
     * @param queue how many more may wait
     * @param queuePerAddress how many of them may come from one address
     */
    public record PasswordHashing(int scramIterations, int memoryKib, int threads, int queue, int queuePerAddress) {}

    /**
     * How devices stay logged in without the password.
     *
     * @param perAccount how many tokens an account may have; 0: there are none
     * @param valid how long a token is valid after it was last used
     */
    public record Tokens(int perAccount, Duration valid) {}

    /**
     * How often something may be tried.
     *
     * @param failures wrong passwords, per address
     * @param logins all passwords, per address
     * @param accountFailures wrong passwords, per account
     * @param registrations new accounts, per address
     * @param knownNetworks how many networks of successful logins are stored per account; these are counted separately
     */
    public record Attempts(Pace failures, Pace logins, Pace accountFailures, Pace registrations, int knownNetworks) {}

    /**
     * A rate.
     *
     * @param burst how many at once
     * @param perMinute how many after that; above 0
     */
    public record Pace(int burst, double perMinute) {}

    /** The same with other rules for registration. */
    public AccountSettings withRegistration(RegistrationRules newRegistration) {
        return new AccountSettings(enabled, newRegistration, passwords, hashing, tokens, attempts, storeTimeout);
    }

    /** The same with other hashing. */
    public AccountSettings withHashing(PasswordHashing newHashing) {
        return new AccountSettings(enabled, registration, passwords, newHashing, tokens, attempts, storeTimeout);
    }

    /** The same with other rates. */
    public AccountSettings withAttempts(Attempts newAttempts) {
        return new AccountSettings(enabled, registration, passwords, hashing, tokens, newAttempts, storeTimeout);
    }

    /** The same with other tokens. */
    public AccountSettings withTokens(Tokens newTokens) {
        return new AccountSettings(enabled, registration, passwords, hashing, newTokens, attempts, storeTimeout);
    }

    /** Whether devices can stay logged in by tokens. */
    public boolean offersTokens() {
        return enabled && tokens.perAccount() > 0;
    }

    /** Whether SCRAM is offered. */
    public boolean scram() {
        return enabled && hashing.scramIterations() > 0;
    }

    /** Whether users can register accounts. */
    public boolean registrable() {
        return enabled && registration.enabled();
    }
}
