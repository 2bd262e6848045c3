package io.teahouse.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The numbers of direct messages to a user, by sender. Immutable.
 *
 * @param counts by the senders' names, the earliest first
 * @param isComplete false: there may be more
 */
public record DirectMessages(Map<String, Integer> counts, boolean isComplete) {
    /** The maximum number of senders that are named. */
    private static final int NAMED = 5;

    static DirectMessages by(List<String> names, boolean isComplete) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        names.forEach(name -> counts.merge(name, 1, Integer::sum));
        return new DirectMessages(counts, isComplete);
    }

    public boolean isEmpty() {
        return counts.isEmpty();
    }

    /** One line for the user, such as {@code 2 direct messages: 1 from bob, 1 from eve}. */
    public String summary() {
        int sum = counts.values().stream().mapToInt(Integer::intValue).sum();
        String what = (isComplete ? "" : "at least ") + sum + (sum == 1 ? " direct message" : " direct messages");
        if (counts.size() == 1) {
            return what + " from " + counts.keySet().iterator().next();
        }
        String names = counts.entrySet().stream()
                .limit(NAMED)
                .map(each -> each.getValue() + " from " + each.getKey())
                .collect(Collectors.joining(", "));
        String more = counts.size() > NAMED ? ", and others" : "";
        return what + ": " + names + more;
    }
}
