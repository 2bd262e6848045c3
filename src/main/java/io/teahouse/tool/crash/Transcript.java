package io.teahouse.tool.crash;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one connection was shown and what it sent, in order. Belongs to one thread, later to the checker. */
final class Transcript {
    private final String who;
    private final int life;
    private final List<Shown> shown = new ArrayList<>();
    private final Map<String, Integer> sent = new HashMap<>();
    private final Set<String> repeated = new HashSet<>();

    /**
     * @param who the client's name
     * @param life the how-manieth server process it was connected to
     */
    Transcript(String who, int life) {
        this.who = who;
        this.life = life;
    }

    void shown(Shown message) {
        shown.add(message);
    }

    /** @param repeat whether it had been sent before, on this connection or another */
    void sent(String id, boolean repeat) {
        sent.merge(id, 1, Integer::sum);
        if (repeat) {
            repeated.add(id);
        }
    }

    String who() {
        return who;
    }

    List<Shown> shown() {
        return shown;
    }

    /** How often a message may be shown here: once, but an answer to each time that it was sent from here. */
    int mostShowings(String id) {
        return sent.getOrDefault(id, 1);
    }

    /** Whether it may be shown as the answer to a repeat, and so out of its turn. */
    boolean isRepeated(String id) {
        return repeated.contains(id);
    }

    @Override
    public String toString() {
        return who + " in life " + life;
    }
}
