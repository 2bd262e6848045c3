package io.teahouse.wire.irc.command;

import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.Spec;
import java.util.Optional;

/**
 * VERIFY (IRCv3 draft/account-registration). REGISTER completes a registration at once, so there is never anything to
 * verify.
 */
final class VerifyCommand implements IrcCommand {
    private static final Spec SPEC = Spec.of("VERIFY", 2, "account code", "Not needed: REGISTER is enough.")
            .always()
            .costing(2);

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public void run(Call call) {
        Optional<String> account = call.session().login().account();
        if (account.isPresent()) {
            call.fail("ALREADY_AUTHENTICATED", "You are logged in already", account.get());
        } else {
            call.fail("INVALID_CODE", "There is nothing to verify: an account can be used at once", call.param(0));
        }
    }
}
