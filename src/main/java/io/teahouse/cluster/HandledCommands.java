package io.teahouse.cluster;

import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomReply;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which commands of one {@link RoomRelay} a room has handled, so that it does none twice: a relay that has lost a message
 * sends all again that it has no answer to. A number is enough, because they come in order and without a hole.
 */
final class HandledCommands {
    /** More than may be under way at once. */
    private static final int MOST_ANSWERS = 1024;

    /** The highest number. */
    private long last;

    /** The replies to commands that must not be repeated, the oldest first. */
    private final Map<Long, RoomReply> answers = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, RoomReply> eldest) {
            return size() > MOST_ANSWERS;
        }
    };

    /** Whether the command has to be handled; the next one is expected to have a higher number. */
    boolean isNew(RoomActor.Passed passed) {
        boolean repeatable = passed.command() instanceof RoomActor.Asking asking
                ? asking.isRepeatable()
                : !(passed.command() instanceof RoomActor.Leave);
        boolean fresh = passed.number() > last;
        last = Math.max(last, passed.number());
        return fresh || repeatable;
    }

    void answered(RoomActor.Asking command, RoomReply reply) {
        if (!command.isRepeatable() && !(reply instanceof RoomReply.InDoubt)) {
            answers.put(command.number(), reply);
        }
    }

    /** The reply that was sent; no event follows it any more. */
    Optional<RoomReply> answer(RoomActor.Asking command) {
        return Optional.ofNullable(answers.get(command.number()))
                .map(reply -> reply instanceof RoomReply.ModesSet set
                        ? new RoomReply.ModesSet(set.room(), set.number(), false, set.refusals())
                        : reply);
    }
}
