package io.teahouse;

import io.teahouse.cluster.ClusterSettings;
import io.teahouse.cluster.DrainSettings;
import io.teahouse.net.BadCertificate;
import io.teahouse.net.PeerCertificate;
import io.teahouse.room.support.Address;
import io.teahouse.store.StoreSettings;
import java.net.InetAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the settings of the cluster. */
final class ClusterReader {
    /** How a node finds the others. */
    private enum Discovery {
        SEED_NODES,
        DNS,
        KUBERNETES
    }

    private static final String SYSTEM = "teahouse";
    private static final String PROTOCOL = "akka";
    private static final String BIND_HOST = "cluster.bind-host";
    private static final String BIND_PORT = "cluster.bind-port";
    private static final int LAST_PORT = 65535;
    private static final String BOOTSTRAP = "cluster.bootstrap.";
    private static final int MOST_NODES = 1000;
    private static final int MOST_CLIENTS = 1_000_000;
    private static final Duration LONGEST_DRAIN = Duration.ofMinutes(10);
    private static final Duration LONGEST_ABSENCE = Duration.ofHours(1);
    private static final int LEAST_PENDING = 64 << 10;
    private static final int MOST_PENDING = 1 << 30;

    private ClusterReader() {}

    /** Empty: this node is no part of a cluster. The settings are checked all the same. */
    static Optional<ClusterSettings> read(SettingsReader read) {
        String host = host(read);
        int port = read.number("cluster.port", 0, LAST_PORT);
        ClusterSettings settings = new ClusterSettings(
                host,
                port,
                read.isAuto(BIND_HOST) ? host : bindHost(read),
                read.isAuto(BIND_PORT) ? port : read.number(BIND_PORT, 0, LAST_PORT),
                seedNodes(read),
                isDiscovered(read),
                new DrainSettings(
                        read.number("cluster.drain.clients-per-second", 1, MOST_CLIENTS),
                        read.time("cluster.drain.within", Duration.ZERO, LONGEST_DRAIN),
                        read.time("cluster.drain.retry-after", Duration.ZERO, LONGEST_DRAIN)),
                read.time("cluster.return-within", Duration.ZERO, LONGEST_ABSENCE),
                read.bytes("cluster.pending-commands", LEAST_PENDING, MOST_PENDING));
        boolean isEncrypted = isEncrypted(read);
        boolean isPlainAllowed = read.onOff("cluster.allow-plain");
        if (!read.onOff("cluster.enabled")) {
            return Optional.empty();
        }
        boolean isLocal = SharedSettings.isLocal(host) && SharedSettings.isLocal(settings.bindHost());
        if (!isEncrypted && !isPlainAllowed && !isLocal) {
            read.wrong(
                    SharedSettings.isLocal(host) ? BIND_HOST : "cluster.host",
                    "an address of this machine only, such as 127.0.0.1, because other machines need TLS: set"
                            + " teahouse.cluster.tls, or teahouse.cluster.allow-plain = on");
        }
        if (read.oneOf("store.kind", StoreSettings.Kind.class) != StoreSettings.Kind.POSTGRESQL) {
            read.wrong(
                    "store.kind",
                    "postgresql, because teahouse.cluster.enabled is on: a cluster needs store.kind = postgresql, and all"
                            + " its nodes the same database");
        }
        return Optional.of(settings);
    }

    private static String host(SettingsReader read) {
        String host = read.text("cluster.host");
        if (!isHost(host) || isAny(host)) {
            read.wrong(
                    "cluster.host",
                    "a name or an address of this machine, at which the other nodes reach it, such as 127.0.0.1 or ::1");
        }
        return host;
    }

    private static String bindHost(SettingsReader read) {
        String host = read.text(BIND_HOST);
        if (!isHost(host)) {
            read.wrong(BIND_HOST, "auto, or a name or an address of this machine, such as 0.0.0.0 or ::");
        }
        return host;
    }

    /** Whether it means all addresses of a machine. */
    private static boolean isAny(String host) {
        return Address.parse(host).filter(InetAddress::isAnyLocalAddress).isPresent();
    }

    private static boolean isIpv6(String host) {
        return host.contains(":") && Address.parse(host).isPresent();
    }

    private static boolean isHost(String text) {
        return isIpv6(text) || isName(text);
    }

    /** Or an IPv4 address. */
    private static boolean isName(String text) {
        return !text.isEmpty()
                && text.chars()
                        .allMatch(c -> c == '.' || c == '-' || c == '_' || (c < 0x80 && Character.isLetterOrDigit(c)));
    }

    private static List<akka.actor.Address> seedNodes(SettingsReader read) {
        List<akka.actor.Address> nodes = new ArrayList<>();
        for (String each : read.texts("cluster.seed-nodes")) {
            int colon = each.lastIndexOf(':');
            String host = each.substring(0, Math.max(0, colon)).strip();
            int port = port(each.substring(colon + 1).strip());
            boolean isBracketed = host.startsWith("[") && isIpv6(host); // as Akka has it, too
            if (!(isBracketed || isName(host)) || port == 0) {
                read.wrong(
                        "cluster.seed-nodes",
                        "a list of hosts and ports, such as [ \"127.0.0.1:2551\" ] or [ \"[::1]:2551\" ]");
            }
            nodes.add(new akka.actor.Address(PROTOCOL, SYSTEM, host, port));
        }
        return List.copyOf(nodes);
    }

    private static boolean isDiscovered(SettingsReader read) {
        boolean isDiscovered = read.oneOf("cluster.discovery", Discovery.class) != Discovery.SEED_NODES;
        String host = read.text(BOOTSTRAP + "host");
        if (!isHost(host) || isAny(host)) {
            read.wrong(
                    BOOTSTRAP + "host",
                    "an address of this machine, as discovery names it to the other nodes, such as 127.0.0.1");
        }
        read.number(BOOTSTRAP + "port", 1, LAST_PORT);
        read.number(BOOTSTRAP + "required-nodes", 1, MOST_NODES);
        boolean isRemoteAllowed = read.onOff(BOOTSTRAP + "allow-remote");
        if (isDiscovered && !read.texts("cluster.seed-nodes").isEmpty()) {
            read.wrong("cluster.seed-nodes", "[], or teahouse.cluster.discovery = seed-nodes");
        }
        if (isDiscovered && read.text(BOOTSTRAP + "service").isBlank()) {
            read.wrong(BOOTSTRAP + "service", "a name for DNS, or the value of a label of Kubernetes");
        }
        if (isDiscovered && !isRemoteAllowed && !SharedSettings.isLocal(host)) {
            read.wrong(
                    BOOTSTRAP + "host",
                    "an address of this machine only, such as 127.0.0.1, or set teahouse.cluster.bootstrap.allow-remote = on:"
                            + " anybody who reaches the port sees where the nodes are");
        }
        return isDiscovered;
    }

    /** 0 if it is none. */
    private static int port(String text) {
        boolean isNumber = text.length() <= 5 && !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int port = isNumber ? Integer.parseInt(text) : 0;
        return port > LAST_PORT ? 0 : port;
    }

    private static boolean isEncrypted(SettingsReader read) {
        String certificate = read.text("cluster.tls.certificate");
        String key = read.text("cluster.tls.key");
        String authority = read.text("cluster.tls.ca");
        if (certificate.isEmpty() && key.isEmpty() && authority.isEmpty()) {
            return false;
        }
        try {
            PeerCertificate.check(Path.of(certificate), Path.of(key), Path.of(authority));
        } catch (BadCertificate | InvalidPathException e) {
            read.wrong(
                    "cluster.tls.certificate",
                    "with teahouse.cluster.tls.key and teahouse.cluster.tls.ca, three files in PEM (" + e.getMessage()
                            + ")");
        }
        return true;
    }
}
