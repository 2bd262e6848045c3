package io.teahouse.tool.crash;

import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints which promises were broken, how often, and the first violations of each. */
final class Verdict {
    private static final int MAX_PRINTED = 5;

    private Verdict() {}

    static void print(List<Violation> violations, PrintWriter out) {
        Map<Promise, List<Violation>> each = violations.stream()
                .collect(Collectors.groupingBy(
                        Violation::promise, () -> new EnumMap<>(Promise.class), Collectors.toList()));
        each.forEach((promise, broken) -> {
            out.println("BROKEN: " + promise.text() + ": " + times(broken.size()));
            broken.stream().limit(MAX_PRINTED).forEach(violation -> out.println("  " + violation));
            if (broken.size() > MAX_PRINTED) {
                out.println("  and " + (broken.size() - MAX_PRINTED) + " more");
            }
        });
        if (violations.isEmpty()) {
            out.println("every promise was kept");
        }
        out.flush();
    }

    private static String times(int count) {
        return count == 1 ? "once" : count + " times";
    }
}
