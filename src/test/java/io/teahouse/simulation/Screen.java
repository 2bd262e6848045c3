package io.teahouse.simulation;

import io.teahouse.room.Mode;
import io.teahouse.room.ModeChange;
import io.teahouse.room.Ranks;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomReply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What one client of a user has sent and shows, over all its connections. Reports at once what must not be shown. */
final class Screen {
    /** The seq of a client that has seen nothing. */
    static final long NOTHING = -1;

    final String name;
    private final User user;
    private final Trace trace;

    /** The seq of the newest event that it has seen. */
    long seen = NOTHING;

    final List<RoomEvent.Recorded> shown = new ArrayList<>();

    /** By nick; empty: not known. */
    Optional<Map<String, Ranks>> members = Optional.empty();

    final Map<String, Sent> sent = new LinkedHashMap<>();

    Screen(String name, User user, Trace trace) {
        this.name = name;
        this.user = user;
        this.trace = trace;
    }

    /** The user is not in the room any more: what has no answer gets none. */
    void leave() {
        seen = NOTHING;
        members = Optional.empty();
        unanswered().forEach(message -> message.abandoned = true);
    }

    List<Sent> unanswered() {
        return sent.values().stream().filter(message -> !message.isAnswered()).toList();
    }

    void show(RoomEvent event) {
        trace.add("%s sees %s", name, Described.of(event));
        if (event instanceof RoomEvent.Recorded recorded) {
            show(recorded);
        } else if (event instanceof RoomEvent.Gap gap) {
            check(
                    gap.after() <= seen && gap.next() > seen + 1,
                    "a gap of " + gap.after() + " to " + gap.next() + " after " + seen);
            seen = gap.next() - 1;
        } else if (event instanceof RoomEvent.Joined joined) {
            members.ifPresent(known -> join(known, joined.nick().text()));
        } else if (event instanceof RoomEvent.Left left) {
            if (left.how() == RoomEvent.Departure.KICKED) {
                user.world.moderators.add(left.by().text());
            }
            members.ifPresent(
                    known -> check(known.remove(left.nick().text()) != null, left.nick() + " leaves and is not here"));
        } else if (event instanceof RoomEvent.ModesChanged modes) {
            String by = modes.by().text();
            if (modes.changes().stream()
                    .anyMatch(change -> change.set() || !change.value().equals(by))) {
                user.world.moderators.add(by); // everybody may give up a rank of their own
            }
            modes.changes().stream()
                    .filter(change -> change.mode() == Mode.OPERATOR && change.set())
                    .forEach(change -> user.world.operators.add(change.value()));
            members.ifPresent(known -> modes.changes().forEach(change -> change(known, change)));
        }
    }

    private void show(RoomEvent.Recorded event) {
        check(event.seq() == seen + 1, "seq " + event.seq() + " after " + seen);
        check(shown.isEmpty() || shown.get(shown.size() - 1).seq() < event.seq(), "seq " + event.seq() + " twice");
        seen = event.seq();
        shown.add(event);
        if (event.by().text().equals(user.nick)) {
            receipt(event.clientId());
        }
    }

    void receipt(String clientId) {
        Optional.ofNullable(sent.get(clientId)).ifPresent(message -> message.receipt = true);
    }

    private void join(Map<String, Ranks> known, String nick) {
        check(known.put(nick, Ranks.NONE) == null || user.world.hasVanished(nick), nick + " joins and is here already");
    }

    private void change(Map<String, Ranks> known, ModeChange change) {
        Mode mode = change.mode();
        if (mode == Mode.OPERATOR || mode == Mode.VOICE) {
            check(known.containsKey(change.value()), "a rank for " + change.value() + ", who is not here");
            known.computeIfPresent(change.value(), (nick, ranks) -> ranks.with(mode, change.set()));
        }
    }

    void show(RoomReply.NameList names) {
        Map<String, Ranks> known = new TreeMap<>();
        names.members().forEach(each -> known.put(each.nick().text(), each.ranks()));
        members = Optional.of(known);
        trace.add("%s sees the members %s", name, Described.of(known));
    }

    void check(boolean holds, String otherwise) {
        if (!holds) {
            trace.violation("%s: %s", name, otherwise);
        }
    }
}
