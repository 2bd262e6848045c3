package io.teahouse.store;

import io.teahouse.room.Invitation;
import io.teahouse.room.Mode;
import io.teahouse.room.Modes;
import io.teahouse.room.Names;
import io.teahouse.room.RegisteredState;
import io.teahouse.room.RoomLog;
import io.teahouse.room.RoomName;
import io.teahouse.room.UserId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;

/** The tables {@code rooms}, {@code room_modes}, {@code room_metadata} and {@code conversations}. */
final class RoomsTable {
    /** A mode's name in the table, where it is not a {@link Mode}. */
    private static final String INVITED = "INVITED";

    private static final String SELECT = "select id, identity, first_kept, sitting from rooms";
    private static final String FIND = SELECT + " where key = ?";
    private static final String FIND_AGAIN = SELECT + " where id = ?";
    private static final String SEVERAL = "select id, identity, first_kept, key, name from rooms where ";
    private static final String ALL = "select id, identity, first_kept, name, key from rooms order by key";
    private static final String FIND_SEVERAL = SEVERAL + "key in (" + SqlBatches.MARKS + ")";
    private static final String FIND_SEVERAL_AGAIN = SEVERAL + "id in (" + SqlBatches.MARKS + ")";

    private static final String ANY_NOT_PLAIN =
            "select count(*) from" + " (select 1 from rooms where founder is not null and plain = 0 limit 1) one";
    private static final String FIND_LOOKS =
            "select id, key from rooms where founder is not null and" + " (look in (?, ?) or key_look in (?, ?))";

    /**
     * A room's row.
     *
     * @param id its number in this store
     * @param identity begins the ids of its messages
     * @param firstKept the lowest seq that retention has left
     * @param sitting what was said for it may be read beside what was said for all; {@link RoomLog#FOR_ALL}: that alone
     */
    record Row(long id, String identity, long firstKept, long sitting) {
        Row(long id, String identity, long firstKept) {
            this(id, identity, firstKept, RoomLog.FOR_ALL);
        }

        Row readBy(long others) {
            return new Row(id, identity, firstKept, others);
        }
    }

    /** The same, and what it is called. */
    record Named(RoomName name, Row row) {}

    /**
     * A room that is asked about.
     *
     * @param name as it was called then
     * @param id if it is known: a row keeps its number, whatever the room is called
     * @param sitting who is in it
     */
    record Asked(RoomName name, OptionalLong id, long sitting) {}

    private RoomsTable() {}

    static Optional<Row> find(SqlSession session, RoomName room) throws SQLException {
        return find(session.prepare(FIND, room.key()));
    }

    /** The row of that number, if it is still there. */
    static Optional<Row> find(SqlSession session, long id) throws SQLException {
        return find(session.prepare(FIND_AGAIN, id));
    }

    private static Optional<Row> find(PreparedStatement select) throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            return row.next()
                    ? Optional.of(new Row(row.getLong(1), row.getString(2), row.getLong(3), row.getLong(4)))
                    : Optional.empty();
        }
    }

    /** The room, as those see it who are of that sitting. */
    static Optional<Row> find(SqlSession session, RoomName room, long sitting) throws SQLException {
        return find(session, room).map(row -> row.readBy(sitting));
    }

    /** Those of them that have a row, each once, as they are called now; a few questions for many. */
    static List<Named> find(SqlSession session, List<Asked> rooms) throws SQLException {
        Map<Long, Asked> byId = new HashMap<>();
        Map<String, Asked> byKey = new HashMap<>();
        for (Asked room : rooms) {
            if (room.id().isPresent()) {
                byId.put(room.id().getAsLong(), room);
            } else {
                byKey.put(room.name().key(), room);
            }
        }
        Map<Long, Named> found = new LinkedHashMap<>();
        for (Object[] ids : SqlBatches.of(List.copyOf(byId.keySet()))) {
            try (ResultSet row = session.prepare(FIND_SEVERAL_AGAIN, ids).executeQuery()) {
                while (row.next()) {
                    long id = row.getLong(1);
                    found.put(id, named(row, Optional.ofNullable(byId.get(id)).orElseThrow()));
                }
            }
        }
        for (Object[] keys : SqlBatches.of(List.copyOf(byKey.keySet()))) {
            try (ResultSet row = session.prepare(FIND_SEVERAL, keys).executeQuery()) {
                while (row.next()) {
                    Asked asked = Optional.ofNullable(byKey.get(TextCodec.decode(row.getString(4))))
                            .orElseThrow();
                    found.putIfAbsent(row.getLong(1), named(row, asked));
                }
            }
        }
        return List.copyOf(found.values());
    }

    private static Named named(ResultSet row, Asked asked) throws SQLException {
        String key = TextCodec.decode(row.getString(4));
        RoomName now =
                key.equals(asked.name().key()) ? asked.name() : new RoomName(TextCodec.decode(row.getString(5)), key);
        return new Named(now, new Row(row.getLong(1), row.getString(2), row.getLong(3), asked.sitting()));
    }

    /** All that have a row, by their keys. */
    static List<Named> all(SqlSession session) throws SQLException {
        List<Named> all = new ArrayList<>();
        try (ResultSet rows = session.prepare(ALL).executeQuery()) {
            while (rows.next()) {
                RoomName name = new RoomName(TextCodec.decode(rows.getString(4)), TextCodec.decode(rows.getString(5)));
                all.add(new Named(name, new Row(rows.getLong(1), rows.getString(2), rows.getLong(3))));
            }
        }
        return all;
    }

    /** The keys of those that belong to that account. */
    static Set<String> registered(SqlSession session, String account) throws SQLException {
        Set<String> keys = new HashSet<>();
        try (ResultSet rows = session.prepare("select key from rooms where founder = ?", account)
                .executeQuery()) {
            while (rows.next()) {
                keys.add(TextCodec.decode(rows.getString(1)));
            }
        }
        return keys;
    }

    static long newSitting() {
        return ThreadLocalRandom.current().nextLong(RoomLog.FOR_ALL + 1, Long.MAX_VALUE);
    }

    static Row create(SqlSession session, RoomName room, String identity) throws SQLException {
        PreparedStatement insert = session.prepare(
                "insert into rooms (key, name, identity, created) values (?, ?, ?, ?) returning id",
                room.key(),
                room.text(),
                identity,
                System.currentTimeMillis());
        long id;
        try (ResultSet row = insert.executeQuery()) {
            row.next();
            id = row.getLong(1);
        }
        if (room.isConversation()) {
            for (String one : participants(room)) {
                session.update("insert into conversations (identity, room) values (?, ?)", one, id);
            }
        }
        return new Row(id, identity, 1);
    }

    static void rename(SqlSession session, Row room, RoomName to) throws SQLException {
        session.update("update rooms set key = ?, name = ? where id = ?", to.key(), to.text(), room.id);
    }

    private static Set<String> participants(RoomName room) {
        Set<String> both = new HashSet<>();
        String one = room.partner("");
        both.add(one);
        both.add(room.partner(one));
        return both;
    }

    static Optional<RegisteredState> kept(SqlSession session, Row room) throws SQLException {
        String founder;
        Instant since;
        long past;
        try (ResultSet row = session.prepare("select founder, registered, past from rooms where id = ?", room.id)
                .executeQuery()) {
            if (!row.next() || row.getString(1) == null) {
                return Optional.empty();
            }
            founder = TextCodec.decode(row.getString(1));
            since = Instant.ofEpochMilli(row.getLong(2));
            past = row.getLong(3);
        }
        return Optional.of(new RegisteredState(founder, since, modes(session, room), metadata(session, room), past));
    }

    private static Modes.Snapshot modes(SqlSession session, Row room) throws SQLException {
        Set<Mode> flags = EnumSet.noneOf(Mode.class);
        Map<Mode, List<Modes.Entry>> lists = new EnumMap<>(Mode.class);
        Set<Invitation> invited = new HashSet<>();
        String key = "";
        int limit = 0;
        String sql = "select mode, value, set_by, set_at from room_modes where room = ? order by mode, place";
        try (ResultSet row = session.prepare(sql, room.id).executeQuery()) {
            while (row.next()) {
                String value = TextCodec.decode(row.getString(2));
                if (row.getString(1).equals(INVITED)) {
                    invitation(row, value).ifPresent(invited::add);
                    continue;
                }
                Mode mode = Mode.valueOf(row.getString(1));
                switch (mode.kind()) {
                    case FLAG -> flags.add(mode);
                    case KEY -> key = value;
                    case LIMIT -> limit = Integer.parseInt(value);
                    case LIST ->
                        lists.computeIfAbsent(mode, any -> new ArrayList<>())
                                .add(new Modes.Entry(
                                        value,
                                        TextCodec.decode(row.getString(3)),
                                        Instant.ofEpochMilli(row.getLong(4))));
                    case RANK -> throw new SQLException("a rank is set on a room");
                }
            }
        }
        return new Modes.Snapshot(flags, key, limit, lists, invited);
    }

    /**
     * Drops invitations of older servers, which stored the nick alone, without the inviter: the nick may belong to somebody
     * else now.
     */
    private static Optional<Invitation> invitation(ResultSet row, String user) throws SQLException {
        String by = TextCodec.decode(row.getString(3));
        return by.isEmpty()
                ? Optional.empty()
                : Optional.of(new Invitation(new UserId(user), new UserId(by), Instant.ofEpochMilli(row.getLong(4))));
    }

    /** In the order of the keys, as {@code Notes} has them. */
    private static Map<String, String> metadata(SqlSession session, Row room) throws SQLException {
        Map<String, String> notes = new TreeMap<>();
        String sql = "select key, value from room_metadata where room = ?";
        try (ResultSet row = session.prepare(sql, room.id).executeQuery()) {
            while (row.next()) {
                notes.put(TextCodec.decode(row.getString(1)), TextCodec.decode(row.getString(2)));
            }
        }
        return Collections.unmodifiableMap(notes);
    }

    /** Notes what the name of a registered room looks like. */
    static void look(SqlSession session, long id, RoomName name, Names names) throws SQLException {
        Names.Looks looks = names.looks(name.text(), name.key());
        session.update(
                "update rooms set look = ?, key_look = ?, plain = ? where id = ?",
                looks.shown(),
                looks.folded(),
                Names.isPlain(name.key()) ? 1 : 0,
                id);
    }

    /** A registered room that the given name can be mistaken for. */
    static Optional<RoomName> lookAlike(SqlSession session, RoomName name, Names names) throws SQLException {
        List<Long> found = lookAlikes(session, name, names);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (ResultSet row = session.prepare("select name, key from rooms where id = ?", found.get(0))
                .executeQuery()) {
            return row.next()
                    ? Optional.of(new RoomName(TextCodec.decode(row.getString(1)), TextCodec.decode(row.getString(2))))
                    : Optional.empty();
        }
    }

    /** The rows of all registered rooms that the given name can be mistaken for. */
    static List<Long> lookAlikes(SqlSession session, RoomName name, Names names) throws SQLException {
        List<Long> found = new ArrayList<>();
        if (name.isConversation() || (Names.isPlain(name.key()) && session.number(ANY_NOT_PLAIN) == 0)) {
            return found;
        }
        Names.Looks looks = names.looks(name.text(), name.key());
        try (ResultSet row = session.prepare(FIND_LOOKS, looks.shown(), looks.folded(), looks.shown(), looks.folded())
                .executeQuery()) {
            while (row.next()) {
                if (Names.mayNotCoexist(name.key(), TextCodec.decode(row.getString(2)))) {
                    found.add(row.getLong(1));
                }
            }
        }
        return found;
    }

    static void keep(SqlSession session, Row room, RegisteredState kept, long sitting) throws SQLException {
        forget(session, room);
        session.update(
                "update rooms set founder = ?, registered = ?, sitting = ?, past = ? where id = ?",
                kept.founder(),
                kept.created().toEpochMilli(),
                sitting,
                kept.past(),
                room.id);
        Modes.Snapshot modes = kept.modes();
        List<Object[]> rows = new ArrayList<>();
        modes.flags().forEach(flag -> rows.add(row(room, flag.name(), 0, "", "", Instant.EPOCH)));
        if (!modes.key().isEmpty()) {
            rows.add(row(room, Mode.KEY.name(), 0, modes.key(), "", Instant.EPOCH));
        }
        if (modes.limit() > 0) {
            rows.add(row(room, Mode.LIMIT.name(), 0, Integer.toString(modes.limit()), "", Instant.EPOCH));
        }
        modes.lists().forEach((mode, entries) -> {
            for (int i = 0; i < entries.size(); i++) {
                Modes.Entry entry = entries.get(i);
                rows.add(row(room, mode.name(), i, entry.mask(), entry.by(), entry.at()));
            }
        });
        int place = 0;
        for (Invitation each : modes.invited()) {
            if (!each.user().isGuest()) { // a guest never has the same id again
                rows.add(row(
                        room, INVITED, place++, each.user().value(), each.by().value(), each.at()));
            }
        }
        for (Object[] row : rows) {
            session.update(
                    "insert into room_modes (room, mode, place, value, set_by, set_at) values (?, ?, ?, ?, ?, ?)", row);
        }
        for (Map.Entry<String, String> note : kept.metadata().entrySet()) {
            session.update(
                    "insert into room_metadata (room, key, value) values (?, ?, ?)",
                    room.id,
                    note.getKey(),
                    note.getValue());
        }
    }

    private static Object[] row(Row room, String mode, int place, String value, String by, Instant at) {
        return new Object[] {room.id, mode, place, value, by, at.toEpochMilli()};
    }

    static void forget(SqlSession session, Row room) throws SQLException {
        session.update(
                "update rooms set founder = null, registered = null, sitting = 0, past = 0 where id = ?", room.id);
        session.update("delete from room_modes where room = ?", room.id);
        session.update("delete from room_metadata where room = ?", room.id);
    }
}
