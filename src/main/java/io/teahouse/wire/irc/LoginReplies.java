package io.teahouse.wire.irc;

import io.teahouse.account.Account;
import java.util.Optional;

/** What more than one command says of logging in (IRCv3 sasl-3.1). */
public final class LoginReplies {
    private LoginReplies() {}

    /** The client is logged in to that account now. */
    public static void tell(Call call, Account account) {
        String name = account.name().text();
        String user = call.client().isRegistered()
                ? call.session().profile().user()
                : call.client().user().orElse("*");
        String source =
                call.nick() + "!" + user + "@" + call.session().profile().host();
        call.reply(Numeric.RPL_LOGGEDIN, source, name, "You are now logged in as " + name);
    }

    /** The client is logged in by SASL: the name that it has waited for may be its own now. */
    public static void succeed(Call call, Account account) {
        call.client().sasl(Optional.empty());
        tell(call, account);
        call.reply(Numeric.RPL_SASLSUCCESS);
        if (account.reset().isPresent()) {
            call.say("NOTICE", call.nick(), "Set a new password now: PASSWD CODE NEW");
        }
        claimPostponedNick(call);
    }

    /** Asks again for the name that somebody else had; whether or not the client gets it, it is told now. */
    public static void claimPostponedNick(Call call) {
        call.client().postponedNick().ifPresent(call.session()::claim);
    }

    /** A login that has begun goes no further. */
    public static void abort(Call call) {
        call.client().sasl(Optional.empty());
        call.reply(Numeric.ERR_SASLABORTED);
    }
}
