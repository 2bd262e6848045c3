package io.teahouse.store;

import io.teahouse.room.Archive.Query;
import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomEvent.Said;
import io.teahouse.room.RoomName;
import io.teahouse.room.Span;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * One search. In each room, the newest messages are looked through first, which finds what is common; what is rare is
 * found by the index. As soon as there is enough, only what is newer is looked for in the rooms that are left.
 */
final class Searching implements Readers.Query<List<Said>> {
    /** Messages that are looked through before the index is asked. */
    private static final int RECENT = 200;

    /** Messages that are taken from the index at a time. */
    private static final int PIECE = 100;

    /** So few are found at once, whichever rooms they are in. */
    private static final int FEW = 1000;

    private final Query query;
    private final String text;
    private final Predicate<Recorded> wanted;
    private final Search search;
    private final ToLongFunction<RoomName> sittings;
    private final Duration patience;
    private final List<Said> found = new ArrayList<>();
    private long end;

    /**
     * @param sittings who is in a room now, as its log has it
     * @param patience how long it may look; what it has found by then is told as all that there is
     */
    Searching(Query query, Search search, ToLongFunction<RoomName> sittings, Duration patience) {
        this.query = query;
        this.text = query.text().toLowerCase(Locale.ROOT);
        this.wanted = query.wanted();
        this.search = search;
        this.sittings = sittings;
        this.patience = patience;
    }

    @Override
    public List<Said> run(Session session) throws SQLException {
        found.clear();
        end = System.nanoTime() + patience.toNanos();
        List<Rooms.Named> rooms = rooms(session);
        if (!rooms.isEmpty() && !text.isEmpty() && (rooms.size() > 1 || !search.knows(text))) {
            if (everywhere(session, rooms)) {
                return List.copyOf(found);
            }
        }
        for (Rooms.Named room : rooms) {
            if (inTime()) {
                add(new InRoom(session, room.name(), room.row()).find());
            }
        }
        return List.copyOf(found);
    }

    private List<Rooms.Named> rooms(Session session) throws SQLException {
        Map<String, Rooms.Row> rows = Rooms.find(session, query.rooms());
        List<Rooms.Named> rooms = new ArrayList<>();
        for (RoomName room : query.rooms()) {
            Rooms.Row row = rows.get(room.key());
            if (row != null) {
                rooms.add(new Rooms.Named(room, row.readBy(sittings.applyAsLong(room))));
            }
        }
        return rooms;
    }

    /** What is rare is found at once, in however many rooms. Returns false, and has found nothing, where it is not. */
    private boolean everywhere(Session session, List<Rooms.Named> rooms) throws SQLException {
        Map<Long, Rooms.Named> byId = new HashMap<>();
        Map<Long, Long> reaches = new HashMap<>(); // before the index is asked, or what it gets meanwhile is missed
        for (Rooms.Named room : rooms) {
            byId.put(room.row().id(), room);
            reaches.put(room.row().id(), search.reach(session, room.row()));
        }
        Optional<List<Search.Place>> places = search.places(session, text, FEW);
        if (places.isEmpty()) {
            return false;
        }
        List<Search.Place> own = places.get().stream()
                .filter(place -> byId.containsKey(place.room())
                        && place.seq() >= byId.get(place.room()).row().firstKept()
                        && place.seq() <= reaches.getOrDefault(place.room(), 0L))
                .toList();
        add(wanted(Messages.read(session, own, byId)));
        for (Rooms.Named room : rooms) {
            long reach = reaches.getOrDefault(room.row().id(), 0L);
            if (reach < Long.MAX_VALUE && inTime()) {
                InRoom here = new InRoom(session, room.name(), room.row());
                here.lookThrough(reach + 1, Long.MAX_VALUE);
                add(here.here);
            }
        }
        return true;
    }

    private List<Said> wanted(List<Recorded> events) {
        return events.stream().filter(wanted).map(Said.class::cast).toList();
    }

    private void add(List<Said> more) {
        found.addAll(more);
        found.sort(Comparator.comparing(Said::at).thenComparing(Said::seq));
        found.subList(0, Math.max(0, found.size() - query.limit())).clear();
    }

    private boolean inTime() {
        return System.nanoTime() < end;
    }

    /** What was said earlier is of no use. */
    private Optional<Instant> since() {
        return found.size() < query.limit() || found.isEmpty()
                ? query.after()
                : Optional.of(found.get(0).at());
    }

    /** In one room, the newest first. */
    private final class InRoom {
        private final Session session;
        private final RoomName room;
        private final Rooms.Row row;
        private final List<Said> here = new ArrayList<>();

        InRoom(Session session, RoomName room, Rooms.Row row) {
            this.session = session;
            this.room = room;
            this.row = row;
        }

        List<Said> find() throws SQLException {
            Places places = new Places(session, row);
            Optional<Instant> since = since();
            long from = since.isPresent() ? places.firstAt(since.get()) : row.firstKept();
            long to = query.before().isPresent() ? places.firstAt(query.before().get()) : Long.MAX_VALUE;
            List<Recorded> recent =
                    Messages.read(session, Messages.DOWNWARDS, room, row, Math.max(from, row.firstKept()), to, RECENT);
            keep(recent);
            if (recent.size() == RECENT) {
                long below = recent.get(RECENT - 1).seq() - 1;
                long reach = search.knows(text) ? search.reach(session, row) : 0;
                lookThrough(Math.max(from, reach + 1), below);
                take(from, Math.min(below, reach));
            }
            return here;
        }

        private void keep(List<Recorded> events) {
            for (Recorded event : events) {
                if (here.size() < query.limit() && wanted.test(event)) {
                    here.add((Said) event);
                }
            }
        }

        private void lookThrough(long from, long to) throws SQLException {
            int most = query.limit() - here.size();
            if (from <= to && most > 0 && inTime()) {
                Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
                keep(new Reading(room, any -> Optional.of(row), Span.seqs(from, to, most), wanted, left)
                        .run(session)
                        .events());
            }
        }

        private void take(long from, long to) throws SQLException {
            long below = to;
            while (from <= below && here.size() < query.limit() && inTime()) {
                List<Recorded> some = search.candidates(session, room, row, text, from, below, PIECE);
                keep(some);
                below = some.size() < PIECE ? 0 : some.get(PIECE - 1).seq() - 1;
            }
        }
    }
}
