package io.teahouse.wire.irc;

import io.teahouse.client.Session;
import io.teahouse.client.UserMode;

/** How a connection becomes a client (modern.ircdocs.horse, "connection registration"). */
final class Registration {
    private Registration() {}

    /** Completes it, if NICK and USER have come and capabilities are not being negotiated. */
    static void goOn(Call call) {
        IrcClient client = call.client();
        if (client.isRegistered()
                || client.isNegotiating()
                || client.user().isEmpty()
                || call.session().nick().isEmpty()) {
            return;
        }
        String password = call.server().settings().password();
        if (password.isEmpty()) {
            complete(call);
            return;
        }
        String given = client.password().orElse("");
        call.session().compute(() -> ConfiguredPassword.matches(password, given), right -> {
            if (right) {
                complete(call);
            } else {
                call.reply(Numeric.ERR_PASSWDMISMATCH);
                call.close("Bad password", "");
            }
        });
    }

    private static void complete(Call call) {
        IrcClient client = call.client();
        Session session = call.session();
        session.changeProfile(session.profile()
                .withUser(client.user().orElse(""))
                .withRealName(IrcText.cut(client.realName(), Limits.REAL_NAME)));
        session.enter(() -> registered(call));
    }

    private static void registered(Call call) {
        IrcClient client = call.client();
        Session session = call.session();
        client.registered();
        for (UserMode mode : call.server().settings().defaultUserModes()) {
            session.setMode(mode, true);
        }
        Metadata.registered(call);
        Greeting.welcome(call);
    }
}
