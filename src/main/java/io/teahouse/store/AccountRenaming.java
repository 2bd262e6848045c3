package io.teahouse.store;

import io.teahouse.account.Account;
import io.teahouse.account.AccountStore.Renamed;
import io.teahouse.room.Names;
import io.teahouse.room.Nick;
import io.teahouse.room.RoomName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives an account another name: its row with what refers to it, its rooms, its conversations and its read markers at once; then, in small
 * steps between the writes of others, what it has said. Nobody else gets the old name before the last step.
 */
final class AccountRenaming {
    /** Finds another account that keeps a name from being given. */
    interface LookAlikes {
        Optional<Account> find(SqlSession session, Nick name) throws SQLException;
    }

    /** All columns of an account but its names, as they are. */
    private static final String KEPT = "registered, email, credentials, networks, reset_until, reset_used, always_on,"
            + " last_token, suspended_by, suspended_why, suspended_at, suspended_until";

    private static final String COPY = "insert into accounts (key, name, look, key_look, plain, " + KEPT
            + ") select ?, ?, ?, ?, ?, " + KEPT + " from accounts where key = ?";
    private static final String RESPELL =
            "update accounts set name = ?, look = ?, key_look = ?, plain = ? where key = ?";
    private static final String USER = "insert into always_on_users"
            + " (account, nick, nick_key, username, real_name, away, last_connected) select ?,"
            + " case when nick_key = ? then ? else nick end, case when nick_key = ? then ? else nick_key end,"
            + " username, real_name, away, last_connected from always_on_users where account = ?";
    private static final String RESERVE =
            "insert into former_names (key, account, name, reserved, until) values (?, ?, ?, ?, ?)";
    private static final String RELEASE =
            "update former_names set until = reserved, name = null where key = ? and until = ?";
    private static final String UNFINISHED = "select f.key, f.name, f.reserved, a.key, a.name from former_names f"
            + " join accounts a on a.key = f.account where f.name is not null";
    private static final List<String> REFERENCES = List.of("login_tokens", "former_names");
    private static final List<String> OF_USERS = List.of("always_on_rooms", "always_on_metadata");
    private static final String CONVERSATIONS = "select rooms.id, rooms.key from conversations"
            + " join rooms on rooms.id = conversations.room where conversations.identity = ?";

    private static final Logger LOG = LoggerFactory.getLogger(AccountRenaming.class);

    /** How many messages one step looks at. */
    private static final int STEP = 5_000;

    private static final long FOR_EVER = Long.MAX_VALUE;
    private static final String ACCOUNT = "a:";

    private final Names names;
    private final StoreWriter writer;
    private final String key;
    private final Nick to;
    private final Instant reserved;
    private final LookAlikes lookAlikes;
    private String before = "";

    /** @param reserved until when nobody else may have the old name, at least */
    AccountRenaming(Names names, StoreWriter writer, String key, Nick to, Instant reserved, LookAlikes lookAlikes) {
        this.names = names;
        this.writer = writer;
        this.key = key;
        this.to = to;
        this.reserved = reserved;
        this.lookAlikes = lookAlikes;
    }

    /** Goes on with what a server has not finished before it was stopped, as soon as the store answers. */
    static void resume(Names names, StoreWriter writer, ReaderPool readers) {
        CompletionStage<List<AccountRenaming>> unfinished = readers.read(session -> {
            List<AccountRenaming> found = new ArrayList<>();
            try (ResultSet row = session.prepare(UNFINISHED).executeQuery()) {
                while (row.next()) {
                    AccountRenaming each = new AccountRenaming(
                            names,
                            writer,
                            TextCodec.decode(row.getString(1)),
                            new Nick(TextCodec.decode(row.getString(5)), TextCodec.decode(row.getString(4))),
                            Instant.ofEpochMilli(row.getLong(3)),
                            (any, nick) -> Optional.empty());
                    each.before = TextCodec.decode(row.getString(2));
                    found.add(each);
                }
            }
            return found;
        });
        unfinished
                .thenAccept(all -> all.forEach(each -> each.moveMessages(0, 0)))
                .exceptionally(failure -> {
                    later(writer, () -> resume(names, writer, readers));
                    return null;
                });
    }

    private static void later(StoreWriter writer, Runnable what) {
        if (!writer.isClosed()) {
            CompletableFuture.delayedExecutor(writer.retryInterval().toNanos(), TimeUnit.NANOSECONDS)
                    .execute(what);
        }
    }

    /** Completes when the account has the new name; the messages follow. */
    CompletionStage<Renamed> run() {
        return writer.submit(new SimpleWriteJob<>(this::rename)).answer.thenApply(renamed -> {
            if (renamed == Renamed.RENAMED) {
                moveMessages(0, 0);
            }
            return renamed;
        });
    }

    private Renamed rename(SqlSession session) throws SQLException {
        try (ResultSet row =
                session.prepare("select name from accounts where key = ?", key).executeQuery()) {
            if (!row.next()) {
                return Renamed.NO_SUCH_ACCOUNT;
            }
            before = TextCodec.decode(row.getString(1));
        }
        boolean isSame = key.equals(to.key());
        if ((!isSame && session.number("select count(*) from accounts where key = ?", to.key()) > 0)
                || lookAlikes
                        .find(session, to)
                        .filter(other -> !other.key().equals(key))
                        .isPresent()) {
            return Renamed.EXISTS;
        }
        Names.Looks looks = names.looks(to.text(), to.key());
        int plain = Names.isPlain(to.key()) ? 1 : 0;
        if (isSame) {
            session.update(RESPELL, to.text(), looks.shown(), looks.folded(), plain, key);
        } else {
            session.update(COPY, to.key(), to.text(), looks.shown(), looks.folded(), plain, key);
            moveReferences(session);
            session.update("delete from accounts where key = ?", key);
            session.update("delete from former_names where key = ?", to.key());
            session.update(RESERVE, key, to.key(), before, reserved.toEpochMilli(), FOR_EVER);
        }
        moveRooms(session);
        moveConversations(session);
        session.update("update read_markers set account = ? where account = ?", to.text(), before);
        if (!isSame) {
            moveMarkersOfOthers(session);
        }
        return Renamed.RENAMED;
    }

    private void moveReferences(SqlSession session) throws SQLException {
        for (String table : REFERENCES) {
            session.update("update " + table + " set account = ? where account = ?", to.key(), key);
        }
        session.update(USER, to.key(), key, to.text(), key, to.key(), key);
        for (String table : OF_USERS) {
            session.update("update " + table + " set account = ? where account = ?", to.key(), key);
        }
        AlwaysOnTables.remove(session, key);
    }

    private void moveRooms(SqlSession session) throws SQLException {
        session.update("update rooms set founder = ? where founder = ?", to.text(), before);
        for (String prefix : List.of(ACCOUNT, "m:" + ACCOUNT)) {
            session.update("update room_modes set value = ? where value = ?", prefix + to.text(), prefix + before);
        }
        session.update("update room_modes set set_by = ? where set_by = ?", ACCOUNT + to.text(), ACCOUNT + before);
    }

    private void moveConversations(SqlSession session) throws SQLException {
        List<Long> ids = new ArrayList<>();
        List<RoomName> rooms = new ArrayList<>();
        try (ResultSet row = session.prepare(CONVERSATIONS, ACCOUNT + before).executeQuery()) {
            while (row.next()) {
                ids.add(row.getLong(1));
                rooms.add(RoomName.conversation(TextCodec.decode(row.getString(2))));
            }
        }
        for (int i = 0; i < ids.size(); i++) {
            RoomName from = rooms.get(i);
            String partner = from.isWithOneself() ? ACCOUNT + to.text() : from.partner(ACCOUNT + before);
            RoomName now = RoomName.conversation(ACCOUNT + to.text(), partner);
            session.update("update rooms set key = ?, name = ? where id = ?", now.key(), now.text(), ids.get(i));
            AlwaysOnTables.renameRoom(session, from.key(), now);
        }
        session.update(
                "update conversations set identity = ? where identity = ?", ACCOUNT + to.text(), ACCOUNT + before);
    }

    /** How far others have read what the account has said to them. */
    private void moveMarkersOfOthers(SqlSession session) throws SQLException {
        session.update(
                "delete from read_markers where target = ? and account in"
                        + " (select account from read_markers where target = ?)",
                to.key(),
                key);
        session.update("update read_markers set target = ? where target = ?", to.key(), key);
    }

    /** @param room whose messages above {@code seq} are next; all before them have been moved */
    private void moveMessages(long room, long seq) {
        if (before.equals(to.text())) {
            return;
        }
        CompletionStage<long[]> moved = writer.submit(new SimpleWriteJob<>(session -> step(session, room, seq))).answer;
        moved.whenComplete((next, failure) -> {
            if (failure != null) {
                LOG.debug("What {} has said is not all moved to {} yet", before, to, failure);
                later(writer, () -> moveMessages(room, seq));
            } else if (next.length > 0) {
                moveMessages(next[0], next[1]);
            }
        });
    }

    /** Empty: it was the last one. */
    private long[] step(SqlSession session, long room, long seq) throws SQLException {
        long from = session.number("select min(seq) from messages where room = ? and seq > ?", room, seq);
        if (from == 0) {
            long next = session.number("select min(room) from messages where room > ?", room);
            if (next > 0) {
                return new long[] {next, 0};
            }
            session.update(RELEASE, key, FOR_EVER);
            return new long[0];
        }
        long last = from + STEP;
        session.update(
                "update messages set account = ? where room = ? and seq between ? and ? and account = ?",
                to.text(),
                room,
                from,
                last,
                before);
        return new long[] {room, last};
    }
}
