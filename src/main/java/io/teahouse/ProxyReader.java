package io.teahouse;

import io.teahouse.net.ForwardedPeer;
import io.teahouse.net.ProxyHeader;
import io.teahouse.room.support.Network;
import java.util.List;
import java.util.Optional;

/** Reads which proxies the server trusts. */
final class ProxyReader {
    private enum Header {
        X_FORWARDED_FOR,
        FORWARDED
    }

    private ProxyReader() {}

    static List<Network> trusted(SettingsReader read) {
        try {
            return read.texts("proxies.trusted").stream().map(Network::parse).toList();
        } catch (IllegalArgumentException e) {
            read.wrong(
                    "proxies.trusted",
                    "a list of addresses and networks such as \"192.0.2.0/24\" (" + e.getMessage() + ")");
            return List.of();
        }
    }

    /** How proxies that speak HTTP tell who their clients are. */
    static ForwardedPeer forwarded(SettingsReader read) {
        return new ForwardedPeer(trusted(read), read.oneOf("proxies.http-header", Header.class) == Header.FORWARDED);
    }

    /** The header that connections from trusted proxies begin with at the plain and the IRC door; empty: none. */
    static Optional<ProxyHeader> header(SettingsReader read) {
        return read.onOff("proxies.proxy-protocol") ? Optional.of(new ProxyHeader(trusted(read))) : Optional.empty();
    }
}
