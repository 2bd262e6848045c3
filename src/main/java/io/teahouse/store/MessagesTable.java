package io.teahouse.store;

import io.teahouse.room.Attributes;
import io.teahouse.room.Audience;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomEvent.Redacted;
import io.teahouse.room.RoomEvent.Said;
import io.teahouse.room.RoomEvent.TopicChanged;
import io.teahouse.room.RoomLog;
import io.teahouse.room.RoomName;
import io.teahouse.room.Tombstone;
import io.teahouse.room.UserId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The table {@code messages}: one row per recorded event. */
final class MessagesTable {
    /** The kinds by their number in the table; append new ones. */
    private static final List<RoomEvent.Kind> KINDS =
            List.of(RoomEvent.Kind.MESSAGE, RoomEvent.Kind.ACTION, RoomEvent.Kind.NOTICE, RoomEvent.Kind.SIGNAL);

    static final int SIGNAL = 3;
    private static final int TOPIC = 4;
    private static final int REDACTION = 5;
    private static final List<Audience> AUDIENCES =
            List.of(Audience.ALL, Audience.VOICED, Audience.HALF_OPERATORS, Audience.OPERATORS);

    private static final String COLUMNS = "seq, epoch, at, kind, audience, nick, nick_key, username, host, real_name,"
            + " account, away, bot, client_id, attributes, text, target, target_seq, sitting, connection";
    private static final String SELECT = "select " + COLUMNS + " from messages where room = ? ";
    /** The column of the room in {@link #PLACES}. */
    private static final int ROOM = 21;

    /** Looks the places up one by one; with a list of pairs, SQLite would scan the whole table. */
    static final String PLACES = "with places (r, s) as (values "
            + String.join(", ", Collections.nCopies(SqlBatches.COUNT, "(?, ?)")) + ") select " + COLUMNS
            + ", room from (select distinct r, s from places) place cross join messages where room = r and seq = s";

    private static final String INSERT =
            "insert into messages (room, " + COLUMNS + ") values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)";

    static final String UPWARDS = SELECT + "and seq >= ? and seq <= ? order by seq limit ?";
    static final String DOWNWARDS = SELECT + "and seq >= ? and seq <= ? order by seq desc limit ?";
    static final String SINCE = SELECT + "and seq >= ? and seq <= ? and at >= ? order by seq desc";
    /** The columns by which most rows can be skipped. */
    static final String SKIM = "select seq, text, nick_key, at from messages where room = ? and seq >= ? and seq <= ?"
            + " and kind < 3 and audience = 0 order by seq desc limit ?";

    static final String LAST_TOPIC = SELECT + "and kind = 4 and sitting in (0, ?) order by seq desc limit 1";

    private MessagesTable() {}

    /** @param forWhom the session, as in {@link RoomLog#append} */
    static void insert(SqlSession session, long room, long epoch, long forWhom, List<Recorded> batch)
            throws SQLException {
        PreparedStatement statement = session.prepare(INSERT);
        for (Recorded event : batch) {
            bind(statement, room, epoch, event);
            statement.setLong(20, forWhom);
            statement.addBatch();
        }
        statement.executeBatch();
        for (Recorded event : batch) {
            if (event instanceof Redacted redacted) {
                session.update("delete from messages where room = ? and seq = ?", room, redacted.targetSeq());
            }
        }
    }

    /** The messages in those places that still exist and that the session may read, in no order. */
    static List<Recorded> read(SqlSession session, List<SearchIndex.Place> places, Map<Long, RoomsTable.Named> rooms)
            throws SQLException {
        List<Recorded> events = new ArrayList<>();
        for (Object[] some : SqlBatches.of(places)) {
            Object[] numbers = Arrays.stream(some)
                    .map(SearchIndex.Place.class::cast)
                    .flatMap(place -> Stream.of(place.room(), place.seq()))
                    .toArray();
            try (ResultSet row = session.prepare(PLACES, numbers).executeQuery()) {
                while (row.next()) {
                    RoomsTable.Named room = rooms.get(row.getLong(ROOM));
                    if (room != null && isFor(row, room.row())) {
                        events.add(read(session, row, room.name(), room.row().identity()));
                    }
                }
            }
        }
        return events;
    }

    /**
     * Runs a select on one room, whose id is the first parameter. A {@link Tombstone} replaces messages of other
     * sessions.
     */
    static List<Recorded> read(SqlSession session, String sql, RoomName name, RoomsTable.Row room, Object... parameters)
            throws SQLException {
        return read(session, sql, name, room, false, parameters);
    }

    /** The same, with messages of all sessions. */
    static List<Recorded> readAll(
            SqlSession session, String sql, RoomName name, RoomsTable.Row room, Object... parameters)
            throws SQLException {
        return read(session, sql, name, room, true, parameters);
    }

    private static List<Recorded> read(
            SqlSession session, String sql, RoomName name, RoomsTable.Row room, boolean whole, Object... parameters)
            throws SQLException {
        List<Object> all = new ArrayList<>(List.of(parameters));
        all.add(0, room.id());
        List<Recorded> events = new ArrayList<>();
        try (ResultSet rows = session.prepare(sql, all.toArray()).executeQuery()) {
            while (rows.next()) {
                Recorded event = read(session, rows, name, room.identity());
                events.add(whole || isFor(rows, room) ? event : Tombstone.inPlaceOf(event));
            }
        }
        return events;
    }

    /** Whether the session that reads the room may read this row. */
    static boolean isFor(ResultSet row, RoomsTable.Row room) throws SQLException {
        long forWhom = row.getLong(19);
        return forWhom == RoomLog.FOR_ALL || forWhom == room.session();
    }

    private static void bind(PreparedStatement row, long room, long epoch, Recorded event) throws SQLException {
        Profile profile = event.profile();
        row.setLong(1, room);
        row.setLong(2, event.seq());
        row.setLong(3, epoch);
        row.setLong(4, event.at().toEpochMilli());
        row.setInt(5, kind(event));
        row.setInt(6, AUDIENCES.indexOf(event.audience()));
        text(row, 7, event.by().text());
        text(row, 8, event.by().key());
        text(row, 9, profile.user());
        text(row, 10, profile.host());
        text(row, 11, profile.realName());
        text(row, 12, profile.account());
        text(row, 13, profile.away());
        row.setInt(14, profile.bot() ? 1 : 0);
        text(row, 15, event.clientId());
        row.setString(16, event instanceof Said said ? attributes(said.attributes()) : "");
        text(row, 17, text(event));
        text(row, 18, event instanceof Redacted redacted ? redacted.target() : "");
        row.setLong(19, event instanceof Redacted redacted ? redacted.targetSeq() : 0);
        text(row, 21, profile.guest().guest());
    }

    private static void text(PreparedStatement row, int column, String text) throws SQLException {
        row.setString(column, TextCodec.encode(text));
    }

    /** Empty for most messages; otherwise a JSON object. */
    private static String attributes(Attributes attributes) {
        if (attributes.isEmpty()) {
            return "";
        }
        StringBuilder json = new StringBuilder();
        JsonText.object(attributes.values(), json);
        return json.toString();
    }

    private static Attributes attributes(String json) {
        return json.isEmpty() ? Attributes.NONE : Attributes.of(JsonText.parseObject(json));
    }

    private static int kind(Recorded event) {
        if (event instanceof Said said) {
            return KINDS.indexOf(said.kind());
        }
        return event instanceof TopicChanged ? TOPIC : REDACTION;
    }

    private static String text(Recorded event) {
        if (event instanceof Said said) {
            return said.text();
        }
        return event instanceof TopicChanged topic ? topic.text() : ((Redacted) event).reason();
    }

    /**
     * Reads one row as an event.
     *
     * @param identity of the room, without an epoch
     */
    static Recorded read(SqlSession session, ResultSet row, RoomName room, String identity) throws SQLException {
        long seq = row.getLong(1);
        String id = MessageIds.id(identity, row.getLong(2), seq);
        Instant at = Instant.ofEpochMilli(row.getLong(3));
        int kind = row.getInt(4);
        Nick by = new Nick(text(row, 6), text(row, 7));
        Profile profile = new Profile(
                text(row, 8),
                session.host(text(row, 9)),
                text(row, 10),
                text(row, 11),
                text(row, 12),
                row.getInt(13) != 0,
                guest(text(row, 20)));
        String clientId = text(row, 14);
        String text = text(row, 16);
        if (kind == TOPIC) {
            return new TopicChanged(room, seq, id, at, by, profile, text, clientId);
        } else if (kind == REDACTION) {
            return new Redacted(room, seq, id, at, by, profile, text(row, 17), row.getLong(18), text, clientId);
        }
        Audience audience = AUDIENCES.get(row.getInt(5));
        return new Said(
                room,
                seq,
                id,
                at,
                by,
                profile,
                KINDS.get(kind),
                text,
                attributes(row.getString(15)),
                audience,
                clientId);
    }

    private static UserId guest(String guest) {
        return guest.isEmpty() ? UserId.UNKNOWN : UserId.ofGuest(guest);
    }

    private static String text(ResultSet row, int column) throws SQLException {
        return TextCodec.decode(row.getString(column));
    }
}
