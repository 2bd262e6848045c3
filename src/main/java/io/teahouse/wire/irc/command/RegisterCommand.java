package io.teahouse.wire.irc.command;

import io.teahouse.account.Account;
import io.teahouse.account.Result;
import io.teahouse.client.Login;
import io.teahouse.room.Nick;
import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.CapabilityValues;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.LoginReplies;
import io.teahouse.wire.irc.Spec;
import java.util.Optional;

/** REGISTER (IRCv3 draft/account-registration). */
final class RegisterCommand implements IrcCommand {
    private static final Spec SPEC = Spec.of("REGISTER", 3, "account|* email|* password", "Registers an account.")
            .always()
            .costing(5);

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public void run(Call call) {
        Login login = call.session().login();
        Optional<String> nick = call.session().identity().nick().map(Nick::text);
        String name = call.param(0).equals("*")
                ? nick.or(() -> call.client().refusedNick()).orElse("*")
                : call.param(0);
        if (!login.settings().registrable()) {
            call.fail("TEMPORARILY_UNAVAILABLE", "Accounts cannot be registered here", name);
        } else if (!call.client().isRegistered() && !CapabilityValues.registersBeforeConnect(call)) {
            call.fail("COMPLETE_CONNECTION_REQUIRED", "Enter first", name);
        } else if (login.account().isPresent()) {
            String account = login.account().get();
            call.fail("ALREADY_AUTHENTICATED", "You are logged in already", account);
        } else if (nick.isPresent()) {
            String email = call.param(1).equals("*") ? "" : call.param(1);
            login.register(name, call.param(2), email, answer -> say(call, name, answer));
        } else if (isTaken(call, name)) {
            call.fail("ACCOUNT_EXISTS", "Somebody else has that name", name);
        } else {
            call.fail("NEED_NICK", "Take a nick first", "*");
        }
    }

    private static boolean isTaken(Call call, String name) {
        return call.client().refusedNick().filter(name::equalsIgnoreCase).isPresent()
                || call.session().queries().users().find(name).isPresent();
    }

    private static void say(Call call, String name, Result<Account> answer) {
        answer.handle(
                account -> {
                    call.say(SPEC.verb(), "SUCCESS", account.name().text(), "Your account is registered");
                    LoginReplies.tell(call, account);
                },
                refused -> call.fail(code(refused.reason()), refused.why(), name));
    }

    private static String code(Result.Reason reason) {
        return switch (reason) {
            case EXISTS -> "ACCOUNT_EXISTS";
            case NOT_NICK -> "ACCOUNT_NAME_MUST_BE_NICK";
            case BAD_NAME -> "BAD_ACCOUNT_NAME";
            case WEAK_PASSWORD -> "WEAK_PASSWORD";
            case BAD_PASSWORD -> "UNACCEPTABLE_PASSWORD";
            case BAD_EMAIL -> "INVALID_EMAIL";
            case OFF, WRONG, SUSPENDED, NO_SUCH_ACCOUNT, THROTTLED, BUSY, AWAY -> "TEMPORARILY_UNAVAILABLE";
        };
    }
}
