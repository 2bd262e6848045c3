package io.teahouse;

import io.teahouse.net.ListenerSettings;
import java.util.List;

/** Reads what all listeners have in common. */
final class ListenerReader {
    private static final int HUGE = 1 << 30;
    private static final int MANY = 10_000_000;

    private ListenerReader() {}

    static ListenerSettings read(
            SettingsReader read, String door, int maxLine, boolean chunks, List<String> dispatchers) {
        return new ListenerSettings(
                door,
                read.text(door + ".host"),
                read.number(door + ".port", 0, 65535),
                read.number("limits.max-connections", 1, MANY),
                read.number("limits.max-connections-per-address", 1, MANY),
                maxLine,
                read.bytes("limits.send-queue-bytes", 4096, HUGE),
                read.bytes("limits.read-ahead-bytes", 4096, HUGE),
                read.bytes("limits.socket-send-buffer-bytes", 4096, HUGE),
                chunks,
                dispatchers);
    }
}
