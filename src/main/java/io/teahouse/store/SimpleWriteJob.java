package io.teahouse.store;

import java.sql.SQLException;
import java.util.Optional;

/** A write that is a lambda. Its stage fails if nothing was stored. */
final class SimpleWriteJob<T> extends WriteJob<T> {
    /** The body; it may run again after a rollback. */
    interface Work<T> {
        T run(SqlSession session) throws SQLException;
    }

    private final Work<T> work;
    private final boolean forgets;
    private Optional<T> result = Optional.empty();

    SimpleWriteJob(Work<T> work) {
        this(work, false);
    }

    private SimpleWriteJob(Work<T> work, boolean forgets) {
        this.work = work;
        this.forgets = forgets;
    }

    /** Creates a job that deletes data which must not stay in the files of the store. */
    static <T> SimpleWriteJob<T> forgetting(Work<T> work) {
        return new SimpleWriteJob<>(work, true);
    }

    @Override
    boolean forgets() {
        return forgets;
    }

    @Override
    void write(SqlSession session) throws SQLException {
        result = Optional.of(work.run(session));
    }

    @Override
    void committed() {
        answer.complete(result.orElseThrow());
    }
}
