package io.teahouse.tool.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The memory that a JVM uses outside its heap: classes, compiled code, stacks, buffers, and what libraries allocate (Linux). */
public final class NativeMemory {
    private static final Pattern ADDRESS = Pattern.compile("0x([0-9a-f]+)");
    private static final Pattern MAPPING = Pattern.compile("([0-9a-f]+)-[0-9a-f]+ .*");
    private static final Pattern ANONYMOUS = Pattern.compile("Anonymous: +([0-9]+) kB");

    /** The addresses of a heap. */
    private record Heap(long from, long to) {
        boolean contains(long address) {
            return address >= from && address < to;
        }
    }

    private NativeMemory() {}

    /**
     * Resident memory of the process that is neither in the heap nor in a file, in KiB.
     *
     * @throws IOException if the process does not answer, or is another user's
     */
    public static long kib(long pid) throws IOException, InterruptedException {
        List<String> heap = Jcmd.run(pid, "GC.heap_info");
        return kib(heap, Files.readAllLines(Path.of("/proc", Long.toString(pid), "smaps")));
    }

    /**
     * The same from the answer of {@code jcmd}, in which generations have their addresses ({@code [0x…, 0x…)}), and from the
     * lines of {@code smaps} (proc(5)).
     */
    static long kib(List<String> heapInfo, List<String> smaps) {
        Heap heap = heap(heapInfo);
        boolean outside = true;
        long kib = 0;
        for (String line : smaps) {
            Matcher mapping = MAPPING.matcher(line);
            Matcher anonymous = ANONYMOUS.matcher(line);
            if (mapping.matches()) {
                outside = !heap.contains(Long.parseUnsignedLong(mapping.group(1), 16));
            } else if (outside && anonymous.matches()) {
                kib += Long.parseLong(anonymous.group(1));
            }
        }
        return kib;
    }

    private static Heap heap(List<String> heapInfo) {
        long from = Long.MAX_VALUE;
        long to = 0;
        for (String line : heapInfo) {
            Matcher address = ADDRESS.matcher(line);
            while (address.find()) {
                long each = Long.parseUnsignedLong(address.group(1), 16);
                from = Math.min(from, each);
                to = Math.max(to, each);
            }
        }
        return new Heap(from, to);
    }
}
