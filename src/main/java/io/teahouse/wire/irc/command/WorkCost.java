package io.teahouse.wire.irc.command;

import io.teahouse.wire.irc.Call;

/** The work of requests that read much data, in points of {@link io.teahouse.client.Request#work}. */
final class WorkCost {
    /** A query that searches the store in more than one place. */
    static final int STORE = 20;

    /** The fixed part for any reply of several lines. */
    private static final int ANSWER = 4;

    private static final int LINES = 25;
    private static final int LOOKED_AT = 200;

    private static final int TOLD = 10;

    private WorkCost() {}

    /** A change that every room of the client compares with its masks. */
    static int compared(Call call) {
        return call.session().rooms().places().size();
    }

    /** A change that every room of the client only passes on. */
    static int relayed(Call call) {
        return call.session().rooms().places().size() / TOLD;
    }

    /** A reply with {@code count} lines of history. */
    static int lines(int count) {
        return ANSWER + count / LINES;
    }

    /** A search through {@code count} users or rooms. */
    static int list(int count) {
        return ANSWER + count / LOOKED_AT;
    }

    /** Work of {@code each} for each of the comma-separated targets. */
    static int targets(String param, int each) {
        return (int) Math.min(
                Integer.MAX_VALUE,
                each * (1 + param.chars().filter(c -> c == ',').count()));
    }
}
