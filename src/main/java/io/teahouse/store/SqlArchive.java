package io.teahouse.store;

import io.teahouse.room.Archive;
import io.teahouse.room.Audience;
import io.teahouse.room.RoomEvent.Kind;
import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomEvent.Said;
import io.teahouse.room.RoomName;
import io.teahouse.room.Span;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** What is asked of all rooms in the database. */
final class SqlArchive implements Archive {
    private static final String NEWEST =
            "select at from messages where room = ? and kind < 3 and audience = 0" + " order by seq desc limit 1";
    private static final String CONVERSATIONS = "select rooms.id, rooms.key, rooms.name from conversations"
            + " join rooms on rooms.id = conversations.room where conversations.identity = ?";
    private static final String SHOWN = "select id, key, name from rooms where key = ?";

    /** How many messages are taken from an index at a time. */
    private static final int PIECE = 100;

    /** One more than the highest seq that a row of an index has room for. */
    private static final long SEQS = (1L << 40) - 1;

    private record Place(long id, RoomName room) {}

    private final Readers readers;
    private final Search search;
    private final Duration patience;

    /** @param patience how long a search may look; what it has found by then is told as all that there is */
    SqlArchive(Readers readers, Search search, Duration patience) {
        this.readers = readers;
        this.search = search;
        this.patience = patience;
    }

    @Override
    public CompletionStage<List<Latest>> latest(
            String identity, List<RoomName> rooms, Instant after, Instant before, int limit) {
        return readers.read(session -> {
            List<Place> places = places(session, CONVERSATIONS, identity);
            for (RoomName room : rooms) {
                places.addAll(places(session, SHOWN, room.key()));
            }
            List<Latest> found = new ArrayList<>();
            for (Place place : places) {
                newest(session, place)
                        .filter(at -> at.isAfter(after) && at.isBefore(before))
                        .ifPresent(at -> found.add(new Latest(place.room, at)));
            }
            found.sort(Comparator.comparing(Latest::at));
            return List.copyOf(found.subList(0, Math.min(limit, found.size())));
        });
    }

    private static List<Place> places(Session session, String sql, String parameter) throws SQLException {
        List<Place> places = new ArrayList<>();
        try (ResultSet row = session.prepare(sql, parameter).executeQuery()) {
            while (row.next()) {
                RoomName room = new RoomName(Texts.decode(row.getString(3)), Texts.decode(row.getString(2)));
                places.add(new Place(row.getLong(1), room));
            }
        }
        return places;
    }

    private static Optional<Instant> newest(Session session, Place place) throws SQLException {
        try (ResultSet row = session.prepare(NEWEST, place.id).executeQuery()) {
            return row.next() ? Optional.of(Instant.ofEpochMilli(row.getLong(1))) : Optional.empty();
        }
    }

    @Override
    public CompletionStage<List<Said>> search(Query query) {
        Predicate<Recorded> wanted = wanted(query);
        return readers.read(session -> {
            long end = System.nanoTime() + patience.toNanos();
            List<Recorded> found = new ArrayList<>();
            for (RoomName room : query.rooms()) {
                Optional<Rooms.Row> row = Rooms.find(session, room);
                if (row.isPresent()) {
                    found.addAll(find(session, room, row.get(), query, wanted, end));
                }
            }
            found.sort(Comparator.comparing(Recorded::at));
            return found.subList(Math.max(0, found.size() - query.limit()), found.size()).stream()
                    .map(Said.class::cast)
                    .toList();
        });
    }

    private List<Recorded> find(
            Session session, RoomName room, Rooms.Row row, Query query, Predicate<Recorded> wanted, long end)
            throws SQLException {
        Places places = new Places(session, row);
        long from = query.after().isPresent() ? places.firstAt(query.after().get()) : row.firstKept();
        long to = query.before().isPresent() ? places.firstAt(query.before().get()) : Long.MAX_VALUE - 1;
        long reach = search.knows(query.text()) ? search.reach(session, row) : 0;
        List<Recorded> found = new ArrayList<>();
        if (to > reach) {
            Span rest = Span.seqs(Math.max(from, reach + 1), to, query.limit());
            Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
            found.addAll(new Reading(room, rest, wanted, left).run(session).events());
        }
        long below = Math.min(to, reach);
        List<Recorded> some;
        do {
            some = below < from
                    ? List.of()
                    : search.candidates(session, room, row, query.text(), from, Math.min(below, SEQS), PIECE);
            some.stream().filter(wanted).limit(query.limit() - found.size()).forEach(found::add);
            below = some.isEmpty() ? 0 : some.get(some.size() - 1).seq() - 1;
        } while (some.size() == PIECE && found.size() < query.limit() && System.nanoTime() < end);
        return found;
    }

    private static Predicate<Recorded> wanted(Query query) {
        String text = query.text().toLowerCase(Locale.ROOT);
        return event -> event instanceof Said said
                && said.kind() != Kind.SIGNAL
                && said.audience() == Audience.ALL
                && query.by().filter(key -> !said.by().key().equals(key)).isEmpty()
                && query.after().filter(time -> !said.at().isAfter(time)).isEmpty()
                && query.before().filter(time -> !said.at().isBefore(time)).isEmpty()
                && said.text().toLowerCase(Locale.ROOT).contains(text);
    }
}
