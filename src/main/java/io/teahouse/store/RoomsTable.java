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
import java.util.Set;
import java.util.TreeMap;

/** The tables {@code rooms}, {@code room_modes}, {@code room_metadata} and {@code conversations}. */
final class RoomsTable {
    /** The value of the column {@code mode} for invitations, which are no {@link Mode}. */
    private static final String INVITED = "INVITED";

    private static final String SELECT = "select id, identity, first_kept, sitting from rooms";
    private static final String FIND = SELECT + " where key = ?";
    private static final String FIND_BY_IDENTITY = SELECT + " where identity = ?";
    private static final String CURRENT = FIND_BY_IDENTITY + " and generation = ?";

    /** The unique key decides between two servers that open the same room at the same time. */
    private static final String OPEN =
            "insert into rooms (key, name, identity, created, generation) values (?, ?, ?, ?, 1)"
                    + " on conflict (key) do update set generation = rooms.generation + 1"
                    + " returning id, identity, first_kept, sitting, generation";

    private static final String DELETE_UNUSED = "delete from rooms where identity = ? and generation = ?"
            + " and founder is null and not exists (select 1 from messages where room = rooms.id)";
    private static final String SEVERAL = "select id, identity, first_kept, key, name from rooms where ";
    private static final String ALL = "select id, identity, first_kept, name, key from rooms order by key";
    private static final String FIND_SEVERAL = SEVERAL + "key in (" + SqlBatches.MARKS + ")";
    private static final String FIND_SEVERAL_BY_IDENTITY = SEVERAL + "identity in (" + SqlBatches.MARKS + ")";

    private static final String ANY_NOT_PLAIN =
            "select count(*) from" + " (select 1 from rooms where founder is not null and plain = 0 limit 1) one";
    private static final String FIND_LOOKS =
            "select id, key from rooms where founder is not null and" + " (look in (?, ?) or key_look in (?, ?))";

    /**
     * A room's row.
     *
     * @param id its number in this store; SQLite gives the number of a deleted row again
     * @param identity begins the ids of its messages; never given again
     * @param firstKept the lowest seq that retention has left
     * @param session messages of this session are readable beside those for all; {@link RoomLog#FOR_ALL}: no others
     */
    record Row(long id, String identity, long firstKept, long session) {
        Row(long id, String identity, long firstKept) {
            this(id, identity, firstKept, RoomLog.FOR_ALL);
        }

        Row readBy(long other) {
            return new Row(id, identity, firstKept, other);
        }
    }

    /** A row with the room's name. */
    record Named(RoomName name, Row row) {}

    /** A row as it was when the room was opened. */
    record Generation(long number, Row row) {}

    /**
     * A room that a question is about.
     *
     * @param name its name when the question was asked
     * @param identity if it is known: it outlasts a renaming
     * @param session as {@link RoomLog#read} takes it
     */
    record Asked(RoomName name, Optional<String> identity, long session) {}

    private RoomsTable() {}

    static Optional<Row> find(SqlSession session, RoomName room) throws SQLException {
        return find(session.prepare(FIND, room.key()));
    }

    static Optional<Row> findByIdentity(SqlSession session, String identity) throws SQLException {
        return find(session.prepare(FIND_BY_IDENTITY, identity));
    }

    /**
     * The row, if that generation is the current one; nobody starts another one before the transaction ends.
     *
     * @param forShare as {@link Database#forShare} gives it
     */
    static Optional<Row> current(SqlSession session, String forShare, String identity, long generation)
            throws SQLException {
        return find(session.prepare(CURRENT + forShare, identity, generation));
    }

    private static Optional<Row> find(PreparedStatement select) throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            return row.next()
                    ? Optional.of(new Row(row.getLong(1), row.getString(2), row.getLong(3), row.getLong(4)))
                    : Optional.empty();
        }
    }

    /** Those rooms that have a row, each once, with their present names; a few queries for many rooms. */
    static List<Named> find(SqlSession session, List<Asked> rooms) throws SQLException {
        Map<String, Asked> byIdentity = new HashMap<>();
        Map<String, Asked> byKey = new HashMap<>();
        for (Asked room : rooms) {
            if (room.identity().isPresent()) {
                byIdentity.put(room.identity().get(), room);
            } else {
                byKey.put(room.name().key(), room);
            }
        }
        Map<Long, Named> found = new LinkedHashMap<>();
        for (Object[] identities : SqlBatches.of(List.copyOf(byIdentity.keySet()))) {
            try (ResultSet row =
                    session.prepare(FIND_SEVERAL_BY_IDENTITY, identities).executeQuery()) {
                while (row.next()) {
                    Asked asked = Optional.ofNullable(byIdentity.get(row.getString(2)))
                            .orElseThrow();
                    found.put(row.getLong(1), named(row, asked));
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
        return new Named(now, new Row(row.getLong(1), row.getString(2), row.getLong(3), asked.session()));
    }

    /** All rooms that have a row, by key. */
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

    /** The keys of the rooms that are registered to that account. */
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

    /** Starts the room's next generation; a room without a row gets one. */
    static Generation open(SqlSession session, RoomName room) throws SQLException {
        PreparedStatement open =
                session.prepare(OPEN, room.key(), room.text(), MessageIds.newIdentity(), System.currentTimeMillis());
        Generation opened;
        try (ResultSet row = open.executeQuery()) {
            row.next();
            opened = new Generation(
                    row.getLong(5), new Row(row.getLong(1), row.getString(2), row.getLong(3), row.getLong(4)));
        }
        if (room.isConversation() && opened.number == 1) {
            for (String one : participants(room)) {
                session.update(
                        "insert into conversations (identity, room) values (?, ?)",
                        one,
                        opened.row().id());
            }
        }
        return opened;
    }

    /** The unique key decides whether the name is free. */
    static void rename(SqlSession session, Row room, RoomName to) throws SQLException {
        session.update("update rooms set key = ?, name = ? where id = ?", to.key(), to.text(), room.id);
    }

    /** Deletes the row of a room that is closed, where nothing was stored in it; its name is free again. */
    static boolean deleteUnused(SqlSession session, Generation opened) throws SQLException {
        return session.update(DELETE_UNUSED, opened.row().identity(), opened.number()) > 0;
    }

    /** The identities of those who talk in that conversation. */
    static Set<String> participants(RoomName room) {
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

    /** Drops invitations by older servers, which stored only the nick: it may belong to another user now. */
    private static Optional<Invitation> invitation(ResultSet row, String user) throws SQLException {
        String by = TextCodec.decode(row.getString(3));
        return by.isEmpty()
                ? Optional.empty()
                : Optional.of(new Invitation(new UserId(user), new UserId(by), Instant.ofEpochMilli(row.getLong(4))));
    }

    /** Sorted by key. */
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

    /** Stores the skeletons of a registered room's name. */
    static void look(SqlSession session, long id, RoomName name, Names names) throws SQLException {
        Names.Looks looks = names.looks(name.text(), name.key());
        session.update(
                "update rooms set look = ?, key_look = ?, plain = ? where id = ?",
                looks.shown(),
                looks.folded(),
                Names.isPlain(name.key()) ? 1 : 0,
                id);
    }

    /** A registered room that can be mistaken for one of the given name. */
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

    /** The ids of all registered rooms that can be mistaken for one of the given name. */
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

    static void keep(SqlSession session, Row room, RegisteredState kept, long visibilitySession) throws SQLException {
        forget(session, room);
        session.update(
                "update rooms set founder = ?, registered = ?, sitting = ?, past = ? where id = ?",
                kept.founder(),
                kept.created().toEpochMilli(),
                visibilitySession,
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
