package io.teahouse.tool.load;

/**
 * One room and its senders. The clients are numbered: first the senders, then the slow readers; the last one is the
 * observer.
 *
 * @param window messages that each sender keeps outstanding
 * @param slow members that stop reading
 */
record FanoutPlan(int members, int senders, int window, int slow, Timing timing) {
    boolean isSlow(int client) {
        return client >= senders && client < senders + slow;
    }

    /** How many clients a message should reach, its sender not counted. */
    int readers() {
        return members - 1 - slow;
    }
}
