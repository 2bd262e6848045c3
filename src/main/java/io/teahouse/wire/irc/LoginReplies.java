package io.teahouse.wire.irc;

import io.teahouse.account.Account;
import io.teahouse.user.UserMode;
import java.util.Optional;

/** Replies about logging in that several commands share (IRCv3 sasl-3.1). */
public final class LoginReplies {
    private LoginReplies() {}

    /** Sends RPL_LOGGEDIN. An operator of the server stays one under the new id. */
    public static void tell(Call call, Account account) {
        call.client()
                .operator()
                .filter(any -> call.me().is(UserMode.OPERATOR))
                .ifPresent(entry -> call.server().operators().put(call.me().id(), entry));
        String name = account.name().text();
        String user = call.client().isRegistered()
                ? call.session().identity().profile().user()
                : call.client().user().orElse("*");
        String source = call.nick() + "!" + user + "@"
                + call.session().identity().profile().host();
        call.reply(Numeric.RPL_LOGGEDIN, source, name, "You are now logged in as " + name);
    }

    /** Completes a login by SASL, and claims the nick whose refusal was postponed. */
    public static void succeed(Call call, Account account) {
        call.client().sasl(Optional.empty());
        tell(call, account);
        call.reply(Numeric.RPL_SASLSUCCESS);
        if (account.reset().isPresent()) {
            call.say("NOTICE", call.nick(), "Set a new password now: PASSWD CODE NEW");
        }
        claimPostponedNick(call);
    }

    /** Claims the postponed nick again; this time a refusal is sent. */
    public static void claimPostponedNick(Call call) {
        call.client().postponedNick().ifPresent(call.session().identity()::claim);
    }

    /** Aborts the SASL exchange in progress. */
    public static void abort(Call call) {
        call.client().sasl(Optional.empty());
        call.reply(Numeric.ERR_SASLABORTED);
    }
}
