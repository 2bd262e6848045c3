package io.teahouse.store;

import io.teahouse.account.ReadMarkers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** The table {@code read_markers}. */
final class SqlReadMarkers implements ReadMarkers {
    private static final String PUT = "insert into read_markers (account, target, at) values (?, ?, ?)"
            + " on conflict (account, target) do update set at = excluded.at where read_markers.at < excluded.at";
    private static final String OLDEST = "delete from read_markers where account = ? and target = (select target"
            + " from read_markers where account = ? and target <> ? order by at limit 1)";

    private final StoreWriter writer;
    private final ReaderPool readers;
    private final int most;

    /** @param most how many markers one account may have */
    SqlReadMarkers(StoreWriter writer, ReaderPool readers, int most) {
        this.writer = writer;
        this.readers = readers;
        this.most = most;
    }

    @Override
    public CompletionStage<Instant> put(String account, String target, Instant at) {
        return writer.submit(new SimpleWriteJob<>(session -> put(session, account, target, at.toEpochMilli()))).answer;
    }

    private Instant put(SqlSession session, String account, String target, long at) throws SQLException {
        session.update(PUT, account, target, at);
        if (session.number("select count(*) from read_markers where account = ?", account) > most) {
            session.update(OLDEST, account, account, target);
        }
        return Instant.ofEpochMilli(
                session.number("select at from read_markers where account = ? and target = ?", account, target));
    }

    @Override
    public CompletionStage<Map<String, Instant>> all(String account) {
        return readers.read(session -> {
            Map<String, Instant> all = new HashMap<>();
            try (ResultSet row = session.prepare("select target, at from read_markers where account = ?", account)
                    .executeQuery()) {
                while (row.next()) {
                    all.put(TextCodec.decode(row.getString(1)), Instant.ofEpochMilli(row.getLong(2)));
                }
            }
            return Map.copyOf(all);
        });
    }

    @Override
    public CompletionStage<Void> forget(String account) {
        return writer.submit(new SimpleWriteJob<>(
                        session -> session.update("delete from read_markers where account = ?", account)))
                .answer
                .thenAccept(count -> {});
    }
}
