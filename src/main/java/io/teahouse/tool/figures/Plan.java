package io.teahouse.tool.figures;

import java.util.List;
import java.util.Set;

/**
 * How much is measured.
 *
 * @param servers that are compared, as far as they are installed
 * @param rounds through all servers, in turn
 * @param warm seconds of load at each server before anything is measured
 * @param seconds of one measurement
 * @param members of the one room of the fan-out
 * @param inRooms clients in rooms of 20
 * @param idle clients that do nothing
 * @param returning clients that lose their server
 * @param stored messages in the store that is searched
 */
record Plan(
        Set<Contender> servers,
        int rounds,
        double warm,
        double seconds,
        List<Integer> members,
        int inRooms,
        int idle,
        int returning,
        int stored) {
    /** Half an hour. */
    static final Plan FULL =
            new Plan(Set.of(Contender.values()), 3, 15, 2, List.of(100, 1000, 4000), 2000, 2000, 2000, 300_000);
    /** Shows that everything can be measured. */
    static final Plan SHORT = new Plan(Set.of(Contender.values()), 1, 0, 0.4, List.of(100), 80, 100, 100, 2000);

    /** Where one server shows that it can be measured. */
    Set<Contender> some() {
        return rounds > 1 ? servers : Set.of(Contender.IRC);
    }

    Plan {
        servers = Set.copyOf(servers);
        members = List.copyOf(members);
    }

    /** The same with these servers. */
    Plan with(Set<Contender> others) {
        return new Plan(others, rounds, warm, seconds, members, inRooms, idle, returning, stored);
    }
}
