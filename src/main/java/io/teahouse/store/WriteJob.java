package io.teahouse.store;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;

/** Something to be written, together with others in one transaction. Everything in it runs on the writer's thread. */
abstract class WriteJob<T> {
    final CompletableFuture<T> answer = new CompletableFuture<>();

    /** About how many bytes of memory it holds while it waits. */
    long bytes() {
        return 0;
    }

    /** Whether something is deleted or overwritten by it that should not stay in the files of the store. */
    boolean forgets() {
        return false;
    }

    /** Does it. It may be called again, after a rollback. */
    abstract void write(SqlSession session) throws SQLException;

    /** It is stored for good. */
    abstract void committed();

    /**
     * Nothing of it was stored.
     *
     * @param conflict because something is there already
     */
    void refused(Exception why, boolean conflict) {
        answer.completeExceptionally(why);
    }

    /** Nobody knows whether it was stored. */
    void lost(Exception why) {
        answer.completeExceptionally(why);
    }
}
