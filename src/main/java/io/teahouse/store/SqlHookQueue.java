package io.teahouse.store;

import io.teahouse.hook.HookQueue;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;

/** The tables {@code hook_positions} and {@code hook_events}. */
final class SqlHookQueue implements HookQueue {
    private static final String POSITION = "select seq, event, number from hook_positions where hook = ? and room = ?";
    private static final String EVENTS =
            "select number, seq, id, body from hook_events where hook = ? and room = ? order by number";
    private static final String ADD = "insert into hook_events (hook, room, number, seq, id, body)"
            + " values (?, ?, ?, ?, ?, ?) on conflict (hook, room, number)"
            + " do update set seq = excluded.seq, id = excluded.id, body = excluded.body";
    private static final String REACHED = "insert into hook_positions (hook, room, seq, event, number)"
            + " values (?, ?, ?, ?, ?) on conflict (hook, room)"
            + " do update set seq = excluded.seq, event = excluded.event, number = excluded.number";
    private static final String DELIVERED = "delete from hook_events where hook = ? and room = ? and number <= ?";
    private static final String HOOKS = "select hook from hook_positions union select hook from hook_events";

    private final StoreWriter writer;

    SqlHookQueue(StoreWriter writer) {
        this.writer = writer;
    }

    /** By the writer, so that it comes after earlier calls. */
    @Override
    public CompletionStage<Stored> load(String hook, String room) {
        return writer.submit(new SimpleWriteJob<>(
                        session -> new Stored(position(session, hook, room), events(session, hook, room))))
                .answer;
    }

    private static Optional<Position> position(SqlSession session, String hook, String room) throws SQLException {
        try (ResultSet row = session.prepare(POSITION, hook, room).executeQuery()) {
            return row.next()
                    ? Optional.of(new Position(row.getLong(1), TextCodec.decode(row.getString(2)), row.getLong(3)))
                    : Optional.empty();
        }
    }

    private static List<Waiting> events(SqlSession session, String hook, String room) throws SQLException {
        List<Waiting> events = new ArrayList<>();
        try (ResultSet row = session.prepare(EVENTS, hook, room).executeQuery()) {
            while (row.next()) {
                events.add(new Waiting(
                        row.getLong(1),
                        row.getLong(2),
                        TextCodec.decode(row.getString(3)),
                        TextCodec.decode(row.getString(4))));
            }
        }
        return List.copyOf(events);
    }

    @Override
    public CompletionStage<Void> add(String hook, String room, Waiting event) {
        return write(session -> {
            session.update(ADD, hook, room, event.number(), event.seq(), event.id(), event.body());
        });
    }

    @Override
    public CompletionStage<Void> reached(String hook, String room, Position position) {
        return write(session -> {
            session.update(REACHED, hook, room, position.seq(), position.event(), position.number());
            session.update(DELIVERED, hook, room, position.number());
        });
    }

    @Override
    public CompletionStage<Void> retain(Collection<String> hooks) {
        return write(session -> {
            Set<String> others = new TreeSet<>();
            try (ResultSet row = session.prepare(HOOKS).executeQuery()) {
                while (row.next()) {
                    others.add(TextCodec.decode(row.getString(1)));
                }
            }
            others.removeAll(Set.copyOf(hooks));
            for (String gone : others) {
                session.update("delete from hook_events where hook = ?", gone);
                session.update("delete from hook_positions where hook = ?", gone);
            }
        });
    }

    private interface Work {
        void run(SqlSession session) throws SQLException;
    }

    private CompletionStage<Void> write(Work work) {
        return writer.submit(new SimpleWriteJob<>(session -> {
                    work.run(session);
                    return true;
                }))
                .answer
                .thenAccept(done -> {});
    }
}
