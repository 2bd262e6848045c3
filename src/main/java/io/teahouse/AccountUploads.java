package io.teahouse;

import io.teahouse.account.Account;
import io.teahouse.account.Accounts;
import io.teahouse.account.Result;
import io.teahouse.account.Result.Done;
import io.teahouse.account.TokenSession;
import io.teahouse.web.UploadAccess;
import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Users with an account may upload files. They show their token or password, under the limits of a login. */
final class AccountUploads implements UploadAccess {
    private static final int UNAUTHORIZED = 401;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;

    private final Accounts accounts;

    AccountUploads(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public CompletionStage<Answer> byToken(String token, InetAddress from) {
        return accounts.loginByToken(token, Optional.empty(), from)
                .thenApply(result -> answer(result.map(TokenSession::account)));
    }

    @Override
    public CompletionStage<Answer> byPassword(String name, String password, InetAddress from) {
        return accounts.login(name, password, from).thenApply(AccountUploads::answer);
    }

    private static Answer answer(Result<Account> result) {
        if (result instanceof Done<Account> done) {
            return new Allowed(done.value().key());
        }
        Result.Refused<Account> refused = (Result.Refused<Account>) result;
        int status = switch (refused.reason()) {
            case THROTTLED, BUSY -> TOO_MANY_REQUESTS;
            case AWAY -> UNAVAILABLE;
            default -> UNAUTHORIZED;
        };
        return new Refused(status, refused.why());
    }
}
