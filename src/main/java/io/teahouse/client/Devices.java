package io.teahouse.client;

import io.teahouse.account.LoginToken;
import io.teahouse.room.support.Digits;
import io.teahouse.user.ConnectionInfo;
import io.teahouse.user.UserSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** Lists a user's connections, and finds one by its number, for all dialects. Without actors. */
public final class Devices {
    /** The reason for a connection that its user ends from another one. */
    public static final String ENDED = "ended by another of your connections";

    private static final DateTimeFormatter WHEN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** What a user is told who wants to revoke a token that is not there. */
    public static final String NO_TOKEN = "you have no token of that number";

    /** Shorter silences are not shown as idle. */
    private static final Duration IDLE = Duration.ofMinutes(10);

    private Devices() {}

    /** One line about each connection of the user, the oldest first. */
    public static List<String> list(Session.Identity me) {
        Instant now = Instant.now();
        return all(me).stream()
                .map(each -> describe(each, now) + (isThis(me, each) ? " (this one)" : ""))
                .toList();
    }

    private static List<ConnectionInfo> all(Session.Identity me) {
        return me.user().map(UserSnapshot::connections).orElse(List.of());
    }

    /** Describes a connection, without its port number. */
    static String describe(ConnectionInfo connection, Instant now) {
        Duration silent = Duration.between(Instant.ofEpochMilli(connection.activeAt()), now);
        return connection.number() + ": " + connection.door() + " from " + connection.address() + ", since "
                + WHEN.format(connection.since())
                + (silent.compareTo(IDLE) < 0 ? ", active" : ", idle for " + text(silent));
    }

    /** One line about each token of the user's account. */
    public static List<String> list(List<LoginToken> tokens, Login login) {
        Duration valid = login.settings().tokens().valid();
        return tokens.stream()
                .map(token -> describe(token, valid) + (isCurrent(token, login) ? " (this device)" : ""))
                .toList();
    }

    static String describe(LoginToken token, Duration valid) {
        return "token " + token.number() + (token.label().isEmpty() ? "" : ": " + token.label()) + ", created "
                + WHEN.format(token.created()) + ", last used " + WHEN.format(token.used()) + ", valid until "
                + WHEN.format(token.used().plus(valid));
    }

    private static boolean isCurrent(LoginToken token, Login login) {
        return login.currentToken().filter(mine -> mine.id().equals(token.id())).isPresent();
    }

    private static String text(Duration silent) {
        if (silent.toHours() < 1) {
            return silent.toMinutes() + " min";
        }
        return silent.toDays() < 1 ? silent.toHours() + " h" : silent.toDays() + " d";
    }

    /** The user's connection with that number. */
    public static Optional<ConnectionInfo> find(Session.Identity me, String number) {
        OptionalInt wanted = Digits.parse(number);
        return all(me).stream()
                .filter(each -> wanted.isPresent() && each.number() == wanted.getAsInt())
                .findFirst();
    }

    public static boolean isThis(Session.Identity me, ConnectionInfo connection) {
        return me.thisConnection().filter(mine -> mine.id() == connection.id()).isPresent();
    }
}
