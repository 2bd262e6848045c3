package io.teahouse;

import io.teahouse.net.ListenerSettings;
import io.teahouse.net.ServerCertificate;
import io.teahouse.wire.irc.IrcSettings;
import java.util.Optional;

/**
 * The settings of the IRC door.
 *
 * @param listener where it listens
 * @param encrypted where it listens for TLS; empty: it has no certificate
 * @param dialect how it speaks
 */
record IrcDoor(ListenerSettings listener, Optional<ListenerSettings> encrypted, IrcSettings dialect) {
    Optional<ServerCertificate> certificate() {
        return encrypted.flatMap(ListenerSettings::certificate);
    }
}
