package io.teahouse;

import io.teahouse.net.ListenerSettings;
import io.teahouse.web.UploadSettings;
import io.teahouse.web.WebSettings;
import java.util.Optional;

/**
 * The settings of the web door.
 *
 * @param listener where it listens
 * @param encrypted where it listens for TLS; empty: there is no certificate
 * @param web how it speaks HTTP and WebSocket
 * @param uploads which files users may upload; empty: none
 * @param irc how its clients speak, also if the IRC door is closed
 */
record WebDoor(
        ListenerSettings listener,
        Optional<ListenerSettings> encrypted,
        WebSettings web,
        Optional<UploadSettings> uploads,
        IrcDoor irc) {}
