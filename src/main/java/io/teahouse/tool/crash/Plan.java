package io.teahouse.tool.crash;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a run does.
 *
 * @param run begins every id and room of this run, so that runs on one database do not meet
 * @param jar what is run
 * @param folder working directory of the servers
 * @param settings for the server, each {@code -Dteahouse.…=…}
 * @param seed of everything that is left to chance
 * @param kills how often the server is killed under way
 * @param senders each in one room
 * @param listeners in every room each, beside the one at the plain door
 * @param window messages that a sender keeps without receipt
 * @param pace between two messages of one sender
 * @param patience with an answer, after which a client comes in anew, and with the server's start
 */
record Plan(
        String run,
        Path jar,
        Path folder,
        List<String> settings,
        long seed,
        int kills,
        int senders,
        int rooms,
        int listeners,
        int window,
        Duration pace,
        Duration patience) {
    /** The name of a room of a run, from 0. */
    static String room(String run, int number) {
        return "crash-" + run + '-' + number;
    }

    /** The room of a sender, from 0. */
    String room(int sender) {
        return room(run, sender % rooms);
    }

    List<String> allRooms() {
        return IntStream.range(0, rooms).mapToObj(this::room).toList();
    }
}
