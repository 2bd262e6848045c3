package io.teahouse;

import io.teahouse.client.ClientSettings;
import io.teahouse.client.FloodGuard;
import io.teahouse.user.UserSettings;
import java.time.Duration;

/** Reads the limits of one client. */
final class ClientReader {
    private static final Duration LONG = Duration.ofDays(365);
    private static final int HUGE = 1 << 30;
    private static final int MANY = 10_000_000;

    /** The value of {@code auto}, as in other IRC servers. */
    private static final Duration IDLE_TIMEOUT = Duration.ofMinutes(4);

    private ClientReader() {}

    static ClientSettings read(SettingsReader read) {
        return new ClientSettings(
                read.time("limits.name-timeout", Duration.ofMillis(100), LONG),
                SharedSettings.idleTimeout(read, IDLE_TIMEOUT),
                read.number("limits.messages-under-way", 1, MANY),
                SharedSettings.storeTimeout(read).multipliedBy(2),
                new FloodGuard.Rules(
                        read.onOff("flood.enabled"),
                        read.number("flood.burst", 1, MANY),
                        read.fraction("flood.per-second", 0.01, MANY),
                        read.bytes("flood.queue-bytes", 64, HUGE)));
    }

    static UserSettings users(SettingsReader read) {
        return new UserSettings(
                read.number("accounts.connections", 1, MANY),
                read.time("accounts.absence", Duration.ZERO, LONG),
                read.number("accounts.most-absent", 0, MANY),
                new UserSettings.AlwaysOn(
                        read.oneOf("accounts.always-on.mode", UserSettings.Mode.class),
                        read.number("accounts.always-on.most-users", 0, MANY),
                        read.time("accounts.always-on.time", Duration.ofMinutes(1), LONG)),
                SharedSettings.storeTimeout(read).multipliedBy(2));
    }
}
