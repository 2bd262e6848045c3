package io.teahouse.store;

import io.teahouse.room.HistoryRange;
import io.teahouse.room.MemoryRoomLog;
import io.teahouse.room.RegisteredState;
import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomLog;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** The log of a room whose messages are not stored: only its settings are, if it is registered. */
record TransientLog(SqlRoomLog stored, MemoryRoomLog said) implements RoomLog {
    @Override
    public CompletionStage<Opened> open(long session) {
        return stored.open(session).thenApply(set -> {
            Opened now = said.open(set.generation(), set.session());
            return new Opened(
                    now.identity(),
                    set.generation(),
                    set.session(),
                    now.lastSeq(),
                    now.topic(),
                    now.openTopic(),
                    set.kept(),
                    now.recent(),
                    set.lookAlike());
        });
    }

    @Override
    public CompletionStage<Outcome> append(long generation, long session, List<Recorded> batch) {
        return said.append(generation, session, batch);
    }

    @Override
    public void readableBy(long session) {
        said.readableBy(session);
    }

    @Override
    public CompletionStage<Excerpt> read(long session, HistoryRange span, Predicate<Recorded> wanted) {
        return said.read(session, span, wanted);
    }

    @Override
    public CompletionStage<List<Recorded>> settle(long from) {
        return said.settle(from);
    }

    @Override
    public CompletionStage<Outcome> keep(long generation, long session, Optional<RegisteredState> state) {
        return stored.keep(generation, session, state);
    }
}
