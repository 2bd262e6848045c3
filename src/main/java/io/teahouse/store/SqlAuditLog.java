package io.teahouse.store;

import io.teahouse.operator.AuditLog;
import io.teahouse.operator.Way;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;

/** The table {@code audit_log}. */
final class SqlAuditLog implements AuditLog {
    private static final String APPEND =
            "insert into audit_log (number, at, who, way, power, arguments, why, outcome) values (?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String BEFORE = "select number, at, who, way, power, arguments, why, outcome from audit_log"
            + " where number < ? order by number desc limit ?";

    private final StoreWriter writer;
    private final ReaderPool readers;

    SqlAuditLog(StoreWriter writer, ReaderPool readers) {
        this.writer = writer;
        this.readers = readers;
    }

    @Override
    public CompletionStage<Long> append(Entry entry) {
        return writer.submit(new SimpleWriteJob<>(session -> append(session, entry))).answer;
    }

    private static long append(SqlSession session, Entry entry) throws SQLException {
        long number = 1 + session.number("select coalesce(max(number), 0) from audit_log");
        session.update(
                APPEND,
                number,
                entry.at().toEpochMilli(),
                entry.who(),
                entry.way().text(),
                entry.power(),
                entry.arguments(),
                entry.why(),
                entry.outcome());
        session.update("delete from audit_log where number <= ?", number - MOST);
        return number;
    }

    @Override
    public CompletionStage<List<Entry>> before(long number, int most) {
        return readers.read(session -> {
            List<Entry> found = new ArrayList<>();
            try (ResultSet row = session.prepare(BEFORE, number, most).executeQuery()) {
                while (row.next()) {
                    found.add(new Entry(
                            row.getLong(1),
                            Instant.ofEpochMilli(row.getLong(2)),
                            TextCodec.decode(row.getString(3)),
                            Way.valueOf(row.getString(4).toUpperCase(Locale.ROOT)),
                            row.getString(5),
                            TextCodec.decode(row.getString(6)),
                            TextCodec.decode(row.getString(7)),
                            TextCodec.decode(row.getString(8))));
                }
            }
            return List.copyOf(found);
        });
    }
}
