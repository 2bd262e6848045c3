package io.teahouse.account;

import io.teahouse.account.AccountSettings.Pace;
import io.teahouse.room.Names;
import io.teahouse.room.Nick;
import java.time.Duration;
import java.util.Optional;

/** Settings for tests: cheap hashing, and limits that allow many attempts. */
public final class SomeSettings {
    private static final Pace OFTEN = new Pace(1000, 1000);

    private SomeSettings() {}

    /** Passwords are stored as SCRAM verifiers, and nothing is required. */
    public static AccountSettings scram() {
        return with(true, 4096, OFTEN, OFTEN, OFTEN);
    }

    /** Passwords are hashed by Argon2id. */
    public static AccountSettings argon2() {
        return with(true, 0, OFTEN, OFTEN, OFTEN);
    }

    /** Accounts are disabled. */
    public static AccountSettings off() {
        return with(false, 4096, OFTEN, OFTEN, OFTEN);
    }

    static AccountSettings paced(Pace failures, Pace accountFailures, Pace registrations) {
        return with(true, 4096, failures, accountFailures, registrations);
    }

    /** Accounts in memory. Names are folded by the JDK. */
    public static Accounts accounts(AccountSettings settings) {
        return new Accounts(settings, new MemoryAccountStore(), Names.PLAIN, SomeSettings::nick);
    }

    /** Empty if no user can have that name. */
    private static Optional<Nick> nick(String name) {
        try {
            return Optional.of(Nick.of(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static AccountSettings with(
            boolean enabled, int scramIterations, Pace failures, Pace accountFailures, Pace registrations) {
        return new AccountSettings(
                enabled,
                new AccountSettings.RegistrationRules(true, true, false, false, Duration.ofDays(1)),
                new AccountSettings.PasswordRules(4, Duration.ofHours(1)),
                new AccountSettings.PasswordHashing(scramIterations, 64, 1, 4, 4),
                new AccountSettings.Tokens(3, Duration.ofDays(30)),
                new AccountSettings.Attempts(failures, OFTEN, accountFailures, registrations, 4),
                Duration.ofMillis(200));
    }

    static AccountSettings withEmail() {
        return scram().withRegistration(
                        new AccountSettings.RegistrationRules(true, true, true, false, Duration.ofDays(1)));
    }

    static AccountSettings withLogins(Pace logins) {
        return scram().withAttempts(new AccountSettings.Attempts(OFTEN, logins, OFTEN, OFTEN, 4));
    }
}
