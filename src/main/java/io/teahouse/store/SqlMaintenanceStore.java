package io.teahouse.store;

import io.teahouse.operator.MaintenanceStore;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The table {@code maintenance}, which has one row at most. */
final class SqlMaintenanceStore implements MaintenanceStore {
    private final StoreWriter writer;
    private final ReaderPool readers;

    SqlMaintenanceStore(StoreWriter writer, ReaderPool readers) {
        this.writer = writer;
        this.readers = readers;
    }

    @Override
    public CompletionStage<Optional<Notice>> read() {
        return readers.read(session -> {
            try (ResultSet row =
                    session.prepare("select text, by_whom, at from maintenance").executeQuery()) {
                return row.next()
                        ? Optional.of(new Notice(
                                TextCodec.decode(row.getString(1)),
                                TextCodec.decode(row.getString(2)),
                                Instant.ofEpochMilli(row.getLong(3))))
                        : Optional.empty();
            }
        });
    }

    @Override
    public CompletionStage<Void> write(Optional<Notice> notice) {
        return writer.submit(new SimpleWriteJob<>(session -> {
                    session.update("delete from maintenance");
                    return notice.isPresent()
                            ? session.update(
                                    "insert into maintenance (id, text, by_whom, at) values (1, ?, ?, ?)",
                                    notice.get().text(),
                                    notice.get().by(),
                                    notice.get().at().toEpochMilli())
                            : 0;
                }))
                .answer
                .thenAccept(count -> {});
    }
}
