package io.teahouse.store;

import io.teahouse.room.Archive;
import io.teahouse.room.RoomEvent.Said;
import io.teahouse.room.RoomName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** What is asked of all rooms in the database. */
final class SqlArchive implements Archive {
    private static final String NEWEST =
            "select rooms.key, rooms.name, (select at from messages where room = rooms.id and kind < 3 and audience = 0";

    private static final String FIRST = " order by seq desc limit 1) newest";

    /** What two say is for both, whenever they come. */
    private static final String CONVERSATIONS = NEWEST + " and sitting = 0" + FIRST
            + " from conversations join rooms on rooms.id = conversations.room where conversations.identity = ?";

    private static final String SHOWN = "with asked (key, sitting) as (values "
            + String.join(", ", Collections.nCopies(Several.COUNT, "(?, ?)")) + ") " + NEWEST
            + " and sitting in (0, asked.sitting)" + FIRST + " from asked join rooms on rooms.key = asked.key";

    private final Readers history;
    private final Readers searching;
    private final Search search;
    private final ToLongFunction<RoomName> sittings;
    private final Duration patience;

    /**
     * @param sittings who is in a room now, as its log has it
     * @param patience how long a search may look; what it has found by then is told as all that there is
     */
    SqlArchive(
            Readers history, Readers searching, Search search, ToLongFunction<RoomName> sittings, Duration patience) {
        this.history = history;
        this.searching = searching;
        this.search = search;
        this.sittings = sittings;
        this.patience = patience;
    }

    @Override
    public CompletionStage<List<Latest>> latest(
            String identity, List<RoomName> rooms, Instant after, Instant before, int limit) {
        return history.read(session -> {
            List<Latest> found = new ArrayList<>(newest(session, CONVERSATIONS, identity));
            for (Object[] some : Several.of(rooms)) {
                Object[] asked = Arrays.stream(some)
                        .map(RoomName.class::cast)
                        .flatMap(room -> Stream.of(room.key(), sittings.applyAsLong(room)))
                        .toArray();
                found.addAll(newest(session, SHOWN, asked));
            }
            return found.stream()
                    .distinct()
                    .filter(each -> each.at().isAfter(after) && each.at().isBefore(before))
                    .sorted(Comparator.comparing(Latest::at))
                    .limit(limit)
                    .toList();
        });
    }

    private static List<Latest> newest(Session session, String sql, Object... parameters) throws SQLException {
        List<Latest> found = new ArrayList<>();
        try (ResultSet row = session.prepare(sql, parameters).executeQuery()) {
            while (row.next()) {
                RoomName room = new RoomName(Texts.decode(row.getString(2)), Texts.decode(row.getString(1)));
                long at = row.getLong(3);
                if (!row.wasNull()) {
                    found.add(new Latest(room, Instant.ofEpochMilli(at)));
                }
            }
        }
        return found;
    }

    @Override
    public CompletionStage<List<Said>> search(Query query) {
        return searching.read(new Searching(query, search, sittings, patience));
    }
}
