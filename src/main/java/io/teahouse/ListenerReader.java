package io.teahouse;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.teahouse.client.FloodGuard;
import io.teahouse.net.AdmissionSettings;
import io.teahouse.net.ConnectionSettings;
import io.teahouse.net.Framing;
import io.teahouse.net.LimitClass;
import io.teahouse.net.ListenerSettings;
import io.teahouse.net.SocketSettings;
import io.teahouse.room.support.Network;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what all listeners have in common. */
final class ListenerReader {
    private static final int HUGE = 1 << 30;
    private static final int MANY = 10_000_000;

    /** How many addresses of one network may all have as many connections as one address may. */
    private static final int ADDRESSES_PER_NETWORK = 4;

    private static final Duration DAY = Duration.ofDays(1);

    private ListenerReader() {}

    /** @param protocol what its clients speak, by its name in ALPN */
    static ListenerSettings read(SettingsReader read, String door, int maxLine, Framing framing, String protocol) {
        return new ListenerSettings(
                door,
                "teahouse." + door + ".host, teahouse." + door + ".port",
                read.text(door + ".host"),
                read.number(door + ".port", 0, 65535),
                new ConnectionSettings(
                        framing,
                        maxLine,
                        read.bytes("limits.send-queue-bytes", 4096, HUGE),
                        read.bytes("limits.read-ahead-bytes", 4096, HUGE),
                        SharedSettings.dispatchers(read)),
                new SocketSettings(
                        read.bytes("limits.socket-send-buffer-bytes", 4096, HUGE),
                        read.time("limits.keep-alive", Duration.ofSeconds(4), Duration.ofHours(8)),
                        read.onOff("direct-writes")),
                read.time("limits.refusals-logged-every", Duration.ofSeconds(1), DAY),
                read.time("irc.tls-handshake-timeout", Duration.ofSeconds(1), DAY),
                Optional.empty(),
                protocol);
    }

    /** What they count together. */
    static AdmissionSettings admission(SettingsReader read) {
        int perAddress = read.number("limits.max-connections-per-address", 1, MANY);
        return new AdmissionSettings(
                read.number("limits.max-connections", 1, MANY),
                perAddress,
                perNetwork(read, perAddress),
                classes(read),
                new FloodGuard.Rules(
                        read.onOff("flood.enabled"),
                        read.number("flood.connects-burst", 1, MANY),
                        read.fraction("flood.connects-per-second", 0.01, MANY),
                        HUGE),
                new FloodGuard.Rules(
                        read.onOff("flood.enabled"),
                        read.number("flood.work-burst", 1, MANY),
                        read.fraction("flood.work-per-second", 0.01, MANY),
                        HUGE),
                read.memory("limits.send-queues-bytes", 64 * 1024),
                read.memory("limits.input-bytes", 64 * 1024),
                read.number("limits.history-reads", 1, MANY));
    }

    private static int perNetwork(SettingsReader read, int perAddress) {
        String path = "limits.max-connections-per-network";
        return read.isAuto(path) ? ADDRESSES_PER_NETWORK * perAddress : read.number(path, 1, MANY);
    }

    private static List<LimitClass> classes(SettingsReader read) {
        List<LimitClass> classes = new ArrayList<>();
        for (Config each : read.objects("limits.classes")) {
            read.refuseUnknown("limits.classes", each, Set.of("addresses", "max-connections-per-address", "flood"));
            try {
                List<Network> networks = each.getStringList("addresses").stream()
                        .map(Network::parse)
                        .toList();
                int most = each.hasPath("max-connections-per-address")
                        ? each.getInt("max-connections-per-address")
                        : read.number("limits.max-connections-per-address", 1, MANY);
                classes.add(new LimitClass(networks, most, !each.hasPath("flood") || each.getBoolean("flood")));
            } catch (ConfigException | IllegalArgumentException e) {
                String form = "{ addresses = [ \"192.0.2.0/24\" ], max-connections-per-address = 100, flood = off }";
                read.wrong("limits.classes", "a list of " + form + " (" + e.getMessage() + ")");
            }
        }
        return classes;
    }
}
