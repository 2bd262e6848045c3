package io.teahouse.tool.crash;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a run does.
 *
 * @param run prefix of every id and room of this run, so that runs on one database do not collide
 * @param jar of the server
 * @param folder working directory of the servers
 * @param settings for the server, each {@code -Dteahouse.…=…}
 * @param seed of the random numbers
 * @param nodes how many servers run at the same time, as one cluster
 * @param kills how often the server is killed, the kill at the end not counted; how many faults a cluster has
 * @param senders each in one room
 * @param listeners each in every room, in addition to the one at the plain port
 * @param window how many messages of a sender may be without receipt
 * @param pace between two messages of one sender
 * @param patience how long a client waits for an answer before it reconnects, and how long a start may take
 */
record CrashPlan(
        String run,
        Path jar,
        Path folder,
        List<String> settings,
        long seed,
        int nodes,
        int kills,
        int senders,
        int rooms,
        int listeners,
        int window,
        Duration pace,
        Duration patience) {
    /** The name of the room with that number, from 0. */
    static String room(String run, int number) {
        return "crash-" + run + '-' + number;
    }

    /** The room of the sender with that number, from 0. */
    String room(int sender) {
        return room(run, sender % rooms);
    }

    List<String> allRooms() {
        return IntStream.range(0, rooms).mapToObj(this::room).toList();
    }
}
