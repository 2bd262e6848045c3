package io.teahouse;

import io.teahouse.account.HashedToken;
import io.teahouse.admin.AdminToken;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** The command {@code admin-token}: makes a token for the admin port, and its hash for the settings. */
@Command(
        name = "admin-token",
        description = "Makes a random token for the admin port, and prints it with its hash for the settings.",
        mixinStandardHelpOptions = true)
final class AdminTokenCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        String token = AdminToken.random();
        System.out.println("token (for Authorization: Bearer): " + token);
        System.out.println("for the settings: " + HashedToken.hash(token));
        return 0;
    }
}
