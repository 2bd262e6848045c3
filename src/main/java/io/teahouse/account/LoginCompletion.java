package io.teahouse.account;

import static io.teahouse.account.AsyncCalls.completed;

import io.teahouse.account.Result.Done;
import io.teahouse.account.Result.Reason;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of a login, whichever way the password was checked. Thread-safe; no returned stage fails. */
final class LoginCompletion {
    private static final Logger LOG = LoggerFactory.getLogger(LoginCompletion.class);

    private final AccountStore store;
    private final AsyncCalls calls;
    private final int knownNetworks;

    /** @param knownNetworks how many networks an account keeps */
    LoginCompletion(AccountStore store, AsyncCalls calls, int knownNetworks) {
        this.store = store;
        this.calls = calls;
        this.knownNetworks = knownNetworks;
    }

    /** The client has shown that the account is theirs. A suspended account and a reset code that was already used are refused. */
    CompletionStage<Result<Account>> succeed(FoundAccount found, InetAddress from) {
        Account account = found.account().orElseThrow();
        Optional<Suspension> suspension = account.suspended(Instant.now());
        if (suspension.isPresent()) {
            LOG.info("login to a suspended account: {}, from {}", account, from.getHostAddress());
            return completed(suspended(suspension.get()));
        }
        return account.reset().isEmpty()
                ? noteNetwork(found, account, from)
                : calls.ask(
                        () -> store.useReset(account.key()),
                        used -> used ? noteNetwork(found, account, from) : completed(fail(from)));
    }

    /** Stores from where the owner logged in; if that fails, they are logged in all the same. */
    private CompletionStage<Result<Account>> noteNetwork(FoundAccount found, Account account, InetAddress from) {
        List<String> networks = found.networksWith(from);
        return networks.equals(account.networks())
                ? completed(new Done<>(account))
                : calls.<Boolean, Boolean>ask(
                                () -> store.noteNetwork(account.key(), networks.get(0), knownNetworks),
                                noted -> completed(new Done<>(noted)))
                        .thenApply(any -> new Done<>(account.withNetworks(networks)));
    }

    /** Neither the name nor the password is logged: users type one in place of the other. */
    static <T> Result<T> fail(InetAddress from) {
        LOG.info("login failed: {}", from.getHostAddress());
        return wrong();
    }

    static <T> Result<T> suspended(Suspension suspension) {
        return Result.refused(Reason.SUSPENDED, suspension.text());
    }

    /** One text for an unknown account and a wrong password. */
    static <T> Result<T> wrong() {
        return Result.refused(Reason.WRONG, "there is no such account, or that is not its password");
    }
}
