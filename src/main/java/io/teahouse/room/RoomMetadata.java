package io.teahouse.room;

import io.teahouse.room.Entry.Notice;
import io.teahouse.room.Refusal.Reason;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What programs note about a room, key by key, for whoever asks, and what they note about its members. The room knows no
 * key and no value. Belongs to one {@link RoomActor} and runs in it.
 */
final class RoomMetadata {
    private final Room room;
    private final RoomPolicy policy;
    private final Ticks ticks;
    private final Consumer<Entry> stand;

    /** @param stand puts something into the room's line */
    RoomMetadata(Room room, RoomPolicy policy, Ticks ticks, Consumer<Entry> stand) {
        this.room = room;
        this.policy = policy;
        this.ticks = ticks;
        this.stand = stand;
    }

    void set(RoomActor.SetMetadata set, Member by) {
        Optional<Refusal> refusal = policy.setMetadata(room, by, set.key());
        if (refusal.isPresent()) {
            set.replyTo().tell(new RoomReply.Refused(room.name(), set, refusal.get()));
            return;
        }
        change(set, by, Map.of(set.key(), set.value()));
    }

    void clear(RoomActor.ClearMetadata clear, Member by) {
        Optional<Refusal> refusal = policy.setMetadata(room, by, "");
        if (refusal.isPresent()) {
            clear.replyTo().tell(new RoomReply.Refused(room.name(), clear, refusal.get()));
            return;
        }
        Map<String, String> removed = new LinkedHashMap<>();
        room.metadata().keySet().forEach(key -> removed.put(key, ""));
        change(clear, by, Collections.unmodifiableMap(removed));
    }

    private void change(RoomActor.Asking asking, Member by, Map<String, String> changes) {
        boolean any = room.noteMetadata(changes);
        asking.replyTo().tell(new RoomReply.Metadata(room.name(), changes));
        if (any) {
            stand.accept(new Notice(
                    by,
                    new RoomEvent.MetadataChanged(
                            room.nameToCome(), by.nick(), by.profile(), false, changes, 0, ticks.now())));
        }
    }

    /** Of a room into which not everybody may come, nothing is told outside. */
    void get(RoomActor.GetMetadata get) {
        boolean closed = room.modes().has(Mode.INVITE_ONLY) || room.modes().has(Mode.SECRET);
        if (closed && room.member(get.asker()).isEmpty()) {
            Refusal why = new Refusal(Reason.NO_SUCH_ROOM, "nothing is known of " + room.name());
            get.replyTo().tell(new RoomReply.Refused(room.name(), get, why));
        } else {
            get.replyTo().tell(new RoomReply.Metadata(room.name(), room.metadata()));
        }
    }

    /** The others are told what is noted about one of them. */
    void tell(RoomActor.TellMetadata tell, Member about) {
        stand.accept(new Notice(
                about,
                new RoomEvent.MetadataChanged(
                        room.nameToCome(),
                        about.nick(),
                        about.profile(),
                        true,
                        tell.changes(),
                        tell.cause(),
                        ticks.now())));
    }
}
