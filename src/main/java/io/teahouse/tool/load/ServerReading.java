package io.teahouse.tool.load;

import io.teahouse.tool.process.HeapHistogram;
import io.teahouse.tool.process.NativeMemory;
import io.teahouse.tool.process.ProcessUsage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a server holds while nothing is under way.
 *
 * @param minutes since the run began
 * @param heap its live objects
 * @param nativeMib its memory outside the heap, see {@link NativeMemory}
 * @param rssMib its resident memory; includes what the JVM has not given back, so it is shown but not judged
 * @param threads by name, digits replaced by {@code N}; without those that the JVM starts and stops as it likes (compiler,
 *     collector)
 * @param files open ones, sockets included, by what they are
 */
record ServerReading(
        double minutes,
        HeapHistogram heap,
        double nativeMib,
        double rssMib,
        Map<String, Integer> threads,
        Map<String, Integer> files) {
    private static final double BYTES_PER_MIB = 1024 * 1024;
    private static final double KIB_PER_MIB = 1024;
    private static final List<String> JVM_THREADS = List.of("C1 Compiler", "C2 Compiler", "GC Thread", "G1 ");

    /** Reads process {@code pid}, which must be one of this user (Linux). */
    static ServerReading take(long pid, double minutes) throws IOException, InterruptedException {
        HeapHistogram heap = HeapHistogram.take(pid);
        Path process = Path.of("/proc", Long.toString(pid));
        return new ServerReading(
                minutes,
                heap,
                NativeMemory.kib(pid) / KIB_PER_MIB,
                new ProcessUsage(List.of(pid)).rssMib(),
                count(process.resolve("task"), ServerReading::threadName),
                count(process.resolve("fd"), ServerReading::fileName));
    }

    private interface Name {
        String of(Path entry) throws IOException;
    }

    private static Map<String, Integer> count(Path folder, Name name) throws IOException {
        Map<String, Integer> counts = new TreeMap<>();
        List<Path> entries;
        try (Stream<Path> all = Files.list(folder)) {
            entries = all.toList();
        }
        for (Path entry : entries) {
            try {
                counts.merge(name.of(entry), 1, Integer::sum);
            } catch (NoSuchFileException e) {
                // It has ended, or was closed, since the folder was listed.
            }
        }
        counts.keySet().removeIf(each -> JVM_THREADS.stream().anyMatch(each::startsWith));
        return counts;
    }

    private static String threadName(Path task) throws IOException {
        return Files.readString(task.resolve("comm")).strip().replaceAll("[0-9]+", "N");
    }

    private static String fileName(Path file) throws IOException {
        return Files.readSymbolicLink(file).toString().replaceAll("\\[[0-9]+]", "");
    }

    double heapMib() {
        return heap.bytes() / BYTES_PER_MIB;
    }

    int threadCount() {
        return sum(threads);
    }

    int fileCount() {
        return sum(files);
    }

    private static int sum(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** What there is more of in {@code get} of this one than in that of {@code before}. */
    String moreThan(ServerReading before, Function<ServerReading, Map<String, Integer>> get) {
        return get.apply(this).entrySet().stream()
                .filter(each -> each.getValue() > get.apply(before).getOrDefault(each.getKey(), 0))
                .map(each -> each.getKey() + " +"
                        + (each.getValue() - get.apply(before).getOrDefault(each.getKey(), 0)))
                .collect(Collectors.joining(", "));
    }
}
