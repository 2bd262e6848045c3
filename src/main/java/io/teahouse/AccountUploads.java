package io.teahouse;

import io.teahouse.account.Account;
import io.teahouse.account.Accounts;
import io.teahouse.account.Result;
import io.teahouse.account.Result.Done;
import io.teahouse.room.Profile;
import io.teahouse.room.support.Address;
import io.teahouse.user.Entrance;
import io.teahouse.web.UploadAccess;
import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Users with an account may upload files. They show their token or password, under the limits of a login. */
final class AccountUploads implements UploadAccess {
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;

    private final Accounts accounts;
    private final Entrance entrance;

    /** @param entrance tells who is banned */
    AccountUploads(Accounts accounts, Entrance entrance) {
        this.accounts = accounts;
        this.entrance = entrance;
    }

    @Override
    public CompletionStage<Answer> byToken(String token, InetAddress from) {
        return accounts.authorize(token, from).thenApply(result -> answer(result, from));
    }

    @Override
    public CompletionStage<Answer> byPassword(String name, String password, InetAddress from) {
        return accounts.authorize(name, password, from).thenApply(result -> answer(result, from));
    }

    private Answer answer(Result<Account> result, InetAddress from) {
        if (result instanceof Done<Account> done) {
            Account account = done.value();
            return banned(account, from)
                    .<Answer>map(why -> new Refused(FORBIDDEN, why))
                    .orElseGet(() -> new Allowed(account.key()));
        }
        Result.Refused<Account> refused = (Result.Refused<Account>) result;
        int status = switch (refused.reason()) {
            case THROTTLED, BUSY -> TOO_MANY_REQUESTS;
            case AWAY -> UNAVAILABLE;
            default -> UNAUTHORIZED;
        };
        return new Refused(status, refused.why());
    }

    /** The owner need not be in the chat: they count as a user who has the name of the account. */
    private Optional<String> banned(Account account, InetAddress from) {
        String address = Address.canonical(from);
        Profile profile = new Profile("upload", address, "", account.name().text(), "", false).withAddress(address);
        return entrance.refusal(account.name(), profile, false);
    }
}
