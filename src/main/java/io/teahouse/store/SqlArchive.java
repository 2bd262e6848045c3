package io.teahouse.store;

import io.teahouse.room.Archive;
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
import java.util.function.Function;
import java.util.stream.Stream;

/** Queries over many rooms. */
final class SqlArchive implements Archive {
    private static final String MESSAGES = "kind < 3";

    private static final String MESSAGES_AND_SIGNALS = "kind < 4";

    private static final String NEWEST =
            "select rooms.key, rooms.name, (select at from messages where room = rooms.id and " + MESSAGES
                    + " and audience = 0";

    private static final String FIRST = " order by seq desc limit 1) newest";

    /** Messages of conversations are for both partners at any time. */
    private static final String CONVERSATIONS = NEWEST + " and sitting = 0" + FIRST
            + " from conversations join rooms on rooms.id = conversations.room where conversations.identity = ?";

    private static final String SHOWN = "with asked (id, sitting) as (values "
            + String.join(", ", Collections.nCopies(SqlBatches.COUNT, "(?, ?)")) + ") " + NEWEST
            + " and sitting in (0, asked.sitting)" + FIRST + " from asked join rooms on rooms.id = asked.id";

    private final ReaderPool history;
    private final ReaderPool searching;
    private final SearchIndex search;
    private final Function<RoomName, RoomsTable.Asked> known;
    private final Duration patience;
    private final Duration scanTime;

    /**
     * @param known adds what this process knows of a room when the query is made
     * @param patience how long a search may take
     * @param scanTime how much of that may be spent on scanning unindexed messages
     */
    SqlArchive(
            ReaderPool history,
            ReaderPool searching,
            SearchIndex search,
            Function<RoomName, RoomsTable.Asked> known,
            Duration patience,
            Duration scanTime) {
        this.history = history;
        this.searching = searching;
        this.search = search;
        this.known = known;
        this.patience = patience;
        this.scanTime = scanTime;
    }

    @Override
    public CompletionStage<List<Latest>> latest(
            String identity, List<RoomName> rooms, boolean signals, Instant after, Instant before, int limit) {
        List<RoomsTable.Asked> asked = rooms.stream().map(known).toList();
        return history.read(session -> {
            List<Latest> found = new ArrayList<>(newest(session, sql(CONVERSATIONS, signals), identity));
            for (Object[] some : SqlBatches.of(RoomsTable.find(session, asked))) {
                Object[] places = Arrays.stream(some)
                        .map(room -> ((RoomsTable.Named) room).row())
                        .flatMap(row -> Stream.of(row.id(), row.session()))
                        .toArray();
                found.addAll(newest(session, sql(SHOWN, signals), places));
            }
            return found.stream()
                    .distinct()
                    .filter(each -> each.at().isAfter(after) && each.at().isBefore(before))
                    .sorted(Comparator.comparing(Latest::at))
                    .limit(limit)
                    .toList();
        });
    }

    private static String sql(String messages, boolean signals) {
        return signals ? messages.replace(MESSAGES, MESSAGES_AND_SIGNALS) : messages;
    }

    private static List<Latest> newest(SqlSession session, String sql, Object... parameters) throws SQLException {
        List<Latest> found = new ArrayList<>();
        try (ResultSet row = session.prepare(sql, parameters).executeQuery()) {
            while (row.next()) {
                RoomName room = new RoomName(TextCodec.decode(row.getString(2)), TextCodec.decode(row.getString(1)));
                long at = row.getLong(3);
                if (!row.wasNull()) {
                    found.add(new Latest(room, Instant.ofEpochMilli(at)));
                }
            }
        }
        return found;
    }

    @Override
    public CompletionStage<Found> search(Query query) {
        List<RoomsTable.Asked> asked = query.rooms().stream().map(known).toList();
        return searching.read(new SearchQuery(query, asked, search, patience, scanTime));
    }
}
