package io.teahouse.tool.crash;

import io.teahouse.tool.client.IrcLine;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Who is in which room, as one node lists it.
 *
 * @param nicks by room
 * @param ranked those of them who have a rank, by room
 */
record MemberLists(Map<String, Set<String>> nicks, Map<String, Set<String>> ranked) {
    private static final String PREFIXES = "~&@%+";

    /** Asks one node, by a client that is in none of these rooms. */
    static MemberLists read(CrashPlan plan, ServerInstance server, MessageInterner interner) throws IOException {
        String name = "observer" + server.number();
        try (IrcClient client = new IrcClient(name, List.of(plan.run() + "-observers"), server, plan, interner)) {
            client.enter(new Transcript(name, server.number()));
            MemberLists lists = new MemberLists(new TreeMap<>(), new TreeMap<>());
            for (String room : plan.allRooms()) {
                lists.read(client, room, new Deadline(plan.patience()));
            }
            return lists;
        }
    }

    private void read(IrcClient client, String room, Deadline deadline) throws IOException {
        Set<String> all = new TreeSet<>();
        Set<String> withRank = new HashSet<>();
        client.send(List.of("NAMES #" + room));
        for (IrcLine line = client.next(deadline); !line.is("366"); line = client.next(deadline)) {
            if (line.is("353")) {
                for (String each : line.param(3).strip().split(" +", -1)) {
                    String nick = each.replaceFirst("^[" + PREFIXES + "]+", "");
                    all.add(nick);
                    if (nick.length() < each.length()) {
                        withRank.add(nick);
                    }
                }
            }
        }
        nicks.put(room, all);
        ranked.put(room, withRank);
    }

    /** Who should be there, as this run knows its clients. */
    static Map<String, Set<String>> expected(CrashPlan plan, List<String> listeners, String terminal) {
        return plan.allRooms().stream().collect(Collectors.toMap(room -> room, room -> {
            Set<String> all = new TreeSet<>(listeners);
            for (int sender = 0; sender < plan.senders(); sender++) {
                if (plan.room(sender).equals(room)) {
                    all.add(Sender.name(sender));
                }
            }
            if (plan.room(0).equals(room)) {
                all.add(terminal);
            }
            return all;
        }));
    }

    /** Where this differs from who should be there; empty: nowhere. */
    String difference(Map<String, Set<String>> expected) {
        return expected.entrySet().stream()
                .filter(room -> !room.getValue().equals(nicks.get(room.getKey())))
                .map(room -> "#" + room.getKey() + " lacks "
                        + without(room.getValue(), nicks.getOrDefault(room.getKey(), Set.of())) + ", has "
                        + without(nicks.getOrDefault(room.getKey(), Set.of()), room.getValue()))
                .collect(Collectors.joining("; "));
    }

    private static Set<String> without(Set<String> some, Set<String> others) {
        Set<String> left = new TreeSet<>(some);
        left.removeAll(others);
        return left;
    }
}
