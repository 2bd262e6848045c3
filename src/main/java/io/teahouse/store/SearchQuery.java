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
 * One search. In each room, the newest messages are looked through first, which finds what is common; what is rare is
 * found by the index. As soon as there is enough, only what is newer is looked for in the rooms that are left. What is in
 * no index is looked through, newest first, as long as there is time for it, which the rooms share.
 */
final class SearchQuery implements ReaderPool.Query<Found> {
    /** Messages that are looked through before the index is asked. */
    private static final int RECENT = 200;

    /** Messages that are taken from the index at a time. */
    private static final int PIECE = 100;

    /** So few are found at once, whichever rooms they are in. */
    private static final int FEW = 1000;

    /** Messages of each room that are looked through however little time there is; the next pieces are larger. */
    private static final int FIRST_LOOK = 256;

    private static final int LARGEST_LOOK = 4096;

    private final Query query;
    private final List<RoomsTable.Asked> asked;
    private final String text;
    private final Predicate<Recorded> wanted;
    private final SearchIndex search;
    private final Duration patience;
    private final Duration looking;
    private final List<Said> found = new ArrayList<>();
    private boolean complete;
    private long end;

    /** What is left for looking through what is in no index, and how many rooms share it. */
    private long nanosToLook;

    private int roomsLeft;

    /**
     * @param asked the rooms of the query
     * @param patience how long it may take
     * @param looking how much of that may go into what is in no index
     */
    SearchQuery(Query query, List<RoomsTable.Asked> asked, SearchIndex search, Duration patience, Duration looking) {
        this.query = query;
        this.asked = asked;
        this.text = Names.fold(query.text());
        this.wanted = query.wanted();
        this.search = search;
        this.patience = patience;
        this.looking = looking;
    }

    @Override
    public Found run(SqlSession session) throws SQLException {
        found.clear();
        complete = true;
        end = System.nanoTime() + patience.toNanos();
        nanosToLook = looking.toNanos();
        List<RoomsTable.Named> rooms = RoomsTable.find(session, asked);
        roomsLeft = rooms.size();
        boolean byIndex = !text.isEmpty() && !rooms.isEmpty() && (rooms.size() > 1 || !search.knows(text));
        if (byIndex && rooms.size() == 1 && new InRoom(session, rooms.get(0)).isCommon()) {
            byIndex = false;
        }
        if (!byIndex || !everywhere(session, rooms)) {
            for (RoomsTable.Named room : rooms) {
                if (inTime()) {
                    add(new InRoom(session, room).find());
                    roomsLeft--;
                }
            }
        }
        return new Found(List.copyOf(found), complete);
    }

    /** What is rare is found at once, in however many rooms. Returns false, and has found nothing, where it is not. */
    private boolean everywhere(SqlSession session, List<RoomsTable.Named> rooms) throws SQLException {
        Map<Long, RoomsTable.Named> byId = new HashMap<>();
        Map<Long, Long> reaches = new HashMap<>(); // before the index is asked, or what it gets meanwhile is missed
        for (RoomsTable.Named room : rooms) {
            byId.put(room.row().id(), room);
            reaches.put(room.row().id(), search.reach(session, room.row()));
        }
        long start = System.nanoTime();
        OptionalLong only =
                rooms.size() == 1 ? OptionalLong.of(rooms.get(0).row().id()) : OptionalLong.empty();
        Optional<List<SearchIndex.Place>> places = search.places(session, only, text, FEW);
        if (places.isEmpty()) {
            nanosToLook = Math.max(0, nanosToLook - (System.nanoTime() - start));
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
                here.lookThrough(Math.max(reach + 1, room.row().firstKept()), Long.MAX_VALUE);
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

    /** What was said earlier is of no use. */
    private Optional<Instant> since() {
        return found.size() < query.limit() || found.isEmpty()
                ? query.after()
                : Optional.of(found.get(0).at());
    }

    /** In one room, the newest first. */
    private final class InRoom {
        private final SqlSession session;
        private final RoomName room;
        private final RoomsTable.Row row;
        private final List<Said> here = new ArrayList<>();

        private final long since = since().map(AnchorResolver::millis).orElse(Long.MIN_VALUE);

        /** Whatever time is left, the newest are looked at. */
        private boolean looked;

        InRoom(SqlSession session, RoomsTable.Named room) {
            this.session = session;
            this.room = room.name();
            this.row = room.row();
        }

        /** There is enough among the newest messages. */
        boolean isCommon() throws SQLException {
            return query.before().isEmpty() && look(row.firstKept(), Long.MAX_VALUE, RECENT) > 0 && !isWanting();
        }

        List<Said> find() throws SQLException {
            long to = query.before().isPresent()
                    ? new AnchorResolver(session, row).firstAt(query.before().get())
                    : Long.MAX_VALUE;
            long from = row.firstKept();
            long below = look(from, to, RECENT);
            if (from <= below && isWanting()) {
                long reach = search.knows(text) ? search.reach(session, row) : 0;
                lookThrough(Math.max(from, reach + 1), below);
                take(from, Math.min(below, reach));
            }
            return here;
        }

        private void keep(List<Recorded> events) {
            for (Recorded event : events) {
                if (isWanting() && wanted.test(event)) {
                    here.add((Said) event);
                }
            }
        }

        private boolean isWanting() {
            return here.size() < query.limit();
        }

        private void lookThrough(long from, long to) throws SQLException {
            long until = System.nanoTime() + nanosToLook / Math.max(1, roomsLeft);
            long below = to;
            int piece = FIRST_LOOK;
            while (from <= below && isWanting()) {
                if (looked && System.nanoTime() >= until) {
                    complete = false;
                    break;
                }
                below = look(from, below, piece);
                piece = Math.min(2 * piece, LARGEST_LOOK);
            }
        }

        /** Returns up to where something may be left below it. */
        private long look(long from, long to, int most) throws SQLException {
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
            for (int i = 0; i < likely.size() && isWanting(); i++) {
                long seq = likely.get(i);
                keep(MessagesTable.read(session, MessagesTable.UPWARDS, room, row, seq, seq, 1));
            }
            nanosToLook = Math.max(0, nanosToLook - (System.nanoTime() - start));
            return early || count < most ? from - 1 : last - 1;
        }

        private boolean isLikely(ResultSet message) throws SQLException {
            return Names.fold(TextCodec.decode(message.getString(2))).contains(text)
                    && (query.by().isEmpty() || query.by().get().equals(TextCodec.decode(message.getString(3))));
        }

        private void take(long from, long to) throws SQLException {
            long below = to;
            while (from <= below && isWanting() && inTime()) {
                List<Recorded> some = search.candidates(session, room, row, text, from, below, PIECE);
                keep(some);
                boolean early =
                        !some.isEmpty() && some.get(some.size() - 1).at().toEpochMilli() < since;
                below = early || some.size() < PIECE ? 0 : some.get(PIECE - 1).seq() - 1;
            }
        }
    }
}
