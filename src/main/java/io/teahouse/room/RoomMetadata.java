package io.teahouse.room;

import akka.actor.typed.ActorRef;
import io.teahouse.room.PendingEntry.Notice;
import io.teahouse.room.support.MonotonicClock;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Handles the metadata of a room, and changes in that of its members. The room interprets no key and no value. Belongs
 * to one {@link OpenRoom} and runs in it.
 */
final class RoomMetadata {
    private final Room room;
    private final RoomPolicy policy;
    private final RoomContext context;
    private final MonotonicClock time;
    private final RegistrationSaver saver;
    private final PendingQueue queue;

    RoomMetadata(RoomContext context, RegistrationSaver saver, PendingQueue queue) {
        this.room = context.room();
        this.policy = context.policy();
        this.context = context;
        this.time = context.time();
        this.saver = saver;
        this.queue = queue;
    }

    void set(RoomActor.SetMetadata set) {
        Optional<Member> by = context.requireMember(set, set.member());
        if (by.isPresent() && context.permits(set, policy.setMetadata(room, by.get(), set.key()))) {
            change(set, by.get(), set.member(), Map.of(set.key(), set.value()));
        }
    }

    void clear(RoomActor.ClearMetadata clear) {
        Optional<Member> by = context.requireMember(clear, clear.member());
        if (by.isPresent() && context.permits(clear, policy.setMetadata(room, by.get(), ""))) {
            Map<String, String> removed = new LinkedHashMap<>();
            room.metadata().keySet().forEach(key -> removed.put(key, ""));
            change(clear, by.get(), clear.member(), Collections.unmodifiableMap(removed));
        }
    }

    private void change(RoomActor.Asking asking, Member by, ActorRef<RoomEvent> from, Map<String, String> changes) {
        boolean any = room.changeMetadata(changes);
        context.reply(asking, new RoomReply.Metadata(room.name(), asking.number(), changes));
        if (any) {
            if (room.kept().isPresent()) {
                saver.keep();
            }
            queue.enqueue(new Notice(
                    from,
                    new RoomEvent.MetadataChanged(
                            room.pendingName(), by.nick(), by.profile(), false, changes, 0, time.now())));
        }
    }

    /** Outsiders see no metadata of a room that not everybody may join. */
    void get(RoomActor.GetMetadata get) {
        boolean closed = room.modes().has(Mode.INVITE_ONLY) || room.modes().has(Mode.SECRET);
        if (closed && room.member(get.asker()).isEmpty()) {
            context.refuse(get, Refusal.noSuchRoom(room.name()));
        } else {
            context.reply(get, new RoomReply.Metadata(room.name(), get.number(), room.metadata()));
        }
    }

    /** Publishes changes in the metadata of a member. */
    void tell(RoomActor.TellMetadata tell) {
        context.requireMember(tell, tell.user()).ifPresent(about -> tell(tell, about));
    }

    private void tell(RoomActor.TellMetadata tell, Member about) {
        queue.enqueue(new Notice(
                about,
                new RoomEvent.MetadataChanged(
                        room.pendingName(),
                        about.nick(),
                        about.profile(),
                        true,
                        tell.changes(),
                        tell.cause(),
                        time.now()),
                tell));
    }
}
