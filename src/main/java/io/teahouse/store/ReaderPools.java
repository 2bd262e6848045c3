package io.teahouse.store;

import java.time.Duration;

/**
 * How reading is shared out. Each kind of question has its own threads, each with a connection, and its own queue, so that
 * none waits for another one.
 *
 * @param opening how many read for opening rooms, and for logins: what chat cannot go on without
 * @param history for what was said, and lists of it
 * @param search for looking for words
 * @param searches how many searches may wait; one more is refused
 * @param looking how long one search looks through what is in no index, the newest first; then it says that there may be more
 */
public record ReaderPools(int opening, int history, int search, int searches, Duration looking) {
    /** The same values as in the server's {@code reference.conf}. */
    public static final ReaderPools DEFAULT = new ReaderPools(2, 2, 1, 100, Duration.ofMillis(150));
}
