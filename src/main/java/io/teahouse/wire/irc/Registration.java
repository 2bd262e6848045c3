package io.teahouse.wire.irc;

import io.teahouse.account.LoginToken;
import io.teahouse.account.Result;
import io.teahouse.client.Session;
import io.teahouse.user.UserMode;

/** Registers a connection: checks its password and welcomes it (modern.ircdocs.horse, "connection registration"). */
final class Registration {
    private Registration() {}

    /** Completes the registration if NICK and USER have arrived and capabilities are not being negotiated. */
    static void completeIfReady(Call call) {
        IrcClient client = call.client();
        if (client.isRegistered()
                || client.isNegotiating()
                || client.user().isEmpty()
                || call.session().identity().nick().isEmpty()) {
            return;
        }
        ServerPassword password = call.server().password();
        if (password.isNone()) {
            complete(call);
            return;
        }
        client.password()
                .ifPresentOrElse(
                        given -> call.session()
                                .login()
                                .verify(
                                        "PASS",
                                        () -> password.isKnown(given),
                                        () -> password.matches(given),
                                        answer -> answer.handle(
                                                right -> complete(call), refused -> refuse(call, refused))),
                        () -> refuse(call, "Password incorrect", "Bad password"));
    }

    private static void refuse(Call call, Result.Refused<Boolean> refused) {
        if (refused.reason() == Result.Reason.WRONG) {
            refuse(call, "Password incorrect", "Bad password");
        } else {
            refuse(call, refused.why(), refused.why());
        }
    }

    private static void refuse(Call call, String why, String lastWords) {
        call.replyText(Numeric.ERR_PASSWDMISMATCH, why);
        call.close(lastWords, "");
    }

    private static void complete(Call call) {
        IrcClient client = call.client();
        Session session = call.session();
        session.identity()
                .introduce(
                        client.user().orElse(""),
                        IrcText.cut(client.realName(), call.server().limits().realName()));
        session.identity().enter(() -> registered(call));
    }

    private static void registered(Call call) {
        IrcClient client = call.client();
        Session session = call.session();
        client.registered();
        for (UserMode mode : call.server().settings().access().defaultUserModes()) {
            session.identity().setMode(mode, true);
        }
        if (session.login().currentToken().filter(LoginToken::isBot).isPresent()) {
            session.identity().setMode(UserMode.BOT, true);
        }
        MetadataSubscriptions.registered(call);
        session.connection().afterwards(() -> WelcomeBurst.welcome(call)); // the modes are set
    }
}
