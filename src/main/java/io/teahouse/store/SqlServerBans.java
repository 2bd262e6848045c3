package io.teahouse.store;

import io.teahouse.operator.Ban;
import io.teahouse.operator.BanTarget;
import io.teahouse.operator.ServerBans;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The table {@code server_bans}. */
final class SqlServerBans implements ServerBans {
    private static final String ALL =
            "select kind, target, reason, by_whom, at, until from server_bans order by at, target";
    private static final String PUT = "insert into server_bans (kind, target, reason, by_whom, at, until)"
            + " values (?, ?, ?, ?, ?, ?) on conflict (kind, target) do update set reason = excluded.reason,"
            + " by_whom = excluded.by_whom, at = excluded.at, until = excluded.until";

    private final StoreWriter writer;
    private final ReaderPool readers;

    SqlServerBans(StoreWriter writer, ReaderPool readers) {
        this.writer = writer;
        this.readers = readers;
    }

    @Override
    public CompletionStage<List<Ban>> all() {
        return readers.read(session -> {
            List<Ban> all = new ArrayList<>();
            try (ResultSet row = session.prepare(ALL).executeQuery()) {
                while (row.next()) {
                    long until = row.getLong(6);
                    BanTarget target = new BanTarget(
                            BanTarget.Kind.valueOf(row.getString(1).toUpperCase(Locale.ROOT)),
                            TextCodec.decode(row.getString(2)));
                    all.add(new Ban(
                            target,
                            TextCodec.decode(row.getString(3)),
                            TextCodec.decode(row.getString(4)),
                            Instant.ofEpochMilli(row.getLong(5)),
                            until == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(until))));
                }
            }
            return List.copyOf(all);
        });
    }

    @Override
    public CompletionStage<Void> put(Ban ban) {
        return writer.submit(new SimpleWriteJob<>(session -> session.update(
                        PUT,
                        kind(ban.target()),
                        ban.target().text(),
                        ban.reason(),
                        ban.by(),
                        ban.at().toEpochMilli(),
                        ban.until().map(Instant::toEpochMilli).orElse(0L))))
                .answer
                .thenAccept(count -> {});
    }

    @Override
    public CompletionStage<Boolean> remove(BanTarget target) {
        return writer.submit(new SimpleWriteJob<>(session -> session.update(
                                "delete from server_bans where kind = ? and target = ?", kind(target), target.text())
                        == 1))
                .answer;
    }

    private static String kind(BanTarget target) {
        return target.kind().name().toLowerCase(Locale.ROOT);
    }
}
