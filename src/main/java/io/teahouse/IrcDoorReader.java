package io.teahouse;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.teahouse.net.BadCertificate;
import io.teahouse.net.Framing;
import io.teahouse.net.ListenerSettings;
import io.teahouse.net.ServerCertificate;
import io.teahouse.operator.Privilege;
import io.teahouse.user.UserMode;
import io.teahouse.wire.irc.ConfiguredPassword;
import io.teahouse.wire.irc.IrcServer;
import io.teahouse.wire.irc.IrcSettings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the settings of the IRC door. */
final class IrcDoorReader {
    private static final int MANY = 1_000_000;
    private static final int LONGEST_NAME = 63;
    private static final int LONGEST_DESCRIPTION = 200;
    private static final String OPERATORS =
            "a list of { name = …, password = … or account = …, privileges = [ … ] or class = … }, names without spaces";
    private static final String TLS_SETTINGS = "teahouse.irc.host, teahouse.irc.tls-port";
    private static final Duration LONG = Duration.ofDays(3650);

    private IrcDoorReader() {}

    /** The settings of the door, whether it is open or not: clients of the web door speak IRC, too. */
    static IrcDoor read(SettingsReader read) {
        ListenerSettings listener = ListenerReader.read(read, "irc", IrcServer.LONGEST_INPUT, Framing.LINES, "irc");
        int tlsPort = read.number("irc.tls-port", 0, 65535);
        Optional<ListenerSettings> encrypted =
                certificate(read).map(with -> listener.encrypted("irc-tls", TLS_SETTINGS, tlsPort, with));
        boolean mayUseTls = encrypted.isPresent() && read.onOff("irc.enabled");
        return new IrcDoor(listener, encrypted, dialect(read, strictTransport(read, mayUseTls, tlsPort)));
    }

    private static Optional<ServerCertificate> certificate(SettingsReader read) {
        String file = read.text("irc.tls-certificate");
        String key = read.text("irc.tls-key");
        if ((file.isEmpty() && key.isEmpty()) || !(isSpoken(read) || read.onOff("admin.enabled"))) {
            return Optional.empty();
        }
        List<String> suites = cipherSuites(read);
        boolean one = file.isEmpty() || key.isEmpty();
        String given = file.isEmpty() ? key : file;
        try {
            return Optional.of(new ServerCertificate(Path.of(one ? given : file), Path.of(one ? given : key), suites));
        } catch (BadCertificate | InvalidPathException e) {
            if (one) {
                read.wrong(
                        "irc.tls-" + (file.isEmpty() ? "certificate" : "key"),
                        "a PEM file, since only one of certificate and key is set (" + e.getMessage() + ")");
            } else {
                read.wrong(
                        "irc.tls-certificate", "with teahouse.irc.tls-key, two files in PEM (" + e.getMessage() + ")");
            }
            return Optional.empty();
        }
    }

    /** Whether a door is open at which clients speak IRC. */
    private static boolean isSpoken(SettingsReader read) {
        return read.onOff("irc.enabled") || read.onOff("web.enabled");
    }

    private static List<String> cipherSuites(SettingsReader read) {
        List<String> suites = read.texts("irc.tls-cipher-suites");
        try {
            if (ServerCertificate.supported(suites).size() < suites.size()) {
                read.wrong(
                        "irc.tls-cipher-suites",
                        "a list of cipher suites as Java names them, such as TLS_AES_256_GCM_SHA384");
            }
        } catch (BadCertificate e) {
            read.wrong("irc.tls-cipher-suites", "[]: " + e.getMessage());
        }
        return suites;
    }

    private static Optional<IrcSettings.StrictTransport> strictTransport(
            SettingsReader read, boolean encrypted, int port) {
        Duration duration = read.time("irc.sts-duration", Duration.ZERO, LONG);
        return encrypted && !duration.isZero()
                ? Optional.of(new IrcSettings.StrictTransport(port, duration))
                : Optional.empty();
    }

    private static IrcSettings dialect(SettingsReader read, Optional<IrcSettings.StrictTransport> strictTransport) {
        IrcSettings settings = new IrcSettings(
                new IrcSettings.Identity(
                        name(read, "irc.server-name"),
                        oneLine(read, "irc.network-name", 1, LONGEST_NAME),
                        description(read),
                        Version.TEXT,
                        motd(read),
                        admin(read)),
                new IrcSettings.NamePolicy(
                        SharedSettings.caseMapping(read),
                        read.onOff("irc.utf8-nicks"),
                        SharedSettings.nickLength(read)),
                new IrcSettings.Access(
                        password(read, "irc.password", read.text("irc.password")), operators(read), userModes(read)),
                new IrcSettings.Quotas(
                        read.number("limits.rooms-per-client", 1, MANY),
                        read.number("limits.monitor", 0, MANY),
                        SharedSettings.maxListed(read),
                        read.number("limits.history", 1, 10_000),
                        read.number("irc.history-lines", 0, 1000)),
                new IrcSettings.MultilineLimits(
                        SharedSettings.multilineMaxBytes(read), read.number("limits.multiline-max-lines", 1, 1000)),
                new IrcSettings.MetadataLimits(
                        SharedSettings.metadataKeys(read),
                        read.number("limits.metadata-subs", 0, 1000),
                        read.bytes("limits.metadata-value-bytes", 1, 350)),
                strictTransport,
                UploadReader.fileHost(read));
        if (isSpoken(read) && !settings.limits().areUsable()) {
            read.wrong(
                    "limits.nick-length",
                    "less, or a shorter teahouse.irc.server-name: a line of IRC has 512 bytes, and names of that length leave"
                            + " no room in it for anything else");
        }
        return settings;
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

    private static String oneLine(SettingsReader read, String path, int min, int max) {
        String text = read.text(path).strip();
        if (text.length() < min || text.length() > max || !isOneLine(text)) {
            read.wrong(path, "one line of " + min + " to " + max + " characters");
        }
        return text;
    }

    private static String description(SettingsReader read) {
        String text = oneLine(read, "irc.description", 0, LONGEST_DESCRIPTION);
        return text.isEmpty() ? read.text("irc.network-name") : text;
    }

    private static boolean isOneLine(String text) {
        return text.codePoints().noneMatch(Character::isISOControl);
    }

    private static List<String> motd(SettingsReader read) {
        String motd = read.text("irc.motd").stripTrailing();
        return motd.isEmpty() ? List.of() : List.of(motd.split("\\R"));
    }

    private static List<String> admin(SettingsReader read) {
        List<String> lines = read.texts("irc.admin");
        if (!lines.stream().allMatch(IrcDoorReader::isOneLine)) {
            read.wrong("irc.admin", "a list of texts without line breaks");
        }
        return lines;
    }

    private static String password(SettingsReader read, String path, String value) {
        if (!ConfiguredPassword.isValid(value)) {
            read.wrong(path, "a password, or pbkdf2:ITERATIONS:SALT:HASH as the command hash-password prints it");
        }
        return value;
    }

    private static List<IrcSettings.Operator> operators(SettingsReader read) {
        Map<String, Set<Privilege>> classes = OperatorReader.classes(read);
        List<IrcSettings.Operator> operators = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Config each : read.objects("irc.operators")) {
            read.refuseUnknown("irc.operators", each, Set.of("name", "password", "account", "privileges", "class"));
            try {
                String name = each.getString("name");
                String password = password(read, "irc.operators", optional(each, "password"));
                String account = optional(each, "account");
                boolean isKnown = !password.isEmpty() || !account.isEmpty();
                if (name.isBlank() || name.contains(" ") || !isOneLine(name) || !isKnown) {
                    read.wrong("irc.operators", OPERATORS);
                } else if (!names.add(name)) {
                    read.wrong("irc.operators", OPERATORS + ", of which no two have the name " + name);
                } else {
                    operators.add(new IrcSettings.Operator(
                            name,
                            password,
                            account.isEmpty() ? Optional.empty() : Optional.of(account),
                            privileges(each, classes)));
                }
            } catch (ConfigException e) {
                read.wrong("irc.operators", OPERATORS);
            } catch (IllegalArgumentException e) {
                read.wrong("irc.operators", OPERATORS + ": " + e.getMessage());
            }
        }
        return operators;
    }

    private static String optional(Config element, String key) {
        return element.hasPath(key) ? element.getString(key) : "";
    }

    private static Set<Privilege> privileges(Config operator, Map<String, Set<Privilege>> classes) {
        if (operator.hasPath("privileges") && operator.hasPath("class")) {
            throw new IllegalArgumentException("one has both privileges and a class");
        } else if (operator.hasPath("privileges")) {
            return OperatorReader.privileges(operator.getStringList("privileges"));
        } else if (!operator.hasPath("class")) {
            return Privilege.all();
        }
        Set<Privilege> found = classes.get(operator.getString("class"));
        if (found == null) {
            throw new IllegalArgumentException("there is no class " + operator.getString("class"));
        }
        return found;
    }

    private static Set<UserMode> userModes(SettingsReader read) {
        Set<UserMode> modes = EnumSet.noneOf(UserMode.class);
        String letters = read.text("irc.default-user-modes").strip();
        for (char letter : (letters.startsWith("+") ? letters.substring(1) : letters).toCharArray()) {
            UserMode.of(letter)
                    .filter(mode -> mode == UserMode.INVISIBLE || mode == UserMode.WALLOPS)
                    .ifPresentOrElse(modes::add, () -> read.wrong("irc.default-user-modes", "some of the letters iw"));
        }
        return modes;
    }
}
