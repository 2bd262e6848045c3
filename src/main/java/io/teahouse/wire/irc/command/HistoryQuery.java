package io.teahouse.wire.irc.command;

import io.teahouse.room.Anchor;
import io.teahouse.room.EventType;
import io.teahouse.room.HistoryRange;
import io.teahouse.room.Refusal.Reason;
import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.room.RoomReply.Past;
import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.Capability;
import io.teahouse.wire.irc.StreamedBatch;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A CHATHISTORY query for one target, and its reply.
 *
 * @param first the message reference; empty for {@code *}
 * @param second the second reference of BETWEEN
 */
record HistoryQuery(Call call, String subcommand, Optional<Anchor> first, Optional<Anchor> second, int limit) {
    /** Runs the query in a channel or conversation. */
    void of(RoomName room) {
        if (first.isEmpty()) {
            ask(room, HistoryRange.latest(limit), this::answer);
            return;
        }
        Anchor anchor = first.get();
        switch (subcommand) {
            case "LATEST" -> ask(room, HistoryRange.latest(anchor, limit), this::answer);
            case "BEFORE" -> ask(room, HistoryRange.before(anchor, limit), this::answer);
            case "AFTER" -> ask(room, HistoryRange.after(anchor, limit), this::answer);
            case "AROUND" -> around(room, anchor);
            default -> between(room, anchor, second.orElse(anchor));
        }
    }

    /** Half of the messages come before the reference, half after it. */
    private void around(RoomName room, Anchor anchor) {
        int before = limit / 2;
        ask(
                room,
                HistoryRange.before(anchor, before),
                earlier -> ask(room, HistoryRange.from(anchor, limit - before), later -> {
                    List<Recorded> events = Stream.concat(earlier.events().stream(), later.events().stream())
                            .toList();
                    answer(new Past(room, later.number(), events, true, earlier.gap() || later.gap()));
                }));
    }

    /**
     * The references may come in either order. If there are more messages than the limit, those nearest to the first
     * reference count.
     */
    private void between(RoomName room, Anchor one, Anchor other) {
        ask(room, HistoryRange.between(one, other, false, limit), forwards -> {
            if (forwards.events().isEmpty() && !forwards.gap()) {
                ask(room, HistoryRange.between(other, one, true, limit), this::answer);
            } else {
                answer(forwards);
            }
        });
    }

    private void ask(RoomName room, HistoryRange range, Consumer<Past> then) {
        call.session().queries().rooms().history(room, range, eventTypes(call), reply -> {
            if (reply instanceof Past past && past.known()) {
                then.accept(past);
            } else if (reply instanceof Past) {
                noSuchMessage();
            } else if (reply instanceof RoomReply.Refused refused
                    && (refused.refusal().reason() == Reason.NOT_A_MEMBER
                            || refused.refusal().reason() == Reason.NO_SUCH_ROOM)) {
                noTarget();
            } else {
                call.fail("MESSAGE_ERROR", "Messages could not be retrieved", subcommand, call.param(1));
            }
        });
    }

    /** The event types that the client understands; only these count towards the limit. */
    static Set<EventType> eventTypes(Call call) {
        Set<EventType> eventTypes = EnumSet.of(EventType.MESSAGE);
        if (call.client().has(Capability.EVENT_PLAYBACK)) {
            eventTypes.add(EventType.TOPIC);
            if (call.client().has(Capability.MESSAGE_TAGS)) {
                eventTypes.add(EventType.SIGNAL);
            }
            if (call.client().has(Capability.REDACTION)) {
                eventTypes.add(EventType.REDACTION);
            }
        }
        return Set.copyOf(eventTypes);
    }

    // Replies

    private void answer(Past past) {
        StreamedBatch.history(call, call.param(1), past);
    }

    /** Replies for two users who never talked. */
    void nothing() {
        if (Stream.of(first, second).flatMap(Optional::stream).anyMatch(Anchor.AtId.class::isInstance)) {
            noSuchMessage();
        } else {
            StreamedBatch.nothing(call, call.param(1));
        }
    }

    private void noSuchMessage() {
        String text = "There is no such message, or it is no longer stored";
        call.fail("MESSAGE_ERROR", text, subcommand, call.param(1), call.param(2));
    }

    /** Does not reveal whether the channel exists. */
    void noTarget() {
        call.fail("INVALID_TARGET", "Messages could not be retrieved", subcommand, call.param(1));
    }
}
