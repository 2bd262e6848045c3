package io.teahouse.tool.load;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** What a server did wrong: the first sentences, and how many there were. */
final class Violations {
    private static final int MOST_KEPT = 20;

    private final List<String> first = new ArrayList<>();
    private long count;

    void add(String what) {
        count++;
        if (first.size() < MOST_KEPT) {
            first.add(what);
        }
    }

    boolean isEmpty() {
        return count == 0;
    }

    void print(PrintWriter out) {
        first.forEach(what -> out.println("BROKEN: " + what));
        if (count > first.size()) {
            out.println("and " + (count - first.size()) + " more");
        }
        out.flush();
    }
}
