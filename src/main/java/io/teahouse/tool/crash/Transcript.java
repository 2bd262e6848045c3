package io.teahouse.tool.crash;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** What one connection was shown, in order, and what it sent. For one thread at a time. */
final class Transcript {
    private final String who;
    private final int server;
    private final List<ShownMessage> shown = new ArrayList<>();
    private final Map<String, Integer> sent = new HashMap<>();
    private final Set<String> repeated = new HashSet<>();
    private final List<Presence> presence = new ArrayList<>();
    private final long openedNanos = System.nanoTime();
    private OptionalLong closedNanos = OptionalLong.empty();

    /**
     * @param who the client's name
     * @param server the number of the server that it was connected to, from 1
     */
    Transcript(String who, int server) {
        this.who = who;
        this.server = server;
    }

    void shown(ShownMessage message) {
        shown.add(message);
    }

    /** @param repeat whether the message had been sent before, on this connection or another */
    void sent(String id, boolean repeat) {
        sent.merge(id, 1, Integer::sum);
        if (repeat) {
            repeated.add(id);
        }
    }

    /** Somebody has come, gone, or got a rank. */
    void presence(Presence what) {
        presence.add(what);
    }

    /** The connection has ended. */
    void close() {
        closedNanos = OptionalLong.of(System.nanoTime());
    }

    List<Presence> presence() {
        return presence;
    }

    /** When the client began to connect, in {@link System#nanoTime}. */
    long openedNanos() {
        return openedNanos;
    }

    /** When the connection ended, if it did before the end of the run. */
    OptionalLong closedNanos() {
        return closedNanos;
    }

    String who() {
        return who;
    }

    List<ShownMessage> shown() {
        return shown;
    }

    /** How often a message may be shown on this connection: once, or as often as this connection sent it. */
    int mostShowings(String id) {
        return sent.getOrDefault(id, 1);
    }

    /** Whether the message may be shown as the answer to a repeat, and so out of order. */
    boolean isRepeated(String id) {
        return repeated.contains(id);
    }

    @Override
    public String toString() {
        return who + " at server " + server;
    }
}
