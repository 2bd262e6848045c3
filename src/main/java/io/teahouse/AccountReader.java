package io.teahouse;

import io.teahouse.account.AccountSettings;
import java.time.Duration;

/** Reads what the server does about accounts. */
final class AccountReader {
    private static final int MANY = 10_000_000;
    private static final Duration LONG = Duration.ofDays(365);

    private AccountReader() {}

    static AccountSettings read(SettingsReader read) {
        return new AccountSettings(
                read.onOff("accounts.enabled"),
                read.onOff("accounts.registration"),
                read.onOff("accounts.registration-before-connect"),
                read.onOff("accounts.email-required"),
                read.onOff("accounts.custom-names"),
                read.number("accounts.scram-iterations", 0, MANY),
                read.number("accounts.hash-memory-kib", 8, 1 << 22),
                read.number("accounts.min-password-length", 1, 100),
                read.number("accounts.hashing-threads", 1, 256),
                read.number("accounts.hashing-queue", 1, MANY),
                pace(read, "accounts.failures"),
                pace(read, "accounts.account-failures"),
                pace(read, "accounts.registrations"),
                read.time("store.timeout", Duration.ofMillis(10), LONG));
    }

    private static AccountSettings.Pace pace(SettingsReader read, String path) {
        return new AccountSettings.Pace(
                read.number(path + "-burst", 1, MANY), read.fraction(path + "-per-minute", 0.01, MANY));
    }
}
