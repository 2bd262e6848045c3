package io.teahouse.wire.irc.command;

import io.teahouse.account.Result;
import io.teahouse.client.Login;
import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.Spec;
import java.util.Optional;

/**
 * ALWAYSON: chooses whether the user stays without a connection. No specification covers that; replies are standard
 * replies.
 */
final class AlwaysonCommand implements IrcCommand {
    private static final Spec SPEC = Spec.of(
                    "ALWAYSON",
                    0,
                    "[ON|OFF]",
                    "Chooses whether you stay in your channels without a connection, also when the server restarts.")
            .costing(3);

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public void run(Call call) {
        Login login = call.session().login();
        String choice = call.param(0);
        if (login.account().isEmpty()) {
            call.fail("ACCOUNT_REQUIRED", "Log in to your account first");
        } else if (choice.isEmpty()) {
            login.alwaysOn(Optional.empty(), answer -> tell(call, answer));
        } else if (choice.equalsIgnoreCase("ON") || choice.equalsIgnoreCase("OFF")) {
            login.alwaysOn(Optional.of(choice.equalsIgnoreCase("ON")), answer -> tell(call, answer));
        } else {
            call.fail("INVALID_PARAMS", "Type ALWAYSON ON or ALWAYSON OFF");
        }
    }

    private static void tell(Call call, Result<Boolean> answer) {
        answer.handle(
                on -> {
                    if (on) {
                        call.note("ALWAYS_ON", "You are always-on: you stay in your channels when you disconnect");
                    } else {
                        call.note("NOT_ALWAYS_ON", "You are not always-on: you leave when you disconnect");
                    }
                },
                refused -> call.fail(
                        refused.reason() == Result.Reason.OFF ? "DISABLED" : "TEMPORARILY_UNAVAILABLE", refused.why()));
    }
}
