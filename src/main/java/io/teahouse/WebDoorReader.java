package io.teahouse;

import io.teahouse.net.Framing;
import io.teahouse.net.ListenerSettings;
import io.teahouse.web.WebSettings;
import io.teahouse.wire.irc.IrcServer;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads the settings of the web door. */
final class WebDoorReader {
    private static final String TLS_SETTINGS = "teahouse.web.host, teahouse.web.tls-port";
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private WebDoorReader() {}

    /**
     * Empty: the door is closed. Its settings are checked all the same.
     *
     * @param irc the settings of the IRC door, whether it is open or not
     */
    static Optional<WebDoor> read(SettingsReader read, IrcDoor irc) {
        ListenerSettings listener =
                ListenerReader.read(read, "web", IrcServer.LONGEST_INPUT, Framing.LINES, "http/1.1");
        int tlsPort = read.number("web.tls-port", 0, 65535);
        WebDoor door = new WebDoor(
                listener,
                irc.certificate().map(with -> listener.encrypted("web-tls", TLS_SETTINGS, tlsPort, with)),
                new WebSettings(
                        origins(read, "web.origins"),
                        hosts(read),
                        origins(read, "web.embedders"),
                        SharedSettings.isLocal(listener.host()),
                        ProxyReader.forwarded(read),
                        read.time("web.ping-interval", SECOND, HOUR),
                        read.time("web.request-timeout", SECOND, HOUR),
                        read.time("web.keep-alive-timeout", SECOND, HOUR)),
                UploadReader.read(read),
                irc);
        return read.onOff("web.enabled") ? Optional.of(door) : Optional.empty();
    }

    private static Set<String> origins(SettingsReader read, String path) {
        Set<String> origins = new LinkedHashSet<>();
        for (String each : read.texts(path)) {
            WebSettings.origin(each.strip())
                    .filter(origin -> origin.indexOf(';') < 0)
                    .ifPresentOrElse(
                            origins::add,
                            () -> read.wrong(
                                    path,
                                    "a list of origins such as \"https://example.org\" (without a path), or \"*\""));
        }
        return origins;
    }

    private static Set<String> hosts(SettingsReader read) {
        Set<String> hosts = new LinkedHashSet<>();
        for (String each : read.texts("web.hosts")) {
            String host = each.strip().toLowerCase(Locale.ROOT);
            if (host.isEmpty() || host.chars().anyMatch(c -> c <= ' ' || "/:@,".indexOf(c) >= 0)) {
                read.wrong("web.hosts", "a list of names such as \"chat.example.org\" (without ports), or \"*\"");
            }
            hosts.add(host);
        }
        return hosts;
    }
}
