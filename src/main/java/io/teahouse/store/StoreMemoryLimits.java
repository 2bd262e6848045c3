package io.teahouse.store;

/**
 * How many bytes all rooms together may have in memory.
 *
 * @param lines of what is kept nowhere else
 * @param behind of what was shown in rooms with {@link Durability#RELAXED} and is not stored yet
 */
public record StoreMemoryLimits(long lines, long behind) {
    /** The same shares of the heap as in the server's {@code reference.conf}. */
    public static StoreMemoryLimits defaults() {
        long heap = Runtime.getRuntime().maxMemory();
        return new StoreMemoryLimits(heap / 10, heap / 20);
    }
}
