package io.teahouse.store;

import io.teahouse.account.Account;
import io.teahouse.account.AccountStore;
import io.teahouse.account.Credentials;
import io.teahouse.account.KnownNetworks;
import io.teahouse.account.LoginTokens;
import io.teahouse.account.Suspension;
import io.teahouse.room.Names;
import io.teahouse.room.Nick;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The table {@code accounts}. */
final class SqlAccountStore implements AccountStore {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String SELECT =
            "select key, name, registered, email, credentials, networks, reset_until, reset_used,"
                    + " suspended_by, suspended_why, suspended_at, suspended_until from accounts where ";
    private static final String FIND = SELECT + "key = ?";
    private static final String LIST = SELECT + "key > ? and key like ? escape '!' order by key limit ?";
    private static final String FORMER =
            SELECT + "key = (select account from former_names where former_names.key = ? and until > ?)";
    private static final String SUSPEND = "update accounts set suspended_by = ?, suspended_why = ?, suspended_at = ?,"
            + " suspended_until = ? where key = ?";
    private static final String LIFT = "update accounts set suspended_by = null, suspended_why = null,"
            + " suspended_at = null, suspended_until = null where key = ?";
    private static final long FOR_EVER = Long.MAX_VALUE;
    private static final String FIND_LOOKS = SELECT + "look in (?, ?) or key_look in (?, ?)";
    private static final String ANY_NOT_PLAIN =
            "select count(*) from (select 1 from accounts where plain = 0 limit 1) one";
    private static final String CREATE =
            "insert into accounts (key, name, registered, email, credentials, networks, look, key_look, plain)"
                    + " values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing";
    private static final String REPLACE = "update accounts set credentials = ?, reset_until = null, reset_used = 0"
            + " where key = ? and credentials = ?";
    private static final String USE_RESET =
            "update accounts set reset_used = 1 where key = ? and reset_until is not null and reset_used = 0";
    private static final String RESET =
            "update accounts set credentials = ?, reset_until = ?, reset_used = 0 where key = ?";
    private static final String NETWORKS = "select networks from accounts where key = ?";

    private final Names names;
    private final StoreWriter writer;
    private final ReaderPool readers;
    private final SqlLoginTokens tokens;

    SqlAccountStore(Names names, StoreWriter writer, ReaderPool readers) {
        this.names = names;
        this.writer = writer;
        this.readers = readers;
        this.tokens = new SqlLoginTokens(writer, readers);
        AccountRenaming.resume(names, writer, readers);
    }

    @Override
    public CompletionStage<Optional<Account>> find(String key) {
        return readers.read(session -> find(session, key));
    }

    private static Optional<Account> find(SqlSession session, String key) throws SQLException {
        try (ResultSet row = session.prepare(FIND, key).executeQuery()) {
            return row.next() ? Optional.of(account(row)) : Optional.empty();
        }
    }

    private static Account account(ResultSet row) throws SQLException {
        return new Account(
                new Nick(TextCodec.decode(row.getString(2)), TextCodec.decode(row.getString(1))),
                Instant.ofEpochMilli(row.getLong(3)),
                TextCodec.decode(row.getString(4)),
                Credentials.parse(TextCodec.decode(row.getString(5))),
                networks(row.getString(6)),
                reset(row),
                suspension(row));
    }

    @Override
    public CompletionStage<List<Account>> list(String pattern, String after, int most) {
        String like = pattern.replace("!", "!!")
                .replace("%", "!%")
                .replace("_", "!_")
                .replace('*', '%')
                .replace('?', '_');
        return readers.read(session -> {
            List<Account> found = new ArrayList<>();
            try (ResultSet rows = session.prepare(LIST, after, like, most).executeQuery()) {
                while (rows.next()) {
                    found.add(account(rows));
                }
            }
            return found;
        });
    }

    @Override
    public CompletionStage<Optional<Account>> findLookAlike(Nick name) {
        return readers.read(session -> findLookAlike(session, name));
    }

    private Optional<Account> findLookAlike(SqlSession session, Nick name) throws SQLException {
        try (ResultSet row =
                session.prepare(FORMER, name.key(), System.currentTimeMillis()).executeQuery()) {
            if (row.next()) {
                return Optional.of(account(row));
            }
        }
        if (Names.isPlain(name.key()) && session.number(ANY_NOT_PLAIN) == 0) {
            return Optional.empty();
        }
        Names.Looks looks = names.looks(name.text(), name.key());
        try (ResultSet rows = session.prepare(FIND_LOOKS, looks.shown(), looks.folded(), looks.shown(), looks.folded())
                .executeQuery()) {
            while (rows.next()) {
                if (Names.mayNotCoexist(name.key(), TextCodec.decode(rows.getString(1)))) {
                    return Optional.of(account(rows));
                }
            }
            return Optional.empty();
        }
    }

    private static List<String> networks(String kept) {
        return kept.isEmpty() ? List.of() : List.of(kept.split(" ", -1));
    }

    private static Optional<Account.Reset> reset(ResultSet row) throws SQLException {
        long until = row.getLong(7);
        return row.wasNull()
                ? Optional.empty()
                : Optional.of(new Account.Reset(Instant.ofEpochMilli(until), row.getInt(8) != 0));
    }

    private static Optional<Suspension> suspension(ResultSet row) throws SQLException {
        String by = row.getString(9);
        if (by == null) {
            return Optional.empty();
        }
        long until = row.getLong(12);
        return Optional.of(new Suspension(
                TextCodec.decode(by),
                TextCodec.decode(row.getString(10)),
                Instant.ofEpochMilli(row.getLong(11)),
                until == FOR_EVER ? Optional.empty() : Optional.of(Instant.ofEpochMilli(until))));
    }

    @Override
    public CompletionStage<Created> create(Account account) {
        Nick name = account.name();
        Names.Looks looks = names.looks(name.text(), name.key());
        return write(session -> {
            if (findLookAlike(session, name).isPresent()) {
                return Created.EXISTS;
            }
            int created = session.update(
                    CREATE,
                    account.key(),
                    name.text(),
                    account.registeredAt().toEpochMilli(),
                    account.email(),
                    account.credentials().encoded(),
                    String.join(" ", account.networks()),
                    looks.shown(),
                    looks.folded(),
                    Names.isPlain(name.key()) ? 1 : 0);
            return created == 1 ? Created.CREATED : Created.EXISTS;
        });
    }

    @Override
    public CompletionStage<Boolean> replaceCredentials(String key, Credentials from, Credentials to) {
        return forget(session -> {
            boolean replaced = session.update(REPLACE, to.encoded(), key, from.encoded()) == 1;
            if (replaced) {
                SqlLoginTokens.removeAll(session, key);
            }
            return replaced;
        });
    }

    @Override
    public CompletionStage<Boolean> renewCredentials(String key, Credentials from, Credentials to) {
        return forget(session -> session.update(REPLACE, to.encoded(), key, from.encoded()) == 1);
    }

    @Override
    public CompletionStage<Boolean> useReset(String key) {
        return write(session -> session.update(USE_RESET, key) == 1);
    }

    @Override
    public CompletionStage<Boolean> noteNetwork(String key, String network, int most) {
        return write(session -> {
            List<String> before;
            try (ResultSet row = session.prepare(NETWORKS, key).executeQuery()) {
                before = row.next() ? networks(row.getString(1)) : List.of();
            }
            String now = String.join(" ", KnownNetworks.with(before, network, most));
            return session.update("update accounts set networks = ? where key = ?", now, key) == 1;
        });
    }

    @Override
    public CompletionStage<Boolean> reset(String key, Credentials code, Instant until) {
        return forget(session -> reset(session, key, code, until));
    }

    @Override
    public CompletionStage<Boolean> suspend(String key, Optional<Suspension> to) {
        return write(session -> to.isEmpty()
                ? session.update(LIFT, key) == 1
                : session.update(
                                SUSPEND,
                                to.get().by(),
                                to.get().why(),
                                to.get().since().toEpochMilli(),
                                to.get().until().map(Instant::toEpochMilli).orElse(FOR_EVER),
                                key)
                        == 1);
    }

    @Override
    public CompletionStage<Renamed> rename(String key, Nick to, Instant reserved) {
        return new AccountRenaming(names, writer, key, to, reserved, this::findLookAlike).run();
    }

    /** Replaces the password by a code, and deletes all tokens. Returns false if there is no such account. */
    static boolean reset(SqlSession session, String key, Credentials code, Instant until) throws SQLException {
        SqlLoginTokens.removeAll(session, key);
        return session.update(RESET, code.encoded(), until.toEpochMilli(), key) == 1;
    }

    @Override
    public CompletionStage<Boolean> delete(String key) {
        return forget(session -> session.update("delete from accounts where key = ?", key) == 1);
    }

    @Override
    public CompletionStage<byte[]> secret() {
        return write(SqlAccountStore::secret);
    }

    /** Returns the store's secret, and creates it if there is none yet. */
    static byte[] secret(SqlSession session) throws SQLException {
        Optional<byte[]> known = knownSecret(session);
        if (known.isPresent()) {
            return known.get();
        }
        byte[] fresh = randomSecret();
        session.update("update store set secret = ?", HexFormat.of().formatHex(fresh));
        return fresh;
    }

    /** The store's secret; empty: it has none yet. */
    static Optional<byte[]> knownSecret(SqlSession session) throws SQLException {
        try (ResultSet row = session.prepare("select secret from store").executeQuery()) {
            return row.next() ? Optional.ofNullable(row.getString(1)).map(HexFormat.of()::parseHex) : Optional.empty();
        }
    }

    static byte[] randomSecret() {
        byte[] fresh = new byte[SECRET_BYTES];
        RANDOM.nextBytes(fresh);
        return fresh;
    }

    @Override
    public LoginTokens tokens() {
        return tokens;
    }

    private <T> CompletionStage<T> forget(SimpleWriteJob.Work<T> work) {
        return writer.submit(SimpleWriteJob.forgetting(work)).answer;
    }

    private <T> CompletionStage<T> write(SimpleWriteJob.Work<T> work) {
        return writer.submit(new SimpleWriteJob<>(work)).answer;
    }
}
