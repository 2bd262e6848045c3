package io.teahouse;

import io.teahouse.room.support.Address;
import io.teahouse.user.CaseMapping;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/** Reads each setting that more than one part of the server needs, so that its limits are in one place. */
final class SharedSettings {
    private static final Duration LONG = Duration.ofDays(365);

    private SharedSettings() {}

    static List<String> dispatchers(SettingsReader read) {
        return Dispatchers.names(read.number("threads", 1, 256));
    }

    static CaseMapping caseMapping(SettingsReader read) {
        return read.oneOf("irc.casemapping", CaseMapping.class);
    }

    static int nickLength(SettingsReader read) {
        return read.number("limits.nick-length", 1, 128);
    }

    static int maxListed(SettingsReader read) {
        return read.number("rooms.max-listed", 0, 1_000_000);
    }

    static int metadataKeys(SettingsReader read) {
        return read.number("limits.metadata-keys", 0, 1000);
    }

    static int maxLineBytes(SettingsReader read) {
        return read.bytes("limits.max-line-bytes", 64, 1 << 20);
    }

    static int multilineMaxBytes(SettingsReader read) {
        return read.bytes("limits.multiline-max-bytes", 512, 1 << 20);
    }

    /** How long the store may take to answer. */
    static Duration storeTimeout(SettingsReader read) {
        return read.time("store.timeout", Duration.ofMillis(10), LONG);
    }

    static Duration storeRetryInterval(SettingsReader read) {
        return read.time("store.retry-interval", Duration.ofMillis(10), LONG);
    }

    /** Whether that is an address of this machine only. Never looks a name up. */
    static boolean isLocal(String host) {
        return host.equals("localhost")
                || Address.parse(host).filter(InetAddress::isLoopbackAddress).isPresent();
    }

    /** @param auto the time for {@code auto} */
    static Duration idleTimeout(SettingsReader read, Duration auto) {
        return read.isAuto("limits.idle-timeout") ? auto : read.time("limits.idle-timeout", Duration.ZERO, LONG);
    }
}
