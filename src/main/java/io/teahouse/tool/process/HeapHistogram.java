package io.teahouse.tool.process;

import io.teahouse.tool.ToolFailure;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The live objects of a JVM, after a full collection, whichever collector it uses.
 *
 * @param bytes of all of them
 * @param byClass bytes by the name of the class, as the JVM prints it
 */
public record HeapHistogram(long bytes, Map<String, Long> byClass) {
    private static final int GROWN_SHOWN = 5;
    private static final int COLUMNS = 4;

    /**
     * Asks the process by {@code jcmd PID GC.class_histogram}, and waits for it.
     *
     * @throws ToolFailure if this program runs on a JRE without {@code jcmd}
     * @throws IOException if the process does not answer
     */
    public static HeapHistogram take(long pid) throws IOException, InterruptedException {
        return parse(Jcmd.run(pid, "GC.class_histogram"));
    }

    /** Lines of the command: {@code number: instances bytes class}, and {@code Total instances bytes} at the end. */
    static HeapHistogram parse(List<String> lines) throws IOException {
        Map<String, Long> byClass = new HashMap<>();
        for (String line : lines) {
            String[] columns = line.strip().split(" +", COLUMNS);
            if (columns.length == COLUMNS && columns[0].endsWith(":") && isNumber(columns[2])) {
                byClass.merge(columns[COLUMNS - 1], Long.parseLong(columns[2]), Long::sum);
            } else if (columns.length == COLUMNS - 1 && columns[0].equals("Total")) {
                return new HeapHistogram(Long.parseLong(columns[2]), byClass);
            }
        }
        throw new IOException("jcmd printed no total: " + String.join(" | ", lines));
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(Character::isDigit);
    }

    /** The classes that have grown most since {@code before}, with the growth in KiB. */
    public String grownSince(HeapHistogram before) {
        return byClass.entrySet().stream()
                .map(each -> Map.entry(each.getKey(), each.getValue() - before.byClass.getOrDefault(each.getKey(), 0L)))
                .filter(each -> each.getValue() > 0)
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(GROWN_SHOWN)
                .map(each -> String.format(Locale.ROOT, "%s +%d KiB", each.getKey(), each.getValue() / 1024))
                .collect(Collectors.joining(", "));
    }
}
