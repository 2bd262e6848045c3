package io.teahouse.store;

import io.teahouse.account.KeyedHash;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/**
 * The table {@code erased_names}: accounts that were erased recently. It tells an operator who repeats {@code erase},
 * because the first run was killed or its output was lost, from one who mistypes a name. Names are stored as keyed
 * hashes.
 */
final class ErasedNamesTable {
    private static final Duration KEPT = Duration.ofDays(30);

    private ErasedNamesTable() {}

    /** Whether the account was erased recently. */
    static boolean contains(SqlSession session, String key) throws SQLException {
        return session.number("select count(*) from erased_names where hash = ?", hash(session, key)) > 0;
    }

    /** Records an account that is erased in this transaction. */
    static void add(SqlSession session, String key, Instant now) throws SQLException {
        session.update("delete from erased_names where at < ?", now.minus(KEPT).toEpochMilli());
        session.update(
                "insert into erased_names (hash, at) values (?, ?) on conflict (hash) do update set at = excluded.at",
                hash(session, key),
                now.toEpochMilli());
    }

    private static String hash(SqlSession session, String key) throws SQLException {
        return KeyedHash.of(SqlAccountStore.secret(session), "erased", key);
    }
}
