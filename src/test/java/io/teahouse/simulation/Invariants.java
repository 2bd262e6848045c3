package io.teahouse.simulation;

import io.teahouse.room.Ranks;
import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomEvent.Said;
import io.teahouse.room.RoomReply;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What must hold when all faults have ended and everybody has been answered. The {@link Screen} checks the order of what it shows. */
final class Invariants {
    private final World world;
    private final Trace trace;
    private final List<Recorded> stored;

    /** The ranks of the members in the room, by nick. */
    private final Map<String, Ranks> members = new TreeMap<>();

    Invariants(World world, List<RoomReply.Participant> members) {
        members.forEach(each -> this.members.put(each.nick().text(), each.ranks()));
        this.world = world;
        this.trace = world.trace;
        this.stored = world.log.content();
    }

    void check() {
        seqsHaveNoHole();
        eachClientIdIsStoredOnce();
        for (Device device : world.devices()) {
            answersAreTrue(device.screen);
            whatIsShownIsStored(device.screen);
            nobodyWaits(device);
        }
        membersAreTheSame();
        require(
                !world.showsMembers() || world.operators.containsAll(world.moderators),
                "operators %s, but acting are %s",
                world.operators,
                world.moderators);
    }

    private void require(boolean holds, String format, Object... values) {
        if (!holds) {
            trace.violation(format, values);
        }
    }

    private void seqsHaveNoHole() {
        for (int i = 0; i < stored.size(); i++) {
            require(
                    stored.get(i).seq() == i + 1,
                    "stored seq %s in place %s",
                    stored.get(i).seq(),
                    i + 1);
        }
    }

    private void eachClientIdIsStoredOnce() {
        Set<String> ids = new HashSet<>();
        for (Recorded each : stored) {
            require(each.clientId().isEmpty() || ids.add(each.clientId()), "%s is stored twice", each.clientId());
        }
    }

    private Optional<Said> find(Sent message) {
        return stored.stream()
                .filter(each -> each.clientId().equals(message.clientId))
                .map(Said.class::cast)
                .findFirst();
    }

    /** A receipt means stored. Whoever was refused at the only attempt was not. */
    private void answersAreTrue(Screen screen) {
        for (Sent message : screen.sent.values()) {
            Optional<Said> found = find(message);
            require(!message.receipt || found.isPresent(), "%s has a receipt and is not stored", message.clientId);
            require(
                    message.refused.isEmpty() || message.attempts > 1 || found.isEmpty(),
                    "%s was refused and is stored",
                    message.clientId);
            require(
                    found.isEmpty() || found.get().text().equals(message.text),
                    "%s is stored with another text",
                    message.clientId);
        }
    }

    /** One order for all. */
    private void whatIsShownIsStored(Screen screen) {
        for (Recorded each : screen.shown) {
            boolean same = each.seq() <= stored.size()
                    && stored.get((int) each.seq() - 1).id().equals(each.id())
                    && stored.get((int) each.seq() - 1).clientId().equals(each.clientId());
            require(same, "%s was shown %s, which is not stored", screen.name, each.seq());
        }
    }

    /** Who is connected is in the room or out of it, has seen everything, and has an answer to everything. */
    private void nobodyWaits(Device device) {
        Screen screen = device.screen;
        device.link.ifPresent(link -> {
            boolean in = device.isIn();
            require(in || !device.isUsed(), "%s is %s", screen.name, link.status().state);
            require(
                    !in || screen.seen == stored.size(),
                    "%s has seen %s of %s",
                    screen.name,
                    screen.seen,
                    stored.size());
            require(
                    screen.unanswered().isEmpty(),
                    "%s has no answer to %s",
                    screen.name,
                    screen.unanswered().size());
            require(!in || device.user.place.isPresent(), "%s is in the room, and its user is not", screen.name);
        });
    }

    /** The room, the users and all who look at it agree who is in it, with which ranks. */
    private void membersAreTheSame() {
        for (User user : world.users) {
            Optional<Ranks> known = Optional.ofNullable(members.get(user.nick));
            Optional<Ranks> place = user.place.map(each -> each.ranks);
            boolean same = !world.showsMembers() || place.equals(known);
            require(same, "%s is %s, and knows %s", user.nick, known, place);
        }
        world.devices().stream()
                .filter(Device::isIn)
                .forEach(device -> device.screen.members.ifPresent(shown -> membersAreShown(device.screen, shown)));
    }

    private void membersAreShown(Screen screen, Map<String, Ranks> shown) {
        Map<String, Ranks> without = new TreeMap<>(shown);
        world.users.stream()
                .filter(user -> user.vanished && !members.containsKey(user.nick))
                .forEach(user -> without.remove(user.nick));
        require(
                without.equals(members),
                "%s shows %s instead of %s",
                screen.name,
                Described.of(without),
                Described.of(members));
    }
}
