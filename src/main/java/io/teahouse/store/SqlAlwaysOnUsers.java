package io.teahouse.store;

import io.teahouse.user.AlwaysOnUsers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The {@link AlwaysOnTables}, and the column {@code always_on} of the table {@code accounts}. */
final class SqlAlwaysOnUsers implements AlwaysOnUsers {
    private static final String CHOICE = "select always_on from accounts where name = ? order by key limit 1";
    private static final String CHOOSE = "update accounts set always_on = ? where key = ?";

    private final StoreWriter writer;
    private final ReaderPool readers;

    SqlAlwaysOnUsers(StoreWriter writer, ReaderPool readers) {
        this.writer = writer;
        this.readers = readers;
    }

    @Override
    public CompletionStage<Void> save(Stored user) {
        return writer.submit(new SaveUserJob(user)).answer;
    }

    @Override
    public CompletionStage<Void> remove(String account) {
        return done(SimpleWriteJob.forgetting(session -> {
            Optional<String> key = AlwaysOnTables.key(session, account);
            if (key.isPresent()) {
                AlwaysOnTables.remove(session, key.get());
            }
            return true;
        }));
    }

    @Override
    public CompletionStage<List<Stored>> all(int most) {
        return readers.read(session -> AlwaysOnTables.latest(session, most));
    }

    @Override
    public CompletionStage<Optional<Stored>> find(String account) {
        return readers.read(session -> {
            Optional<String> key = AlwaysOnTables.key(session, account);
            return key.isPresent() ? AlwaysOnTables.find(session, key.get()) : Optional.empty();
        });
    }

    @Override
    public CompletionStage<Optional<Boolean>> choice(String account) {
        return readers.read(session -> choice(session, account));
    }

    private static Optional<Boolean> choice(SqlSession session, String account) throws SQLException {
        try (ResultSet row = session.prepare(CHOICE, account).executeQuery()) {
            if (!row.next()) {
                return Optional.empty();
            }
            boolean alwaysOn = row.getInt(1) != 0;
            return row.wasNull() ? Optional.empty() : Optional.of(alwaysOn);
        }
    }

    @Override
    public CompletionStage<Void> choose(String account, boolean alwaysOn) {
        return done(new SimpleWriteJob<>(session -> {
            Optional<String> key = AlwaysOnTables.key(session, account);
            return key.isPresent() ? session.update(CHOOSE, alwaysOn ? 1 : 0, key.get()) : 0;
        }));
    }

    private CompletionStage<Void> done(WriteJob<?> job) {
        return writer.submit(job).answer.thenAccept(any -> {});
    }
}
