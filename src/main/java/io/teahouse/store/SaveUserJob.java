package io.teahouse.store;

import io.teahouse.room.Metadata;
import io.teahouse.user.AlwaysOnUsers.Stored;
import java.sql.SQLException;
import java.util.Optional;

/** Stores an always-on user, unless the account has been deleted. */
final class SaveUserJob extends WriteJob<Void> {
    /** Approximate memory of a user and of each membership, their texts not included. */
    private static final int BYTES = 200;

    private final Stored user;
    private final long bytes;

    SaveUserJob(Stored user) {
        this.user = user;
        long texts = user.nick().text().length()
                + user.realName().length()
                + user.away().length()
                + user.memberships().stream()
                        .mapToLong(each -> each.room().text().length())
                        .sum();
        this.bytes = (1L + user.memberships().size()) * BYTES
                + 2 * Character.BYTES * texts
                + Metadata.bytes(user.metadata());
    }

    @Override
    long bytes() {
        return bytes;
    }

    @Override
    void write(SqlSession session) throws SQLException {
        Optional<String> key = AlwaysOnTables.key(session, user.account());
        if (key.isPresent()) {
            AlwaysOnTables.save(session, key.get(), user);
        }
    }

    @Override
    void committed() {
        answer.complete(null);
    }
}
