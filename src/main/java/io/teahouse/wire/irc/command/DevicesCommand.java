package io.teahouse.wire.irc.command;

import io.teahouse.account.NewToken;
import io.teahouse.account.Result;
import io.teahouse.client.Devices;
import io.teahouse.client.Login;
import io.teahouse.client.Session;
import io.teahouse.room.support.Digits;
import io.teahouse.user.ConnectionInfo;
import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.Spec;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * DEVICES, a command of this server: lists the connections of one's own user and the tokens by which devices stay logged in, ends a
 * connection, makes a token, also for a single upload, or revokes one. Answered by standard replies ({@code NOTE}, or NOTICE for clients without them,
 * and {@code FAIL}). Clients can use it before registration, to have a token before they enter.
 */
final class DevicesCommand implements IrcCommand {
    private static final Spec SPEC = Spec.of(
                    "DEVICES",
                    0,
                    "[END number|TOKEN [label]|REVOKE number|UPLOAD]",
                    "Lists your connections and tokens, ends or revokes one, or makes a token for SASL OAUTHBEARER or one upload.")
            .always()
            .costing(2);

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public void run(Call call) {
        String verb = call.param(0).toUpperCase(Locale.ROOT);
        if (!call.has(0)) {
            list(call);
        } else if (verb.equals("END") && call.has(1)) {
            end(call, call.param(1));
        } else if (!verb.equals("TOKEN") && !verb.equals("UPLOAD") && !(verb.equals("REVOKE") && call.has(1))) {
            call.fail(
                    "INVALID_PARAMS",
                    "Type DEVICES, DEVICES END number, DEVICES TOKEN label, DEVICES REVOKE number, or DEVICES UPLOAD");
        } else if (call.session().login().account().isEmpty()) {
            call.fail("ACCOUNT_REQUIRED", "Log in to your account first");
        } else if (verb.equals("UPLOAD")) {
            String token = call.session().login().createRequestToken();
            call.note("UPLOAD_TOKEN", "You can upload one file within a minute, with the token " + token, token);
        } else if (verb.equals("TOKEN")) {
            call.session()
                    .login()
                    .createToken(
                            call.param(1),
                            answer -> answer.handle(made -> created(call, made), refused -> refuse(call, refused)));
        } else {
            revoke(call, Digits.parse(call.param(1)));
        }
    }

    private static void list(Call call) {
        Devices.list(call.session().identity()).forEach(line -> call.note("CONNECTION", line));
        Login login = call.session().login();
        if (login.account().isPresent()) {
            login.tokens(answer -> answer.handle(
                    tokens -> Devices.list(tokens, login).forEach(line -> call.note("TOKEN", line)),
                    refused -> refuse(call, refused)));
        }
    }

    private static void created(Call call, NewToken made) {
        String number = Integer.toString(made.token().number());
        call.note(
                "TOKEN_CREATED",
                "This device can log in by SASL OAUTHBEARER, with token " + number + ": " + made.text(),
                number,
                made.text());
    }

    private static void revoke(Call call, OptionalInt number) {
        if (number.isEmpty()) {
            call.fail("NO_SUCH_TOKEN", Devices.NO_TOKEN);
            return;
        }
        call.session()
                .login()
                .revokeToken(
                        number.getAsInt(),
                        answer -> answer.handle(
                                revoked -> revoked.ifPresentOrElse(
                                        token -> call.note("TOKEN_REVOKED", "Token " + token.number() + " is revoked"),
                                        () -> call.fail("NO_SUCH_TOKEN", Devices.NO_TOKEN)),
                                refused -> refuse(call, refused)));
    }

    private static void refuse(Call call, Result.Refused<?> refused) {
        call.fail(refused.reason() == Result.Reason.OFF ? "DISABLED" : "TEMPORARILY_UNAVAILABLE", refused.why());
    }

    private static void end(Call call, String number) {
        Session.Identity me = call.session().identity();
        Optional<ConnectionInfo> found = Devices.find(me, number);
        if (found.isEmpty()) {
            call.fail("NO_SUCH_CONNECTION", "You have no connection of that number: type DEVICES");
        } else if (Devices.isThis(me, found.get())) {
            call.close("Quit", "");
        } else {
            me.endConnection(found.get(), Devices.ENDED);
            call.note("CONNECTION_ENDED", "Connection " + found.get().number() + " is ended");
        }
    }
}
