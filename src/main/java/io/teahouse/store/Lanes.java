package io.teahouse.store;

/**
 * How many connections read at a time, for each kind of question. Each kind has its own threads and its own queue, so that
 * none waits for another one.
 *
 * @param opening for opening rooms, and for logins: what chat cannot go on without
 * @param history for what was said, and lists of it
 * @param search for looking through everything
 * @param searches how many may wait to be looked for; one more is refused
 */
public record Lanes(int opening, int history, int search, int searches) {
    /** The same values as in the server's {@code reference.conf}. */
    public static final Lanes DEFAULT = new Lanes(2, 2, 1, 100);
}
