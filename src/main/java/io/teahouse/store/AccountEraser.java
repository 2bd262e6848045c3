package io.teahouse.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/**
 * Erases an account: its row, its always-on user, its messages, its conversations, its read markers, and its name in
 * other rows. Rooms that it founded are no longer registered.
 */
final class AccountEraser {
    private static final String NAMES = "select distinct account from messages where account <> ''"
            + " union select founder from rooms where founder is not null union select name from accounts";
    /** Names that the account had, and that nobody else has got since. */
    private static final String FORMER =
            "select key from former_names where account = ? and key not in (select key from accounts)";

    private static final String CONVERSATIONS =
            "select distinct room from conversations where identity = ? order by room";
    private static final String IDENTITIES = "select distinct identity from conversations";
    private static final String SET_BY = "select distinct set_by from room_modes";
    private static final String ROOMS = "select id, name from rooms where founder = ?";
    private static final String NEWEST_OF = "select m.room, m.seq from messages m where m.account = ? and m.kind < 4"
            + " and m.seq = (select max(n.seq) from messages n where n.room = m.room)";
    private static final String SAID = "delete from messages where account = ? and kind < 4";
    private static final String DID = "update messages set nick = '*', nick_key = '*', username = '*', host = '*',"
            + " real_name = '', account = '', away = '', bot = 0, client_id = '', connection = '',"
            + " text = case when kind = 5 then '' else text end where account = ?";

    private static final String READERS = "select distinct account from read_markers";
    private static final String LISTS = " from room_modes where mode in ('BAN', 'EXCEPTION', 'INVITE_EXCEPTION')";
    private static final String LISTED = "select distinct value" + LISTS;
    private static final String UNLIST = "delete" + LISTS + " and value = ?";
    private static final String INVITATIONS =
            "delete from room_modes where mode = 'INVITED' and (value = ? or set_by = ?)";

    private static final String ACCOUNT = "a:";
    private static final String MUTED_ACCOUNT = "m:" + ACCOUNT;

    private final SqlSession session;
    private final String key;
    private final BiPredicate<String, String> isSpelling;
    private final List<String> keys = new ArrayList<>();
    private final List<String> released = new ArrayList<>();
    private long messages;
    private int conversations;

    /**
     * Creates an eraser for one account.
     *
     * @param key its folded name
     * @param isSpelling whether the first name is a spelling of the second one, which is folded
     */
    AccountEraser(SqlSession session, String key, BiPredicate<String, String> isSpelling) {
        this.session = session;
        this.key = key;
        this.isSpelling = isSpelling;
    }

    MaintenanceResult.Erased run() throws SQLException {
        boolean resumed = session.number("select erasing from store") != 0;
        session.update("update store set erasing = 1"); // until its traces in the files are gone, too
        keys.add(key);
        keys.addAll(texts(FORMER, key));
        for (String identity : texts(IDENTITIES)) {
            if (isIdentity(identity)) {
                eraseConversations(identity);
            }
        }
        AlwaysOnTables.deleteConversations(session, this::isIdentity);
        for (String name : texts(NAMES)) {
            if (isSpelling(name)) {
                eraseMessages(name);
                session.update(DID, name);
                releaseRooms(name);
                session.update(INVITATIONS, ACCOUNT + name, ACCOUNT + name);
            }
        }
        for (String name : texts(SET_BY)) {
            if (isSpelling(name)) {
                session.update("update room_modes set set_by = '*' where set_by = ?", name);
            }
        }
        for (String mask : texts(LISTED)) {
            if (isAboutAccount(mask)) {
                session.update(UNLIST, mask);
            }
        }
        for (String name : texts(READERS)) {
            if (isSpelling(name)) {
                session.update("delete from read_markers where account = ?", name);
            }
        }
        for (String each : keys) {
            session.update("delete from read_markers where target = ?", each);
        }
        boolean registered = session.update("delete from accounts where key = ?", key) > 0;
        boolean before = ErasedNamesTable.contains(session, key);
        if (registered || messages > 0 || conversations > 0 || !released.isEmpty()) {
            ErasedNamesTable.add(session, key, Instant.now());
        }
        return new MaintenanceResult.Erased(
                List.copyOf(keys),
                registered,
                messages,
                conversations,
                List.copyOf(released),
                before,
                resumed,
                List.of());
    }

    private boolean isIdentity(String identity) {
        return identity.startsWith(ACCOUNT) && isSpelling(identity.substring(ACCOUNT.length()));
    }

    /** Deletes list entries about the account: they would apply to the next account of that name. */
    private boolean isAboutAccount(String mask) {
        String prefix = mask.startsWith(MUTED_ACCOUNT) ? MUTED_ACCOUNT : ACCOUNT;
        return mask.startsWith(prefix) && isSpelling(mask.substring(prefix.length()));
    }

    private boolean isSpelling(String name) {
        return keys.stream().anyMatch(each -> isSpelling.test(name, each));
    }

    private Set<String> texts(String sql, Object... values) throws SQLException {
        Set<String> texts = new TreeSet<>();
        try (ResultSet rows = session.prepare(sql, values).executeQuery()) {
            while (rows.next()) {
                texts.add(TextCodec.decode(rows.getString(1)));
            }
        }
        return texts;
    }

    /** Deletes the partner's messages as well: the next user who registers the name must not read them. */
    private void eraseConversations(String identity) throws SQLException {
        List<Long> rooms = new ArrayList<>();
        try (ResultSet rows = session.prepare(CONVERSATIONS, identity).executeQuery()) {
            while (rows.next()) {
                rooms.add(rows.getLong(1));
            }
        }
        for (long room : rooms) {
            messages += session.update("delete from messages where room = ?", room);
            session.update("delete from conversations where room = ?", room);
            session.update("delete from rooms where id = ?", room);
            conversations++;
        }
    }

    private void eraseMessages(String name) throws SQLException {
        List<long[]> newest = new ArrayList<>();
        try (ResultSet rows = session.prepare(NEWEST_OF, name).executeQuery()) {
            while (rows.next()) {
                newest.add(new long[] {rows.getLong(1), rows.getLong(2)});
            }
        }
        for (long[] place : newest) {
            MessageDeletion.empty(session, place[0], place[1]);
        }
        messages += newest.size() + session.update(SAID, name);
    }

    private void releaseRooms(String name) throws SQLException {
        List<RoomsTable.Row> rooms = new ArrayList<>();
        try (ResultSet rows = session.prepare(ROOMS, name).executeQuery()) {
            while (rows.next()) {
                rooms.add(new RoomsTable.Row(rows.getLong(1), "", 1));
                released.add(TextCodec.decode(rows.getString(2)));
            }
        }
        for (RoomsTable.Row room : rooms) {
            RoomsTable.forget(session, room);
        }
    }
}
