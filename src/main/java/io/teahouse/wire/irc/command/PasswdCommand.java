package io.teahouse.wire.irc.command;

import io.teahouse.account.Result;
import io.teahouse.client.Login;
import io.teahouse.client.TwoPasswords;
import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.Spec;
import java.util.Optional;

/**
 * PASSWD: changes a password. No specification covers that; the replies are standard replies (IRCv3 standard-replies).
 */
final class PasswdCommand implements IrcCommand {
    private static final Spec SPEC = Spec.of(
                    "PASSWD", 2, "old new", "Changes your password, and closes all other connections of your account.")
            .always()
            .costing(5);

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public void run(Call call) {
        Login login = call.session().login();
        Optional<TwoPasswords> given =
                TwoPasswords.parse(String.join(" ", call.message().params()));
        if (login.account().isEmpty()) {
            call.fail("ACCOUNT_REQUIRED", "Log in to your account first");
        } else if (given.isEmpty()) {
            call.fail("INVALID_PARAMS", "Type PASSWD OLD NEW; put a password with blanks in \"double quotes\"");
        } else {
            login.changePassword(
                    given.get().old(),
                    given.get().to(),
                    answer -> answer.handle(
                            account -> call.note(
                                    "PASSWORD_CHANGED", "Your password is changed; your other connections were closed"),
                            refused -> call.fail(code(refused.reason()), refused.why())));
        }
    }

    private static String code(Result.Reason reason) {
        return switch (reason) {
            case WRONG -> "INVALID_CREDENTIALS";
            case WEAK_PASSWORD -> "WEAK_PASSWORD";
            case BAD_PASSWORD -> "UNACCEPTABLE_PASSWORD";
            default -> "TEMPORARILY_UNAVAILABLE";
        };
    }
}
