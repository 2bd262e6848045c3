package io.teahouse.tool.operate;

import io.teahouse.account.ResetCode;
import io.teahouse.store.StoreException;
import io.teahouse.store.StoreMaintenance;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import picocli.CommandLine.Command;

/** {@code reset-password ACCOUNT}. */
@Command(
        name = "reset-password",
        description =
                "Prints a code that replaces the password of an account. The user logs in with it once and sets a new"
                        + " password with /password or PASSWD. The old password stops working at once. The server may be running.")
final class ResetPasswordCommand extends AccountCommand {
    ResetPasswordCommand(ToolContext.Source source) {
        super(source);
    }

    @Override
    void run(String account, String key, StoreMaintenance maintenance, ToolContext context, PrintWriter out)
            throws StoreException {
        ResetCode code = ResetCode.make(context.accounts());
        Instant until =
                Instant.now().plus(context.accounts().passwords().resetValid()).truncatedTo(ChronoUnit.SECONDS);
        if (!maintenance.resetPassword(key, code.credentials(), until)) {
            throw new IllegalArgumentException("there is no account " + account);
        }
        out.println(code.text());
        out.println("valid for one login as " + account + " until " + until
                + "; then set a new password: /password CODE NEW");
    }
}
