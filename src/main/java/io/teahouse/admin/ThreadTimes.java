package io.teahouse.admin;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The CPU time of the threads that everybody waits for: those of rooms and connections, and the store's writer. Its rate is the share
 * of a core that a thread is busy. Read when somebody asks, so it costs nothing in between.
 */
final class ThreadTimes {
    private static final Pattern OWN = Pattern.compile("teahouse-(default-dispatcher|t\\d+|store-writer)");

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final ConcurrentHashMap<String, Long> nanos = new ConcurrentHashMap<>();

    /** @param fresh is told of each thread once: its name, and its time in nanoseconds as of the last reading */
    void read(BiConsumer<String, LongSupplier> fresh) {
        ConcurrentHashMap<String, Long> now = new ConcurrentHashMap<>();
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null) { // it has not ended meanwhile
                Matcher name = OWN.matcher(thread.getThreadName());
                if (name.matches()) {
                    now.merge(name.group(1), Math.max(0, threads.getThreadCpuTime(thread.getThreadId())), Long::sum);
                }
            }
        }
        Set<String> unknown = new TreeSet<>(now.keySet());
        unknown.removeAll(nanos.keySet());
        nanos.putAll(now);
        unknown.forEach(name -> fresh.accept(name, () -> nanos.getOrDefault(name, 0L)));
    }
}
