package io.teahouse.store;

import io.teahouse.account.LoginToken;
import io.teahouse.account.LoginTokens;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The table {@code login_tokens}. */
final class SqlLoginTokens implements LoginTokens {
    private static final String SELECT =
            "select id, account, number, hash, label, created, used from login_tokens where ";
    private static final String ADD = "insert into login_tokens (id, account, number, hash, label, created, used)"
            + " select ?, key, ?, ?, ?, ?, ? from accounts where key = ?";
    private static final String LEAST_USED = "delete from login_tokens where id in (select id from login_tokens"
            + " where account = ? order by used desc, number desc limit ? offset ?)";
    private static final int ALL = 1_000_000;

    private final StoreWriter writer;
    private final ReaderPool readers;

    SqlLoginTokens(StoreWriter writer, ReaderPool readers) {
        this.writer = writer;
        this.readers = readers;
    }

    @Override
    public CompletionStage<Optional<LoginToken>> add(LoginToken token, int most, Instant unused) {
        return writer.submit(new SimpleWriteJob<>(session -> add(session, token, most, unused))).answer;
    }

    private static Optional<LoginToken> add(SqlSession session, LoginToken token, int most, Instant unused)
            throws SQLException {
        session.update("delete from login_tokens where used < ?", unused.toEpochMilli());
        session.update(LEAST_USED, token.account(), ALL, Math.max(0, most - 1));
        session.update("update accounts set last_token = last_token + 1 where key = ?", token.account());
        long number = session.number("select last_token from accounts where key = ?", token.account());
        LoginToken stored = token.withNumber(Math.toIntExact(number));
        int added = session.update(
                ADD,
                stored.id(),
                stored.number(),
                stored.hash(),
                stored.label(),
                stored.created().toEpochMilli(),
                stored.used().toEpochMilli(),
                stored.account());
        return added == 1 ? Optional.of(stored) : Optional.empty();
    }

    @Override
    public CompletionStage<Optional<LoginToken>> find(String id) {
        return readers.read(session -> select(session, "id = ?", id).stream().findFirst());
    }

    @Override
    public CompletionStage<List<LoginToken>> findByAccount(String account) {
        return readers.read(session -> select(session, "account = ? order by number", account));
    }

    private static List<LoginToken> select(SqlSession session, String which, Object... values) throws SQLException {
        List<LoginToken> all = new ArrayList<>();
        try (ResultSet row = session.prepare(SELECT + which, values).executeQuery()) {
            while (row.next()) {
                all.add(new LoginToken(
                        row.getString(1),
                        TextCodec.decode(row.getString(2)),
                        row.getInt(3),
                        row.getString(4),
                        TextCodec.decode(row.getString(5)),
                        Instant.ofEpochMilli(row.getLong(6)),
                        Instant.ofEpochMilli(row.getLong(7))));
            }
        }
        return all;
    }

    @Override
    public CompletionStage<Boolean> recordUse(String id, Instant at) {
        return writer.submit(new SimpleWriteJob<>(session ->
                        session.update("update login_tokens set used = ? where id = ?", at.toEpochMilli(), id) == 1))
                .answer;
    }

    @Override
    public CompletionStage<Optional<LoginToken>> remove(String account, int number) {
        return writer.submit(new SimpleWriteJob<>(session -> {
                    Optional<LoginToken> found = select(session, "account = ? and number = ?", account, number).stream()
                            .findFirst();
                    if (found.isPresent()) {
                        session.update(
                                "delete from login_tokens where id = ?",
                                found.get().id());
                    }
                    return found;
                }))
                .answer;
    }

    @Override
    public CompletionStage<Integer> removeAll(String account) {
        return writer.submit(new SimpleWriteJob<>(session -> removeAll(session, account))).answer;
    }

    /** Deletes the tokens of an account; returns how many there were. */
    static int removeAll(SqlSession session, String account) throws SQLException {
        return session.update("delete from login_tokens where account = ?", account);
    }
}
