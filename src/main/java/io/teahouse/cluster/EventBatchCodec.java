package io.teahouse.cluster;

import akka.actor.typed.ActorRef;
import io.teahouse.room.EventBatch;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a batch of events: the room, the events, the last seq, and who caused the events if that is known. */
final class EventBatchCodec implements ValueCodec<EventBatch> {
    private final ValueCodec<RoomName> names;
    private final ValueCodec<List<RoomEvent>> events;
    private final ActorRefCodec refs;

    EventBatchCodec(ValueCodec<RoomName> names, ValueCodec<RoomEvent> events, ActorRefCodec refs) {
        this.names = names;
        this.events = ValueCodecs.list(events);
        this.refs = refs;
    }

    @Override
    public void write(Output out, EventBatch batch) {
        names.write(out, batch.room());
        events.write(out, batch.events());
        out.writeLong(batch.lastSeq());
        out.writeBoolean(batch.isLive());
        for (ActorRef<RoomEvent> cause : batch.causes()) {
            refs.writeNullable(out, cause);
        }
    }

    @Override
    public EventBatch read(Input in) {
        RoomName room = names.read(in);
        List<RoomEvent> some = events.read(in);
        long lastSeq = in.readLong();
        List<@Nullable ActorRef<RoomEvent>> causes = new ArrayList<>();
        if (in.readBoolean()) {
            for (int i = 0; i < some.size(); i++) {
                ActorRef<?> cause = refs.readNullable(in);
                causes.add(cause == null ? null : cause.unsafeUpcast().narrow());
            }
        }
        return EventBatch.of(room, some, lastSeq, causes);
    }
}
