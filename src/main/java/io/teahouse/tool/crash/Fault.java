package io.teahouse.tool.crash;

import java.time.Duration;
import java.util.Random;

/**
 * What is done to a cluster.
 *
 * @param node to which of its nodes, from 0
 */
record Fault(Kind kind, int node) {
    /** The kinds of faults. */
    enum Kind {
        KILL("kill -9"),
        CUT_OFF("cut off for 15 s"),
        RESET("its connections to the others reset"),
        STOP("SIGTERM"),
        PAUSE_5("pause of 5 s"),
        PAUSE_11("pause of 11 s"),
        PAUSE_30("pause of 30 s"),
        STOP_EACH("SIGTERM of each node in turn");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** How long the node is paused or cut off. */
        Duration length() {
            return switch (this) {
                case PAUSE_5 -> Duration.ofSeconds(5);
                case PAUSE_11 -> Duration.ofSeconds(11);
                case PAUSE_30 -> Duration.ofSeconds(30);
                case CUT_OFF -> Duration.ofSeconds(15);
                case KILL, RESET, STOP, STOP_EACH -> Duration.ZERO;
            };
        }
    }

    /** All kinds one after the other, in an order that the seed decides: none is left out in a run with enough of them. */
    static Fault next(int number, int nodes, Random random) {
        Kind[] all = Kind.values();
        return new Fault(all[Math.floorMod(number, all.length)], random.nextInt(nodes));
    }

    @Override
    public String toString() {
        return kind == Kind.STOP_EACH ? kind.text : kind.text + ", node " + (node + 1);
    }
}
