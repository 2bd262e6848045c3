package io.teahouse.store;

import io.teahouse.room.Names;
import io.teahouse.room.RoomName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recomputes the folded forms and skeletons of names, when the store was written by another version of the
 * rule. Names that collide by the new rule stay as they are, and the log names them: nobody loses an account
 * or a room by an upgrade.
 */
final class NameKeyMigration {
    private static final Logger LOG = LoggerFactory.getLogger(NameKeyMigration.class);

    private record Row(long id, String key, String name, boolean registered) {}

    private final SqlSession session;
    private final Names names;

    private NameKeyMigration(SqlSession session, Names names) {
        this.session = session;
        this.names = names;
    }

    static void run(Database database, Names names) throws SQLException {
        if (isCurrent(database, names)) {
            return;
        }
        try (Connection connection = database.openWriter();
                SqlSession session = new SqlSession(connection)) {
            database.begin(session);
            NameKeyMigration upkeep = new NameKeyMigration(session, names);
            upkeep.accounts();
            upkeep.rooms();
            upkeep.alwaysOnUsers();
            session.update("update store set names = ?", names.version());
            session.commit();
        }
    }

    private static boolean isCurrent(Database database, Names names) throws SQLException {
        try (Connection connection = database.openReader();
                SqlSession session = new SqlSession(connection)) {
            return names.version().equals(version(session));
        }
    }

    private static String version(SqlSession session) throws SQLException {
        try (ResultSet row = session.prepare("select names from store").executeQuery()) {
            String found = row.next() ? row.getString(1) : null;
            return found == null ? "" : found;
        }
    }

    private void accounts() throws SQLException {
        Map<String, String> seen = new HashMap<>();
        List<Row> all = rows("select 0, key, name, 1 from accounts order by registered");
        for (Row each : all) {
            session.update(
                    "update accounts set look = ?, key_look = ?, plain = ? where key = ?",
                    values(each.name, each.key, each.key));
            warn("account", seen, each.name, each.key);
        }
    }

    /** Conversations are skipped: their keys consist of user identities. */
    private void rooms() throws SQLException {
        Map<String, String> seen = new HashMap<>();
        for (Row each : rows(
                "select id, key, name, case when founder is null then 0 else 1 end from rooms where key not like '@%' order by id")) {
            String key = names.apply(each.name);
            boolean taken = session.number("select count(*) from rooms where key = ? and id <> ?", key, each.id) > 0;
            if (taken) {
                LOG.warn("room {}: another room now has the same name; rename one of them", each.name);
            } else if (!key.equals(each.key)) {
                session.update("update rooms set key = ? where id = ?", key, each.id);
                AlwaysOnTables.renameRoom(session, each.key, new RoomName(each.name, key));
            }
            if (each.registered) {
                RoomsTable.look(session, each.id, new RoomName(each.name, key), names);
                warn("room", seen, each.name, key);
            }
        }
    }

    /** A user stays a member of rooms that are stored. The others may be different rooms by the new rule: they are forgotten. */
    private void alwaysOnUsers() throws SQLException {
        for (Row each : rows("select 0, account, nick, 1 from always_on_users")) {
            session.update(
                    "update always_on_users set nick_key = ? where account = ?", names.apply(each.name), each.key);
        }
        for (Row each : rows("select distinct 0, key, name, 0 from always_on_rooms where key not like '@%'"
                + " and not exists (select 1 from rooms where rooms.key = always_on_rooms.key)")) {
            if (!names.apply(each.name).equals(each.key)) {
                session.update("delete from always_on_rooms where key = ?", each.key);
            }
        }
    }

    private Object[] values(String name, String key, Object id) {
        Names.Looks looks = names.looks(name, key);
        return new Object[] {looks.shown(), looks.folded(), Names.isPlain(key) ? 1 : 0, id};
    }

    private void warn(String what, Map<String, String> seen, String name, String key) {
        Names.Looks looks = names.looks(name, key);
        for (String look : List.of(looks.shown(), looks.folded())) {
            String other = seen.putIfAbsent(look, key);
            if (other != null && Names.mayNotCoexist(key, other)) {
                LOG.warn(
                        "{} {} looks like {}: both stay, but no further name like them is accepted", what, name, other);
                return;
            }
        }
    }

    private List<Row> rows(String sql) throws SQLException {
        List<Row> all = new ArrayList<>();
        try (ResultSet row = session.prepare(sql).executeQuery()) {
            while (row.next()) {
                String key = TextCodec.decode(row.getString(2));
                all.add(new Row(row.getLong(1), key, TextCodec.decode(row.getString(3)), row.getInt(4) == 1));
            }
        }
        return all;
    }
}
