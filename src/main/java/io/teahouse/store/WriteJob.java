package io.teahouse.store;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;

/** A write that shares a transaction with others. All methods run on the writer's thread. */
abstract class WriteJob<T> {
    final CompletableFuture<T> answer = new CompletableFuture<>();

    /** The approximate memory that it holds while it waits, in bytes. */
    long bytes() {
        return 0;
    }

    /** Whether it deletes or overwrites data that must not stay in the files of the store. */
    boolean forgets() {
        return false;
    }

    /** Runs the statements. May be called again after a rollback. */
    abstract void write(SqlSession session) throws SQLException;

    /** The transaction was committed. */
    abstract void committed();

    /**
     * Nothing was stored.
     *
     * @param conflict whether a unique key or primary key was violated
     */
    void refused(Exception why, boolean conflict) {
        answer.completeExceptionally(why);
    }

    /** The outcome is unknown. */
    void lost(Exception why) {
        answer.completeExceptionally(why);
    }
}
