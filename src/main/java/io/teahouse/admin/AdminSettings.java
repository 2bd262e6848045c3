package io.teahouse.admin;

import io.teahouse.account.AccountSettings;
import io.teahouse.net.ForwardedPeer;
import io.teahouse.net.ServerCertificate;
import java.util.List;
import java.util.Optional;

/**
 * The settings of the admin port.
 *
 * @param host where it listens
 * @param port 0: any free one
 * @param certificate empty: it speaks HTTP without TLS
 * @param tokens who may do what
 * @param failures how many wrong tokens one address may send
 * @param proxies which are believed when they say whose request they pass on
 */
public record AdminSettings(
        String host,
        int port,
        Optional<ServerCertificate> certificate,
        List<AdminToken> tokens,
        AccountSettings.Pace failures,
        ForwardedPeer proxies) {
    /** Where programs on this machine reach it. */
    public String url() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return (certificate.isPresent() ? "https://" : "http://") + name + ":" + port;
    }
}
