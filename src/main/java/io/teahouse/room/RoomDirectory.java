package io.teahouse.room;

import akka.actor.typed.ActorRef;
import io.teahouse.room.support.Check;
import java.util.List;
import java.util.Optional;

/**
 * Port: finds rooms by name. {@link io.teahouse.room.local.LocalRooms} is the one for a single node. It is an actor
 * with these commands. For the end and the renames of rooms see {@link RoomLifecycle}.
 */
public final class RoomDirectory {
    private RoomDirectory() {}

    public sealed interface Command {}

    /**
     * The user for whom a room is opened, and whose quotas count it, see {@link RoomQuotas}.
     *
     * @param user see {@link Profile#id}
     * @param address or the network prefix that one customer has
     */
    public record Opener(String user, String address) {
        public Opener {
            Check.notNull(user, "user");
            Check.notNull(address, "address");
        }
    }

    /**
     * Locates a room, and opens it if it is not open.
     *
     * @param opener empty: the application itself, which has no limit
     * @param number chosen by the sender; the answer carries it
     */
    public record Locate(RoomName room, Optional<Opener> opener, long number, ActorRef<Location> replyTo)
            implements Command {
        public Locate {
            Check.notNull(room, "room");
            Check.notNull(opener, "opener");
            Check.notNull(replyTo, "replyTo");
        }

        /** For the application itself. */
        public Locate(RoomName room, ActorRef<Location> replyTo) {
            this(room, Optional.empty(), 0, replyTo);
        }
    }

    /**
     * Locates a room that has members. Refused with {@link Refusal.Reason#NO_SUCH_ROOM} if there is none.
     *
     * @param number chosen by the sender; the answer carries it
     */
    public record Lookup(RoomName room, long number, ActorRef<Location> replyTo) implements Command {
        public Lookup {
            Check.notNull(room, "room");
            Check.notNull(replyTo, "replyTo");
        }

        public Lookup(RoomName room, ActorRef<Location> replyTo) {
            this(room, 0, replyTo);
        }
    }

    /** Lists the rooms. Answered by a {@link Listing}, without asking any room. */
    public record ListRooms(ActorRef<Listing> replyTo) implements Command {
        public ListRooms {
            Check.notNull(replyTo, "replyTo");
        }
    }

    /**
     * An operator of the server does something to every room that is open, also without members; not to conversations. No answer.
     *
     * @param by and {@code profile}: as in {@link RoomActor.Operate}
     */
    public record OperateAll(Nick by, Profile profile, RoomOperation what) implements Command {
        public OperateAll {
            Check.notNull(by, "by");
            Check.notNull(profile, "profile");
            Check.notNull(what, "what");
        }
    }

    /** Counts the rooms. Answered by a {@link Count}, without asking any room. */
    public record CountRooms(ActorRef<Count> replyTo) implements Command {
        public CountRooms {
            Check.notNull(replyTo, "replyTo");
        }
    }

    /** Messages of an implementation to itself. */
    public non-sealed interface Internal extends Command {}

    public sealed interface Location {
        RoomName room();

        /** The number of the question. */
        long number();
    }

    /** The room. It may end at any time: watch it, and locate it again when it does. */
    public record Found(RoomName room, long number, ActorRef<RoomActor.Command> ref) implements Location {}

    public record NotFound(RoomName room, long number, Refusal refusal) implements Location {}

    /** The rooms that have members, without conversations, by name. */
    public record Listing(List<RoomSummary> rooms) {}

    /**
     * The rooms that have members, without conversations.
     *
     * @param members of all these rooms; a user counts in each of theirs
     */
    public record Count(int rooms, int members) {}
}
