package io.teahouse;

import io.teahouse.account.AccountSettings;
import java.time.Duration;

/** Reads the settings of accounts. */
final class AccountReader {
    private static final int MANY = 10_000_000;
    private static final int MOST_ITERATIONS = 5_000_000;
    private static final Duration LONG = Duration.ofDays(365);
    private static final Duration MOST_VALID = Duration.ofDays(3650);

    private AccountReader() {}

    static AccountSettings read(SettingsReader read) {
        return new AccountSettings(
                read.onOff("accounts.enabled"),
                new AccountSettings.RegistrationRules(
                        read.onOff("accounts.registration"),
                        read.onOff("accounts.registration-before-connect"),
                        read.onOff("accounts.email-required"),
                        read.onOff("accounts.custom-names"),
                        read.time("accounts.former-names", Duration.ZERO, MOST_VALID)),
                new AccountSettings.PasswordRules(
                        read.number("accounts.min-password-length", 1, 100),
                        read.time("accounts.reset-valid", Duration.ofMinutes(1), LONG)),
                new AccountSettings.PasswordHashing(
                        read.number("accounts.scram-iterations", 0, MOST_ITERATIONS),
                        read.number("accounts.hash-memory-kib", 8, 1 << 20),
                        threads(read.number("accounts.hashing-threads", 0, 256)),
                        read.number("accounts.hashing-queue", 1, MANY),
                        read.number("accounts.hashing-queue-per-address", 1, MANY)),
                new AccountSettings.Tokens(
                        read.number("accounts.tokens.per-account", 0, 1000),
                        read.time("accounts.tokens.valid", Duration.ofMinutes(1), MOST_VALID)),
                new AccountSettings.Attempts(
                        pace(read, "accounts.failures"),
                        pace(read, "accounts.logins"),
                        pace(read, "accounts.account-failures"),
                        pace(read, "accounts.registrations"),
                        read.number("accounts.known-networks", 0, 1000)),
                SharedSettings.storeTimeout(read));
    }

    /** At most half of the cores: the other half is for rooms and connections. */
    private static int threads(int set) {
        return set > 0 ? set : Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }

    static AccountSettings.Pace pace(SettingsReader read, String path) {
        return new AccountSettings.Pace(
                read.number(path + "-burst", 1, MANY), read.fraction(path + "-per-minute", 0.01, MANY));
    }
}
