package io.teahouse.room;

import io.teahouse.room.support.Check;
import java.time.Instant;
import java.util.List;

/** What an operator of the server does to a room without being in it; see {@link RoomActor.Operate}. */
public sealed interface RoomOperation {
    /** Shows what operators need to know. Answered by {@link RoomReply.Details}. */
    record Show() implements RoomOperation {}

    /** Changes modes and ranks, without asking the policy. Answered by {@link RoomReply.ModesSet}. */
    record SetModes(List<ModeChange> changes) implements RoomOperation {
        public SetModes {
            changes = List.copyOf(Check.notNull(changes, "changes"));
        }
    }

    /**
     * Gives the room to an account: registers it, or replaces its owner. Members of that account become operators of the room.
     *
     * @param account its name as registered; empty: the room is not registered any longer
     */
    record GiveTo(String account) implements RoomOperation {
        public GiveTo {
            Check.notNull(account, "account");
        }
    }

    /** The account that may own the room has another name now. Nobody is told. */
    record OwnerRenamed(String from, String to) implements RoomOperation {
        public OwnerRenamed {
            Check.notNull(from, "from");
            Check.notNull(to, "to");
        }
    }

    /** Renames the room. */
    record Rename(RoomName to, String reason) implements RoomOperation {
        public Rename {
            Check.notNull(to, "to");
            Check.notNull(reason, "reason");
        }
    }

    /** Removes all members. A registered room stays registered. */
    record Close(String reason) implements RoomOperation {
        public Close {
            Check.notNull(reason, "reason");
        }
    }

    /**
     * Redacts what a user has said in a span of time, some of it at a time. Answered by {@link RoomReply.Erased}.
     *
     * @param user of messages with an account, the account; of others, the nick; in any spelling
     * @param until later messages stay
     */
    record Erase(String user, Instant since, Instant until, String reason) implements RoomOperation {
        public Erase {
            Check.notNull(user, "user");
            Check.notNull(since, "since");
            Check.notNull(until, "until");
            Check.notNull(reason, "reason");
        }
    }
}
