package io.teahouse.wire.irc.command;

import io.teahouse.wire.irc.Call;

/** What requests cost that read much, in points of {@link io.teahouse.client.Request#work}. */
final class WorkCost {
    /** The store looks for it in more than one place. */
    static final int STORE = 20;

    /** What comes with any answer of several lines. */
    private static final int ANSWER = 4;

    private static final int LINES = 25;
    private static final int LOOKED_AT = 200;

    private static final int TOLD = 10;

    private WorkCost() {}

    /** Something changes about the client in all rooms that it is in; each compares it with its masks. */
    static int compared(Call call) {
        return call.session().places().size();
    }

    /** The same, where nothing is compared. */
    static int told(Call call) {
        return call.session().places().size() / TOLD;
    }

    /** So many lines of the past. */
    static int lines(int count) {
        return ANSWER + count / LINES;
    }

    /** So many people or rooms are looked through. */
    static int list(int count) {
        return ANSWER + count / LOOKED_AT;
    }

    /** The same for each of the targets, with commas between. */
    static int targets(String param, int each) {
        return (int) Math.min(
                Integer.MAX_VALUE,
                each * (1 + param.chars().filter(c -> c == ',').count()));
    }
}
