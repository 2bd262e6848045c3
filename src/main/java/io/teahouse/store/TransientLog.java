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

/** Of a room in which nothing that is said is stored: only how it is set, if it is registered. */
record TransientLog(SqlRoomLog stored, MemoryRoomLog said) implements RoomLog {
    @Override
    public CompletionStage<Opened> open() {
        return stored.open().thenCombine(said.open(), (set, now) -> {
            said.keep(set.kept());
            return new Opened(
                    now.identity(),
                    now.lastSeq(),
                    now.topic(),
                    now.openTopic(),
                    set.kept(),
                    now.recent(),
                    set.lookAlike());
        });
    }

    @Override
    public CompletionStage<Outcome> append(List<Recorded> batch, long forWhom) {
        return said.append(batch, forWhom);
    }

    @Override
    public long sitting() {
        return said.sitting();
    }

    @Override
    public void beginSitting() {
        said.beginSitting();
    }

    @Override
    public CompletionStage<Excerpt> read(HistoryRange span, Predicate<Recorded> wanted) {
        return said.read(span, wanted);
    }

    @Override
    public CompletionStage<List<Recorded>> settle(long from) {
        return said.settle(from);
    }

    @Override
    public CompletionStage<Outcome> keep(Optional<RegisteredState> kept) {
        said.keep(kept);
        return stored.keep(kept);
    }
}
