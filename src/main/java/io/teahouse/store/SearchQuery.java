package io.teahouse.store;

import io.teahouse.room.Archive.Found;
import io.teahouse.room.Archive.Query;
import io.teahouse.room.Names;
import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomEvent.Said;
import io.teahouse.room.RoomName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * One search. In each room it scans the newest messages first, which finds frequent texts; the index finds rare ones.
 * As soon as it has enough results, it only looks for newer ones in the remaining rooms. Messages that are in no
 * index are scanned, newest first, within a time limit that the rooms share.
 */
final class SearchQuery implements ReaderPool.Query<Found> {
    /** Messages that are scanned before the index is used. */
    private static final int RECENT = 200;

    /** Candidates that are read from the index at a time. */
    private static final int BATCH = 100;

    /** The most candidates that are read in one query over all rooms. */
    private static final int FEW = 1000;

    /** Messages that are scanned in each room whatever the time limit; the next pages grow. */
    private static final int FIRST_PAGE = 256;

    private static final int LARGEST_PAGE = 4096;

    private final Query query;
    private final List<RoomsTable.Asked> asked;
    private final String text;
    private final Predicate<Recorded> wanted;
    private final SearchIndex search;
    private final Duration patience;
    private final Duration scanTime;
    private final List<Said> found = new ArrayList<>();
    private boolean complete;
    private long end;

    /** The time left for scanning, and the number of rooms that share it. */
    private long scanNanosLeft;

    private int roomsLeft;

    /**
     * @param asked the rooms of the query
     * @param patience how long it may take
     * @param scanTime how much of that may be spent on scanning unindexed messages
     */
    SearchQuery(Query query, List<RoomsTable.Asked> asked, SearchIndex search, Duration patience, Duration scanTime) {
        this.query = query;
        this.asked = asked;
        this.text = Names.fold(query.text());
        this.wanted = query.wanted();
        this.search = search;
        this.patience = patience;
        this.scanTime = scanTime;
    }

    @Override
    public Found run(SqlSession session) throws SQLException {
        found.clear();
        complete = true;
        end = System.nanoTime() + patience.toNanos();
        scanNanosLeft = scanTime.toNanos();
        List<RoomsTable.Named> rooms = RoomsTable.find(session, asked);
        roomsLeft = rooms.size();
        boolean byIndex = !text.isEmpty() && !rooms.isEmpty() && (rooms.size() > 1 || !search.knows(text));
        if (byIndex && rooms.size() == 1 && new InRoom(session, rooms.get(0)).isCommon()) {
            byIndex = false;
        }
        if (!byIndex || !searchAllRooms(session, rooms)) {
            for (RoomsTable.Named room : rooms) {
                if (inTime()) {
                    add(new InRoom(session, room).find());
                    roomsLeft--;
                }
            }
        }
        return new Found(List.copyOf(found), complete);
    }

    /**
     * Finds a rare text by one query over all rooms. Returns false, and has found nothing, if the text is frequent.
     */
    private boolean searchAllRooms(SqlSession session, List<RoomsTable.Named> rooms) throws SQLException {
        Map<Long, RoomsTable.Named> byId = new HashMap<>();
        // read before the index is queried: otherwise messages that are indexed in between would be missed
        Map<Long, Long> reaches = new HashMap<>();
        for (RoomsTable.Named room : rooms) {
            byId.put(room.row().id(), room);
            reaches.put(room.row().id(), search.reach(session, room.row()));
        }
        long start = System.nanoTime();
        OptionalLong only =
                rooms.size() == 1 ? OptionalLong.of(rooms.get(0).row().id()) : OptionalLong.empty();
        Optional<List<SearchIndex.Place>> places = search.places(session, only, text, FEW);
        if (places.isEmpty()) {
            scanNanosLeft = Math.max(0, scanNanosLeft - (System.nanoTime() - start));
            return false;
        }
        List<SearchIndex.Place> own = places.get().stream()
                .filter(place -> byId.containsKey(place.room())
                        && place.seq() >= byId.get(place.room()).row().firstKept()
                        && place.seq() <= reaches.getOrDefault(place.room(), 0L))
                .toList();
        add(wanted(MessagesTable.read(session, own, byId)));
        for (RoomsTable.Named room : rooms) {
            long reach = reaches.getOrDefault(room.row().id(), 0L);
            if (reach < Long.MAX_VALUE && inTime()) {
                InRoom here = new InRoom(session, room);
                here.scan(Math.max(reach + 1, room.row().firstKept()), Long.MAX_VALUE);
                add(here.here);
            }
            roomsLeft--;
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
        boolean inTime = System.nanoTime() < end;
        complete &= inTime;
        return inTime;
    }

    /** The oldest time of interest: results before it would be dropped. */
    private Optional<Instant> since() {
        return found.size() < query.limit() || found.isEmpty()
                ? query.after()
                : Optional.of(found.get(0).at());
    }

    /** The search in one room, newest messages first. */
    private final class InRoom {
        private final SqlSession session;
        private final RoomName room;
        private final RoomsTable.Row row;
        private final List<Said> here = new ArrayList<>();

        private final long since = since().map(AnchorResolver::millis).orElse(Long.MIN_VALUE);

        /** Whether one page has been scanned, which happens whatever the time limit. */
        private boolean looked;

        InRoom(SqlSession session, RoomsTable.Named room) {
            this.session = session;
            this.room = room.name();
            this.row = room.row();
        }

        /** Whether the newest messages contain enough results. */
        boolean isCommon() throws SQLException {
            return query.before().isEmpty() && scanPage(row.firstKept(), Long.MAX_VALUE, RECENT) > 0 && !needsMore();
        }

        List<Said> find() throws SQLException {
            long to = query.before().isPresent()
                    ? new AnchorResolver(session, row).firstAt(query.before().get())
                    : Long.MAX_VALUE;
            long from = row.firstKept();
            long below = scanPage(from, to, RECENT);
            if (from <= below && needsMore()) {
                long reach = search.knows(text) ? search.reach(session, row) : 0;
                scan(Math.max(from, reach + 1), below);
                take(from, Math.min(below, reach));
            }
            return here;
        }

        private void keep(List<Recorded> events) {
            for (Recorded event : events) {
                if (needsMore() && wanted.test(event)) {
                    here.add((Said) event);
                }
            }
        }

        private boolean needsMore() {
            return here.size() < query.limit();
        }

        private void scan(long from, long to) throws SQLException {
            long until = System.nanoTime() + scanNanosLeft / Math.max(1, roomsLeft);
            long below = to;
            int pageRows = FIRST_PAGE;
            while (from <= below && needsMore()) {
                if (looked && System.nanoTime() >= until) {
                    complete = false;
                    break;
                }
                below = scanPage(from, below, pageRows);
                pageRows = Math.min(2 * pageRows, LARGEST_PAGE);
            }
        }

        /** Scans one page. Returns the seq from which to continue downwards. */
        private long scanPage(long from, long to, int most) throws SQLException {
            long start = System.nanoTime();
            looked = true;
            List<Long> likely = new ArrayList<>();
            int count = 0;
            long last = from;
            boolean early = false;
            try (ResultSet rows = session.prepare(MessagesTable.SKIM, row.id(), from, to, most)
                    .executeQuery()) {
                while (!early && rows.next()) {
                    count++;
                    last = rows.getLong(1);
                    early = rows.getLong(4) < since;
                    if (!early && isLikely(rows)) {
                        likely.add(last);
                    }
                }
            }
            for (int i = 0; i < likely.size() && needsMore(); i++) {
                long seq = likely.get(i);
                keep(MessagesTable.read(session, MessagesTable.UPWARDS, room, row, seq, seq, 1));
            }
            scanNanosLeft = Math.max(0, scanNanosLeft - (System.nanoTime() - start));
            return early || count < most ? from - 1 : last - 1;
        }

        private boolean isLikely(ResultSet message) throws SQLException {
            return Names.fold(TextCodec.decode(message.getString(2))).contains(text)
                    && (query.by().isEmpty() || query.by().get().equals(TextCodec.decode(message.getString(3))));
        }

        private void take(long from, long to) throws SQLException {
            long below = to;
            while (from <= below && needsMore() && inTime()) {
                List<Recorded> some = search.candidates(session, room, row, text, from, below, BATCH);
                keep(some);
                boolean early =
                        !some.isEmpty() && some.get(some.size() - 1).at().toEpochMilli() < since;
                below = early || some.size() < BATCH ? 0 : some.get(BATCH - 1).seq() - 1;
            }
        }
    }
}
