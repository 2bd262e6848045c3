package io.teahouse.admin;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * The CPU time of the threads that everybody waits for: those of rooms and connections, and the store's writer. Its rate is the share
 * of a core that a thread is busy. Read when somebody asks, so it costs nothing in between.
 */
final class ThreadTimes {
    private static final String PREFIX = "teahouse-";
    private static final Set<String> OWN = Set.of("default-dispatcher", "store-writer");

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final ConcurrentHashMap<String, Long> nanos = new ConcurrentHashMap<>();

    /** @param fresh is told of each thread once: its name, and its time in nanoseconds as of the last reading */
    void read(BiConsumer<String, LongSupplier> fresh) {
        ConcurrentHashMap<String, Long> now = new ConcurrentHashMap<>();
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null) { // it has not ended meanwhile
                String name = name(thread.getThreadName());
                if (!name.isEmpty()) {
                    now.merge(name, Math.max(0, threads.getThreadCpuTime(thread.getThreadId())), Long::sum);
                }
            }
        }
        Set<String> unknown = new TreeSet<>(now.keySet());
        unknown.removeAll(nanos.keySet());
        nanos.putAll(now);
        unknown.forEach(name -> fresh.accept(name, () -> nanos.getOrDefault(name, 0L)));
    }

    /** Without what all threads of the server have in common; empty: it is none of those. */
    private static String name(String thread) {
        String name = thread.startsWith(PREFIX) ? thread.substring(PREFIX.length()) : "";
        boolean isLoop = name.length() > 1
                && name.charAt(0) == 't'
                && name.chars().skip(1).allMatch(c -> c >= '0' && c <= '9');
        return isLoop || OWN.contains(name) ? name : "";
    }
}
