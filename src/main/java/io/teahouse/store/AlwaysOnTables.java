package io.teahouse.store;

import io.teahouse.room.Nick;
import io.teahouse.room.Ranks;
import io.teahouse.room.RoomName;
import io.teahouse.user.AlwaysOnUsers.Membership;
import io.teahouse.user.AlwaysOnUsers.Stored;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The tables {@code always_on_users}, {@code always_on_rooms} and {@code always_on_metadata}. They refer to the account, which
 * takes its user's rows with it when it is deleted.
 */
final class AlwaysOnTables {
    private static final String KEY = "select key from accounts where name = ? order by key limit 1";
    private static final String PUT = "insert into always_on_users"
            + " (account, nick, nick_key, username, real_name, away, last_connected) values (?, ?, ?, ?, ?, ?, ?)"
            + " on conflict (account) do update set nick = excluded.nick, nick_key = excluded.nick_key,"
            + " username = excluded.username, real_name = excluded.real_name, away = excluded.away,"
            + " last_connected = excluded.last_connected";
    private static final String ROOMS = "select key, name, ranks, seen from always_on_rooms where account = ?";
    private static final String PUT_ROOM =
            "insert into always_on_rooms (account, key, name, ranks, seen) values (?, ?, ?, ?, ?)"
                    + " on conflict (account, key) do update set name = excluded.name, ranks = excluded.ranks,"
                    + " seen = excluded.seen";
    private static final String DELETE_ROOM = "delete from always_on_rooms where account = ? and key = ?";
    private static final String METADATA = "select key, value from always_on_metadata where account = ?";
    private static final String PUT_METADATA = "insert into always_on_metadata (account, key, value) values (?, ?, ?)"
            + " on conflict (account, key) do update set value = excluded.value";
    private static final String DELETE_METADATA = "delete from always_on_metadata where account = ? and key = ?";

    private static final String LATEST = " order by last_connected desc, account limit ?";
    private static final String USER =
            "select account, (select name from accounts where key = account), nick, nick_key,"
                    + " username, real_name, away, last_connected from always_on_users";
    private static final String USERS = USER + LATEST;
    private static final String OF_LATEST = " where account in (select account from always_on_users" + LATEST + ")";
    private static final String ROOMS_OF_LATEST =
            "select account, key, name, ranks, seen from always_on_rooms" + OF_LATEST;
    private static final String METADATA_OF_LATEST = "select account, key, value from always_on_metadata" + OF_LATEST;
    private static final String CONVERSATIONS = "select distinct key from always_on_rooms where key like '@%'";

    private AlwaysOnTables() {}

    /** The key of the account of that registered name. */
    static Optional<String> key(SqlSession session, String account) throws SQLException {
        try (ResultSet row = session.prepare(KEY, account).executeQuery()) {
            return row.next() ? Optional.of(TextCodec.decode(row.getString(1))) : Optional.empty();
        }
    }

    /** Writes only the rows of rooms and metadata that differ: few change from one save to the next. */
    static void save(SqlSession session, String key, Stored user) throws SQLException {
        session.update(
                PUT,
                key,
                user.nick().text(),
                user.nick().key(),
                user.user(),
                user.realName(),
                user.away(),
                user.lastConnected().toEpochMilli());
        saveMemberships(session, key, user.memberships());
        saveMetadata(session, key, user.metadata());
    }

    private static Map<String, Membership> memberships(SqlSession session, String key) throws SQLException {
        Map<String, Membership> memberships = new HashMap<>();
        try (ResultSet row = session.prepare(ROOMS, key).executeQuery()) {
            while (row.next()) {
                Membership each = membership(row, 1);
                memberships.put(each.room().key(), each);
            }
        }
        return memberships;
    }

    private static void saveMemberships(SqlSession session, String key, List<Membership> memberships)
            throws SQLException {
        Map<String, Membership> before = memberships(session, key);
        PreparedStatement put = session.prepare(PUT_ROOM);
        for (Membership each : memberships) {
            String room = each.room().key();
            if (!each.equals(before.remove(room))) {
                session.prepare(
                                PUT_ROOM,
                                key,
                                room,
                                each.room().text(),
                                each.ranks().marks(),
                                each.seen())
                        .addBatch();
            }
        }
        put.executeBatch();
        for (String room : before.keySet()) {
            session.update(DELETE_ROOM, key, room);
        }
    }

    private static Map<String, String> metadata(SqlSession session, String key) throws SQLException {
        Map<String, String> metadata = new HashMap<>();
        try (ResultSet row = session.prepare(METADATA, key).executeQuery()) {
            while (row.next()) {
                metadata.put(TextCodec.decode(row.getString(1)), TextCodec.decode(row.getString(2)));
            }
        }
        return metadata;
    }

    private static void saveMetadata(SqlSession session, String key, Map<String, String> metadata) throws SQLException {
        Map<String, String> before = metadata(session, key);
        for (Map.Entry<String, String> each : metadata.entrySet()) {
            if (!each.getValue().equals(before.remove(each.getKey()))) {
                session.update(PUT_METADATA, key, each.getKey(), each.getValue());
            }
        }
        for (String name : before.keySet()) {
            session.update(DELETE_METADATA, key, name);
        }
    }

    private static Membership membership(ResultSet row, int from) throws SQLException {
        String key = TextCodec.decode(row.getString(from));
        String ranks = row.getString(from + 2);
        return new Membership(
                new RoomName(TextCodec.decode(row.getString(from + 1)), key),
                new Ranks(ranks.contains("@"), ranks.contains("%"), ranks.contains("+")),
                row.getLong(from + 3));
    }

    static void remove(SqlSession session, String key) throws SQLException {
        session.update("delete from always_on_users where account = ?", key);
    }

    /** Uses three queries and no transaction: a user who is saved in the meantime may be a mixture of both states. */
    static List<Stored> latest(SqlSession session, int most) throws SQLException {
        Map<String, List<Membership>> memberships = new HashMap<>();
        try (ResultSet row = session.prepare(ROOMS_OF_LATEST, most).executeQuery()) {
            while (row.next()) {
                memberships
                        .computeIfAbsent(row.getString(1), any -> new ArrayList<>())
                        .add(membership(row, 2));
            }
        }
        Map<String, Map<String, String>> metadata = new HashMap<>();
        try (ResultSet row = session.prepare(METADATA_OF_LATEST, most).executeQuery()) {
            while (row.next()) {
                metadata.computeIfAbsent(row.getString(1), any -> new HashMap<>())
                        .put(TextCodec.decode(row.getString(2)), TextCodec.decode(row.getString(3)));
            }
        }
        List<Stored> users = new ArrayList<>();
        try (ResultSet row = session.prepare(USERS, most).executeQuery()) {
            while (row.next()) {
                String key = row.getString(1);
                users.add(user(row, metadata.getOrDefault(key, Map.of()), memberships.getOrDefault(key, List.of())));
            }
        }
        return List.copyOf(users);
    }

    private static Stored user(ResultSet row, Map<String, String> metadata, List<Membership> memberships)
            throws SQLException {
        return new Stored(
                TextCodec.decode(row.getString(2)),
                new Nick(TextCodec.decode(row.getString(3)), TextCodec.decode(row.getString(4))),
                TextCodec.decode(row.getString(5)),
                TextCodec.decode(row.getString(6)),
                TextCodec.decode(row.getString(7)),
                Instant.ofEpochMilli(row.getLong(8)),
                metadata,
                memberships);
    }

    /** One user, in the same way. */
    static Optional<Stored> find(SqlSession session, String key) throws SQLException {
        List<Membership> memberships = List.copyOf(memberships(session, key).values());
        Map<String, String> metadata = metadata(session, key);
        try (ResultSet row = session.prepare(USER + " where account = ?", key).executeQuery()) {
            return row.next() ? Optional.of(user(row, metadata, memberships)) : Optional.empty();
        }
    }

    /** Lets members follow a room to its new name. A membership of a former room of that name ends. */
    static void renameRoom(SqlSession session, String from, RoomName to) throws SQLException {
        if (!from.equals(to.key())) {
            session.update("delete from always_on_rooms where key = ?", to.key());
        }
        session.update("update always_on_rooms set key = ?, name = ? where key = ?", to.key(), to.text(), from);
    }

    /** Ends all memberships of conversations of an identity. */
    static void deleteConversations(SqlSession session, Predicate<String> isIdentity) throws SQLException {
        List<String> keys = new ArrayList<>();
        try (ResultSet row = session.prepare(CONVERSATIONS).executeQuery()) {
            while (row.next()) {
                keys.add(TextCodec.decode(row.getString(1)));
            }
        }
        for (String key : keys) {
            if (RoomsTable.participants(RoomName.conversation(key)).stream().anyMatch(isIdentity)) {
                session.update("delete from always_on_rooms where key = ?", key);
            }
        }
    }
}
