package io.teahouse.room;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Decides who may read a message afterwards. A session lasts from when a user enters the empty room until the last
 * member has left. Messages that are sent while anybody may enter are for everybody who ever enters; messages in a
 * closed room are stored for the session only, so that no later member reads them, however the session ends. Ranks do
 * not reach back either: operators of one session cannot redact messages of an earlier one, see {@link Room#past}. A
 * registered room has a single session, since its modes outlive its members. Belongs to one {@link OpenRoom}.
 */
final class VisibilitySession {
    private final Room room;
    private final RoomPolicy policy;
    private final RoomLog log;
    private final DuplicateDetector repeats;

    VisibilitySession(RoomContext in, DuplicateDetector repeats) {
        this.room = in.room();
        this.policy = in.policy();
        this.log = in.log();
        this.repeats = repeats;
    }

    /** A number that is unique across processes. */
    static long newSession() {
        return ThreadLocalRandom.current().nextLong(RoomLog.FOR_ALL + 1, Long.MAX_VALUE);
    }

    /** The session at the time of the failure, or a new one. */
    static long sessionOf(Optional<RoomState> former) {
        return former.map(RoomState::session)
                .filter(session -> session != RoomLog.FOR_ALL)
                .orElseGet(VisibilitySession::newSession);
    }

    /** The session that may read a message that is sent now, see {@link RoomLog#append}. */
    long forWhom() {
        return room.name().isConversation() || policy.isOpen(room) ? RoomLog.FOR_ALL : room.session();
    }

    /** Starts a session, because a user enters the empty room. */
    void begin(Instant at) {
        room.empty(at);
        if (room.founder().isEmpty()) {
            room.beginSession(newSession());
            log.readableBy(room.session());
            repeats.forgetSession();
        }
    }
}
