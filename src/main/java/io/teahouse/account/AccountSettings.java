package io.teahouse.account;

import java.time.Duration;

/**
 * What a server does about accounts.
 *
 * @param enabled false: there are none
 * @param registration whether they can be registered by everybody
 * @param beforeConnect whether that may be done before one has entered
 * @param emailRequired whether an address must be given; it is kept, and nothing is sent to it
 * @param customNames whether the account may have another name than the nick of who registers it
 * @param scramIterations of a new SCRAM verifier; 0: passwords are hashed by Argon2id, and SCRAM is not offered
 * @param hashMemoryKib of a new hash by Argon2id, in KiB
 * @param minPasswordLength in characters
 * @param hashingThreads how many passwords are hashed at a time
 * @param hashingQueue how many more may wait for it
 * @param hashingQueuePerAddress how many of them may be of one address
 * @param failures how often a password may be wrong, per address
 * @param logins how often a password may be tried at all, per address
 * @param accountFailures how often a password may be wrong, per account
 * @param knownNetworks how many networks of successful logins are stored, per account
 * @param registrations how many accounts may be registered, per address
 * @param resetValid how long a reset code is valid
 * @param storeTimeout how long the store may take to answer
 */
public record AccountSettings(
        boolean enabled,
        boolean registration,
        boolean beforeConnect,
        boolean emailRequired,
        boolean customNames,
        int scramIterations,
        int hashMemoryKib,
        int minPasswordLength,
        int hashingThreads,
        int hashingQueue,
        int hashingQueuePerAddress,
        Pace failures,
        Pace logins,
        Pace accountFailures,
        int knownNetworks,
        Pace registrations,
        Duration resetValid,
        Duration storeTimeout) {
    /**
     * How often something may be tried.
     *
     * @param burst at once
     * @param perMinute after that; above 0
     */
    public record Pace(int burst, double perMinute) {}

    /** Whether SCRAM is offered. */
    public boolean scram() {
        return enabled && scramIterations > 0;
    }

    /** Whether everybody can register an account. */
    public boolean registrable() {
        return enabled && registration;
    }
}
