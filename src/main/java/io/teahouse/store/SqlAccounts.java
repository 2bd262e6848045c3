package io.teahouse.store;

import io.teahouse.account.Account;
import io.teahouse.account.AccountStore;
import io.teahouse.account.Credentials;
import io.teahouse.room.Nick;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The table {@code accounts}. */
final class SqlAccounts implements AccountStore {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String FIND = "select key, name, registered, email, credentials from accounts where key = ?";
    private static final String CREATE = "insert into accounts (key, name, registered, email, credentials)"
            + " values (?, ?, ?, ?, ?) on conflict do nothing";

    private final Writer writer;
    private final Readers readers;

    SqlAccounts(Writer writer, Readers readers) {
        this.writer = writer;
        this.readers = readers;
    }

    @Override
    public CompletionStage<Optional<Account>> find(String key) {
        return readers.read(session -> find(session, key));
    }

    private static Optional<Account> find(Session session, String key) throws SQLException {
        try (ResultSet row = session.prepare(FIND, key).executeQuery()) {
            return row.next()
                    ? Optional.of(new Account(
                            new Nick(Texts.decode(row.getString(2)), Texts.decode(row.getString(1))),
                            Instant.ofEpochMilli(row.getLong(3)),
                            Texts.decode(row.getString(4)),
                            Credentials.parse(Texts.decode(row.getString(5)))))
                    : Optional.empty();
        }
    }

    @Override
    public CompletionStage<Created> create(Account account) {
        return write(session -> session.update(
                                CREATE,
                                account.key(),
                                account.name().text(),
                                account.registeredAt().toEpochMilli(),
                                account.email(),
                                account.credentials().encoded())
                        == 1
                ? Created.CREATED
                : Created.EXISTS);
    }

    @Override
    public CompletionStage<Boolean> replaceCredentials(String key, Credentials to) {
        return write(
                session -> session.update("update accounts set credentials = ? where key = ?", to.encoded(), key) == 1);
    }

    @Override
    public CompletionStage<Boolean> delete(String key) {
        return write(session -> session.update("delete from accounts where key = ?", key) == 1);
    }

    @Override
    public CompletionStage<byte[]> secret() {
        byte[] fresh = new byte[SECRET_BYTES];
        RANDOM.nextBytes(fresh);
        return write(session -> {
            session.update(
                    "update store set secret = ? where secret is null",
                    HexFormat.of().formatHex(fresh));
            try (ResultSet row = session.prepare("select secret from store").executeQuery()) {
                row.next();
                return HexFormat.of().parseHex(row.getString(1));
            }
        });
    }

    private <T> CompletionStage<T> write(Writing.Work<T> work) {
        return writer.submit(new Writing<>(work)).answer;
    }
}
