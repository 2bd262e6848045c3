package io.teahouse.store;

import io.teahouse.room.Archive;
import io.teahouse.room.RoomEvent.Said;
import io.teahouse.room.RoomName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.ToLongFunction;

/** What is asked of all rooms in the database. */
final class SqlArchive implements Archive {
    private static final String NEWEST =
            "select at from messages where room = ? and kind < 3 and audience = 0 and sitting in (0, ?)"
                    + " order by seq desc limit 1";
    private static final String CONVERSATIONS = "select rooms.id, rooms.key, rooms.name from conversations"
            + " join rooms on rooms.id = conversations.room where conversations.identity = ?";
    private static final String SHOWN = "select id, key, name from rooms where key = ?";

    private record Place(long id, RoomName room) {}

    private final Readers readers;
    private final Search search;
    private final ToLongFunction<RoomName> sittings;
    private final Duration patience;

    /**
     * @param sittings who is in a room now, as its log has it
     * @param patience how long a search may look; what it has found by then is told as all that there is
     */
    SqlArchive(Readers readers, Search search, ToLongFunction<RoomName> sittings, Duration patience) {
        this.readers = readers;
        this.search = search;
        this.sittings = sittings;
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

    private Optional<Instant> newest(Session session, Place place) throws SQLException {
        try (ResultSet row = session.prepare(NEWEST, place.id, sittings.applyAsLong(place.room))
                .executeQuery()) {
            return row.next() ? Optional.of(Instant.ofEpochMilli(row.getLong(1))) : Optional.empty();
        }
    }

    @Override
    public CompletionStage<List<Said>> search(Query query) {
        return readers.read(new Searching(query, search, sittings, patience));
    }
}
