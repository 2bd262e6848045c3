package io.teahouse.tool.crash;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares the messages that clients were shown with the stored ones. Pure; an instance checks once. */
final class Checker {
    private final Evidence evidence;
    private final Map<String, StoredHistory> rooms = new HashMap<>();
    private final List<Violation> violations = new ArrayList<>();

    private Checker(Evidence evidence) {
        this.evidence = evidence;
    }

    /** Every violation of a promise. */
    static List<Violation> check(Evidence evidence) {
        Checker checker = new Checker(evidence);
        checker.violations.addAll(evidence.found());
        evidence.history().forEach(checker::history);
        checker.senders();
        evidence.transcripts().forEach(checker::transcript);
        return checker.violations;
    }

    private void broken(Promise promise, String room, String what) {
        violations.add(new Violation(promise, room, what));
    }

    private StoredHistory stored(String room) {
        return rooms.computeIfAbsent(room, name -> new StoredHistory(List.of()));
    }

    // The history by itself

    private void history(String room, List<ShownMessage> events) {
        StoredHistory stored = new StoredHistory(events);
        rooms.put(room, stored);
        Map<String, String> ids = new HashMap<>();
        for (int i = 0; i < events.size(); i++) {
            ShownMessage event = events.get(i);
            int first = stored.position(event.id());
            if (first < i) {
                broken(Promise.STORED_ONCE, room, event + ", and before as " + stored.at(first));
            }
            String other = ids.put(event.msgid(), event.id());
            if (other != null) {
                broken(Promise.ONE_MSGID, room, event + " has the msgid of " + other);
            }
            if (!event.whole()) {
                broken(Promise.SAME_FOR_ALL, room, event + ": its text in the history is not the one that was sent");
            }
            if (i > 0 && event.at().isBefore(events.get(i - 1).at())) {
                broken(Promise.TIME_GOES_ON, room, event + " comes after " + events.get(i - 1));
            }
        }
    }

    // What the senders know

    private void senders() {
        Map<String, Integer> reached = new HashMap<>();
        Set<String> known = new HashSet<>();
        for (SentMessage said : evidence.said()) {
            known.add(said.id());
            receipts(said);
            if (!said.late()) {
                turn(said, reached);
            }
        }
        rooms.forEach((room, stored) -> stored.events().stream()
                .filter(event -> !known.contains(event.id()) || !event.room().equals(room))
                .forEach(event -> broken(Promise.NOTHING_INVENTED, room, event + " by " + event.by())));
    }

    /** @param reached the highest position so far, by room and sender */
    private void turn(SentMessage said, Map<String, Integer> reached) {
        int position = stored(said.room()).position(said.id());
        int before = reached.getOrDefault(said.room() + ' ' + said.by(), -1);
        if (position >= 0 && position < before) {
            broken(Promise.IN_TURN, said.room(), said.id() + " comes before what " + said.by() + " sent earlier");
        }
        reached.put(said.room() + ' ' + said.by(), Math.max(before, position));
    }

    private void receipts(SentMessage said) {
        Set<String> receipts = new LinkedHashSet<>(said.receipts());
        if (receipts.isEmpty() && !said.abandoned()) {
            broken(Promise.REPEATS_ARE_ANSWERED, said.room(), said.id() + " never got a receipt");
        }
        if (receipts.size() > 1) {
            broken(Promise.ONE_RECEIPT, said.room(), said.id() + " got " + String.join(", ", receipts));
        }
        if (!receipts.isEmpty() && stored(said.room()).position(said.id()) < 0) {
            broken(Promise.RECEIPT_MEANS_STORED, said.room(), said.id() + " got " + String.join(", ", receipts));
        }
    }

    // What each connection was shown

    private void transcript(Transcript transcript) {
        Map<String, List<ShownMessage>> byRoom = new HashMap<>();
        Map<String, Integer> showings = new HashMap<>();
        for (ShownMessage shown : transcript.shown()) {
            byRoom.computeIfAbsent(shown.room(), room -> new ArrayList<>()).add(shown);
            if (showings.merge(shown.id(), 1, Integer::sum) == transcript.mostShowings(shown.id()) + 1) {
                broken(Promise.SHOWN_ONCE, shown.room(), shown + " to " + transcript);
            }
        }
        byRoom.forEach((room, shown) -> sequence(transcript, room, shown));
    }

    private void sequence(Transcript transcript, String room, List<ShownMessage> all) {
        StoredHistory stored = stored(room);
        Set<String> lost = new HashSet<>();
        Set<Integer> seen = new HashSet<>();
        int from = Integer.MAX_VALUE;
        int last = -1;
        for (ShownMessage shown : all) {
            int position = stored.position(shown);
            if (position < 0) {
                if (!shown.by().equals(transcript.who())
                        && lost.add(shown.id())) { // for its own, the rule on receipts holds
                    broken(Promise.SHOWN_MEANS_STORED, room, shown + " to " + transcript);
                }
                continue;
            }
            if (!isSame(shown, stored.at(position))) {
                broken(Promise.SAME_FOR_ALL, room, shown + " to " + transcript + ", stored as " + stored.at(position));
            }
            boolean again = !seen.add(position);
            if (again || transcript.isRepeated(shown.id()) || stored.isAmbiguous(shown)) {
                continue; // perhaps it answers a repeat
            }
            if (position < last) {
                broken(Promise.SAME_ORDER, room, shown + " to " + transcript + " after " + stored.at(last));
            }
            last = Math.max(last, position);
            from = Math.min(from, position);
        }
        for (int i = from; i < last; i++) {
            if (!seen.contains(i)) {
                broken(Promise.NOTHING_SKIPPED, room, stored.at(i) + " to " + transcript);
            }
        }
    }

    private static boolean isSame(ShownMessage shown, ShownMessage there) {
        return shown.by().equals(there.by())
                && shown.whole() == there.whole()
                && (!shown.isComplete()
                        || (shown.msgid().equals(there.msgid()) && shown.at().equals(there.at())));
    }
}
