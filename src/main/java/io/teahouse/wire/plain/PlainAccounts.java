package io.teahouse.wire.plain;

import io.teahouse.account.Result;
import io.teahouse.client.Devices;
import io.teahouse.client.Login;
import io.teahouse.client.Session;
import io.teahouse.client.TwoPasswords;
import io.teahouse.room.Nick;
import io.teahouse.room.support.Digits;
import java.util.Optional;
import java.util.OptionalInt;

/** The account commands of the plain door. Their arguments may contain a password, so replies never repeat them. */
final class PlainAccounts {
    private final PlainOutput out;

    PlainAccounts(PlainOutput out) {
        this.out = out;
    }

    private void refuse(Session session, Result.Refused<?> refused) {
        out.tell(session, "! " + refused.why());
    }

    private void warn(Session session) {
        if (!session.identity().isSecure()) {
            out.tell(session, "-- this connection is not encrypted: your password can be read on its way");
        }
    }

    /** {@code [EMAIL] PASSWORD}; the address only if the settings require one. A password may contain spaces. */
    void register(Session session, String argument) {
        boolean email = session.login().settings().registration().emailRequired();
        String[] words = email ? PlainText.firstWord(argument) : new String[] {"", argument};
        Optional<String> account = session.login().account();
        if (account.isPresent()) {
            out.tell(session, "! you are logged in as " + account.get() + " already");
        } else if (session.identity().nick().isEmpty()) {
            out.tell(session, "! type your name first");
        } else if (words.length < 2 || words[1].isEmpty()) {
            out.tell(session, "! type /register " + (email ? "ADDRESS " : "") + "PASSWORD");
        } else {
            warn(session);
            String name = session.identity().nick().map(Nick::text).orElse("");
            session.login()
                    .register(
                            name,
                            words[1],
                            words[0],
                            answer -> answer.handle(
                                    registered -> out.tell(
                                            session,
                                            "-- the name " + registered.name() + " is yours: from now on type /login "
                                                    + registered.name() + " PASSWORD before you take it"),
                                    refused -> refuse(session, refused)));
        }
    }

    /**
     * {@code [NAME] PASSWORD}. With one word, the name is the current nick; with more, the password may contain spaces.
     */
    void login(Session session, String argument) {
        Login login = session.login();
        String[] words = PlainText.firstWord(argument);
        Optional<String> name = words.length == 2
                ? Optional.of(words[0])
                : session.identity().nick().map(Nick::text);
        if (login.account().isPresent()) {
            out.tell(session, "! you are logged in as " + login.account().get() + " already: type /logout first");
        } else if (argument.isEmpty() || name.isEmpty()) {
            out.tell(session, "! type /login NAME PASSWORD");
        } else {
            warn(session);
            login.password(
                    name.get(),
                    words[words.length - 1],
                    answer -> answer.handle(
                            account -> {
                                out.tell(session, "-- you are logged in as " + account.name());
                                if (account.reset().isPresent()) {
                                    out.tell(session, "-- set a new password now: /password CODE NEW");
                                }
                                if (session.identity().user().isEmpty()) {
                                    session.identity().claim(account.name().text());
                                }
                            },
                            refused -> refuse(session, refused)));
        }
    }

    /** {@code OLD NEW}. The old password may be the reset code for a forgotten one. */
    void password(Session session, String argument) {
        Optional<TwoPasswords> given = TwoPasswords.parse(argument);
        if (session.login().account().isEmpty()) {
            out.tell(session, "! type /login NAME PASSWORD first");
        } else if (given.isEmpty()) {
            out.tell(
                    session,
                    "! type " + PlainCommand.PASSWORD.usage + "; put a password with spaces in \"double quotes\"");
        } else {
            warn(session);
            session.login()
                    .changePassword(
                            given.get().old(),
                            given.get().to(),
                            answer -> answer.handle(
                                    account -> out.tell(
                                            session, "-- your password is changed; your other connections were closed"),
                                    refused -> refuse(session, refused)));
        }
    }

    /** @param choice empty: only shows the current choice */
    void alwaysOn(Session session, Optional<Boolean> choice) {
        if (session.login().account().isEmpty()) {
            out.tell(session, "! type /login NAME PASSWORD first");
        } else {
            session.login()
                    .alwaysOn(
                            choice,
                            answer -> answer.handle(
                                    on -> out.tell(
                                            session,
                                            on
                                                    ? "-- you are always-on: you stay in the room when you disconnect"
                                                    : "-- you are not always-on: you leave when you disconnect"),
                                    refused -> refuse(session, refused)));
        }
    }

    /** Lists the tokens of the account, if the client is logged in. */
    void tokens(Session session) {
        Login login = session.login();
        if (login.account().isPresent()) {
            login.tokens(answer -> answer.handle(
                    tokens -> Devices.list(tokens, login).forEach(line -> out.tell(session, "-- " + line)),
                    refused -> refuse(session, refused)));
        }
    }

    void revoke(Session session, String number) {
        OptionalInt wanted = Digits.parse(number);
        if (session.login().account().isEmpty()) {
            out.tell(session, "! type /login NAME PASSWORD first");
        } else if (wanted.isEmpty()) {
            out.tell(session, "! " + Devices.NO_TOKEN + ": type /devices");
        } else {
            session.login()
                    .revokeToken(
                            wanted.getAsInt(),
                            answer -> answer.handle(
                                    revoked -> out.tell(
                                            session,
                                            revoked.isPresent()
                                                    ? "-- token "
                                                            + revoked.get().number() + " is revoked"
                                                    : "! " + Devices.NO_TOKEN + ": type /devices"),
                                    refused -> refuse(session, refused)));
        }
    }

    void logout(Session session) {
        if (session.login().account().isEmpty()) {
            out.tell(session, "! you are not logged in");
        } else if (session.identity()
                .user()
                .filter(mine -> mine.connections().size() > 1)
                .isPresent()) {
            out.tell(session, "! you have other connections, which stay logged in: end them first (/devices)");
        } else if (!session.login().leave(() -> out.tell(session, "-- you are logged out"))) {
            out.tell(session, "! your name belongs to your account: type /nick and another name first");
        }
    }
}
