package io.teahouse.room;

import java.time.Instant;

/**
 * Who reads what is said in a room. A sitting is the time from when somebody comes into the empty room until the last one
 * has left. What was said in it while the room was open is for everybody who ever comes; what was said behind a closed
 * door is for that sitting, and is stored so: however it ends, even by the end of the process, nobody who sits down
 * later reads it. Nor do ranks reach back: who keeps order in one sitting has no say about what was said in an earlier
 * one, see {@link Room#past}. A room that is registered is one sitting, since its modes outlive its members. Belongs to one {@link
 * OpenRoom}.
 */
final class VisibilitySession {
    private final Room room;
    private final RoomPolicy policy;
    private final RoomLog log;
    private final DuplicateDetector repeats;

    VisibilitySession(Room room, RoomPolicy policy, RoomLog log, DuplicateDetector repeats) {
        this.room = room;
        this.policy = policy;
        this.log = log;
        this.repeats = repeats;
    }

    /** For whom it is what somebody says now, as {@link RoomLog#append} has it. */
    long forWhom() {
        return room.name().isConversation() || policy.isOpen(room) ? RoomLog.FOR_ALL : log.sitting();
    }

    /** Somebody comes into the empty room. */
    void begin(Instant at) {
        room.empty(at);
        if (room.founder().isEmpty()) {
            log.beginSitting();
            room.beginSitting();
            repeats.forgetSitting();
        }
    }
}
