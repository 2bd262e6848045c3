package io.teahouse;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.teahouse.client.UserMode;
import io.teahouse.net.ListenerSettings;
import io.teahouse.net.ServerCertificate;
import io.teahouse.wire.irc.ConfiguredPassword;
import io.teahouse.wire.irc.IrcServer;
import io.teahouse.wire.irc.IrcSettings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The settings of the IRC door.
 *
 * @param listener where it listens
 * @param encrypted where it listens for TLS, if it has a certificate
 * @param dialect how it speaks
 */
record IrcDoor(ListenerSettings listener, Optional<ListenerSettings> encrypted, IrcSettings dialect) {
    private static final int MANY = 1_000_000;
    private static final int LONGEST_NAME = 63;
    private static final String TLS_SETTINGS = "teahouse.irc.host, teahouse.irc.tls-port";
    private static final Duration LONG = Duration.ofDays(3650);

    /** Where a server that runs reads its settings again. */
    IrcServer.Source again(Supplier<Config> source) {
        return new IrcServer.Source() {
            @Override
            public IrcSettings read() throws IrcServer.Unusable {
                return readAgain(source);
            }

            @Override
            public String name() {
                return Configuration.source();
            }
        };
    }

    /** The settings as they are now, and the certificate. */
    private IrcSettings readAgain(Supplier<Config> source) throws IrcServer.Unusable {
        try {
            Optional<IrcDoor> fresh = Settings.from(source.get()).irc();
            certificate().ifPresent(mine -> fresh.flatMap(IrcDoor::certificate).ifPresent(mine::become));
            return fresh.map(IrcDoor::dialect).orElse(dialect);
        } catch (Settings.WrongSettings | ConfigException e) {
            throw new IrcServer.Unusable(String.valueOf(e.getMessage()).replace('\n', ' '));
        }
    }

    private Optional<ServerCertificate> certificate() {
        return encrypted.flatMap(ListenerSettings::certificate);
    }

    /** Empty: it is closed. */
    static Optional<IrcDoor> read(SettingsReader read, Settings.Shared shared, List<String> dispatchers) {
        ListenerSettings listener = ListenerReader.read(read, "irc", IrcServer.LONGEST_INPUT, false, dispatchers);
        int tlsPort = read.number("irc.tls-port", 0, 65535);
        Optional<ListenerSettings> encrypted =
                certificate(read).map(with -> listener.encrypted("irc-tls", TLS_SETTINGS, tlsPort, with));
        IrcDoor door = new IrcDoor(
                listener, encrypted, dialect(read, shared, strictTransport(read, encrypted.isPresent(), tlsPort)));
        return read.onOff("irc.enabled") ? Optional.of(door) : Optional.empty();
    }

    private static Optional<ServerCertificate> certificate(SettingsReader read) {
        String file = read.text("irc.tls-certificate");
        String key = read.text("irc.tls-key");
        if ((file.isEmpty() && key.isEmpty()) || !read.onOff("irc.enabled")) {
            return Optional.empty();
        } else if (file.isEmpty() || key.isEmpty()) {
            String missing = file.isEmpty() ? "certificate" : "key";
            read.wrong("irc.tls-" + missing, "a file in PEM, as the other one of certificate and key is given");
            return Optional.empty();
        }
        try {
            return Optional.of(new ServerCertificate(Path.of(file), Path.of(key)));
        } catch (ServerCertificate.BadCertificate | InvalidPathException e) {
            String why = e.getMessage();
            read.wrong("irc.tls-certificate", "with teahouse.irc.tls-key, two files in PEM (" + why + ")");
            return Optional.empty();
        }
    }

    private static Optional<IrcSettings.StrictTransport> strictTransport(
            SettingsReader read, boolean encrypted, int port) {
        Duration duration = read.time("irc.sts-duration", Duration.ZERO, LONG);
        return encrypted && !duration.isZero()
                ? Optional.of(new IrcSettings.StrictTransport(port, duration))
                : Optional.empty();
    }

    private static IrcSettings dialect(
            SettingsReader read, Settings.Shared shared, Optional<IrcSettings.StrictTransport> strictTransport) {
        String motd = read.text("irc.motd").stripTrailing();
        return new IrcSettings(
                name(read, "irc.server-name"),
                name(read, "irc.network-name"),
                password(read, "irc.password", read.text("irc.password")),
                shared.caseMapping(),
                read.onOff("irc.utf8-nicks"),
                operators(read),
                userModes(read),
                motd.isEmpty() ? List.of() : List.of(motd.split("\\R")),
                read.texts("irc.admin"),
                Version.TEXT,
                shared.nickLength(),
                read.number("limits.monitor", 0, MANY),
                read.number("limits.rooms-per-client", 1, MANY),
                shared.maxListed(),
                shared.multilineMaxBytes(),
                read.number("limits.multiline-max-lines", 1, 1000),
                read.number("limits.history", 1, 10_000),
                read.number("irc.history-lines", 0, 1000),
                shared.metadataKeys(),
                read.number("limits.metadata-subs", 0, 1000),
                read.bytes("limits.metadata-value-bytes", 1, 350),
                strictTransport);
    }

    /** One word, since it stands in the middle of lines. */
    private static String name(SettingsReader read, String path) {
        String name = read.text(path);
        if (name.isEmpty()
                || name.length() > LONGEST_NAME
                || !name.matches("[^\\s:!@,=\\p{Cntrl}][^\\s!@,=\\p{Cntrl}]*")) {
            read.wrong(path, "one word of at most " + LONGEST_NAME + " characters, without ! @ , = and :");
        }
        return name;
    }

    private static String password(SettingsReader read, String path, String value) {
        if (!ConfiguredPassword.isValid(value)) {
            read.wrong(path, "a password, or pbkdf2:ITERATIONS:SALT:HASH as the command hash-password prints it");
        }
        return value;
    }

    private static List<IrcSettings.Operator> operators(SettingsReader read) {
        List<IrcSettings.Operator> operators = new ArrayList<>();
        for (Config each : read.objects("irc.operators")) {
            boolean complete = each.hasPath("name") && each.hasPath("password");
            if (!complete
                    || each.getString("name").isBlank()
                    || each.getString("password").isEmpty()) {
                read.wrong("irc.operators", "a list of { name = …, password = … }");
            } else {
                String password = password(read, "irc.operators", each.getString("password"));
                operators.add(new IrcSettings.Operator(each.getString("name"), password));
            }
        }
        return operators;
    }

    private static Set<UserMode> userModes(SettingsReader read) {
        Set<UserMode> modes = EnumSet.noneOf(UserMode.class);
        for (char letter : read.text("irc.default-user-modes").toCharArray()) {
            UserMode.of(letter)
                    .filter(mode -> mode == UserMode.INVISIBLE || mode == UserMode.WALLOPS)
                    .ifPresentOrElse(modes::add, () -> read.wrong("irc.default-user-modes", "some of the letters iw"));
        }
        return modes;
    }
}
