package io.teahouse.room;

import java.time.Duration;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The settings of a room. The server's {@code reference.conf} explains each value, most of them under {@code
 * teahouse.rooms}. Start from {@link #defaults} and replace parts by the {@code with} methods.
 *
 * @param limits the limits of a single room
 * @param log how long to wait for the log
 * @param keepEmpty how long a room without members is kept
 * @param rules the defaults for all rooms
 * @param repeats how many client ids are remembered, and for how long
 * @param invitations how long invitations are valid, and how many there are
 * @param memory what all rooms share
 */
public record RoomSettings(
        Limits limits,
        Log log,
        Duration keepEmpty,
        Rules rules,
        RepeatLimits repeats,
        InvitationLimits invitations,
        Memory memory) {

    /**
     * The limits of a single room.
     *
     * @param maxMembers members
     * @param maxText the longest message or topic, in UTF-16 code units
     * @param maxPending messages that wait for the log; further ones are refused at once
     * @param maxListed masks in each list, and open invitations
     * @param metadataKeys keys of the room's metadata
     * @param catchUp the most missed events that a rejoining member gets; the newest ones
     */
    public record Limits(int maxMembers, int maxText, int maxPending, int maxListed, int metadataKeys, int catchUp) {
        /** The values of the server's {@code reference.conf}. */
        public static Limits defaults() {
            return new Limits(10_000, 8192, 4096, 100, 50, 1000);
        }

        /** The same with another limit of members. */
        public Limits withMaxMembers(int newMaxMembers) {
            return new Limits(newMaxMembers, maxText, maxPending, maxListed, metadataKeys, catchUp);
        }

        /** The same with another limit of text, in UTF-16 code units. */
        public Limits withMaxText(int newMaxText) {
            return new Limits(maxMembers, newMaxText, maxPending, maxListed, metadataKeys, catchUp);
        }

        /** The same with another limit of messages that wait for the log. */
        public Limits withMaxPending(int newMaxPending) {
            return new Limits(maxMembers, maxText, newMaxPending, maxListed, metadataKeys, catchUp);
        }

        /** The same with another limit of masks in each list. */
        public Limits withMaxListed(int newMaxListed) {
            return new Limits(maxMembers, maxText, maxPending, newMaxListed, metadataKeys, catchUp);
        }

        /** The same with another limit of metadata. */
        public Limits withMetadataKeys(int newMetadataKeys) {
            return new Limits(maxMembers, maxText, maxPending, maxListed, newMetadataKeys, catchUp);
        }

        /** The same with another limit of missed events. */
        public Limits withCatchUp(int newCatchUp) {
            return new Limits(maxMembers, maxText, maxPending, maxListed, metadataKeys, newCatchUp);
        }
    }

    /**
     * How long to wait for the log.
     *
     * @param timeout after that time without an answer, the outcome is unknown
     * @param retryInterval how often a log that does not answer is tried again
     */
    public record Log(Duration timeout, Duration retryInterval) {
        /** The values of the server's {@code reference.conf}. */
        public static Log defaults() {
            return new Log(Duration.ofSeconds(5), Duration.ofSeconds(1));
        }
    }

    /**
     * The defaults for all rooms.
     *
     * @param modes the flags that are set
     * @param official the rooms of the server's operators: their first member does not become operator, and only
     *     operators of the server register and rename them
     * @param folding folds a name that is in lower case already: names that are equal afterwards are the same
     */
    public record Rules(Set<Mode> modes, Predicate<RoomName> official, UnaryOperator<String> folding) {
        /**
         * The values of the server's {@code reference.conf}, with no official room, and names as {@link Nick#of} folds
         * them.
         */
        public static Rules defaults() {
            return new Rules(Set.of(Mode.NO_OUTSIDE), room -> false, UnaryOperator.identity());
        }

        /** The same with other flags. */
        public Rules withModes(Set<Mode> newModes) {
            return new Rules(newModes, official, folding);
        }

        /** The same with other official rooms. */
        public Rules withOfficial(Predicate<RoomName> newOfficial) {
            return new Rules(modes, newOfficial, folding);
        }
    }

    /**
     * The limits of a room's invitations; all members together have at most {@link Limits#maxListed}.
     *
     * @param lifetime how long one is valid
     * @param perInviter how many open invitations one member may have
     */
    public record InvitationLimits(Duration lifetime, int perInviter) {
        /** The values of the server's {@code reference.conf}. */
        public static InvitationLimits defaults() {
            return new InvitationLimits(Duration.ofDays(1), 20);
        }
    }

    /**
     * How much memory all rooms together may use, their logs not counted.
     *
     * @param repeats for client ids, see {@link RepeatLimits}
     * @param lists for masks and metadata
     */
    public record Memory(RoomBudget repeats, RoomBudget lists) {
        /** No shared limit. */
        public static Memory unlimited() {
            return new Memory(RoomBudget.unlimited(), RoomBudget.unlimited());
        }
    }

    /**
     * For an application that embeds rooms: the values of the server's {@code reference.conf}, but with unlimited
     * memory.
     */
    public static RoomSettings defaults() {
        return new RoomSettings(
                Limits.defaults(),
                Log.defaults(),
                Duration.ofHours(1),
                Rules.defaults(),
                RepeatLimits.DEFAULT,
                InvitationLimits.defaults(),
                Memory.unlimited());
    }

    /** The same with other limits. */
    public RoomSettings withLimits(Limits newLimits) {
        return new RoomSettings(newLimits, log, keepEmpty, rules, repeats, invitations, memory);
    }

    /** The same with other times for the log. */
    public RoomSettings withLog(Log newLog) {
        return new RoomSettings(limits, newLog, keepEmpty, rules, repeats, invitations, memory);
    }

    /** The same with another time for empty rooms. */
    public RoomSettings withKeepEmpty(Duration newKeepEmpty) {
        return new RoomSettings(limits, log, newKeepEmpty, rules, repeats, invitations, memory);
    }

    /** The same with other rules. */
    public RoomSettings withRules(Rules newRules) {
        return new RoomSettings(limits, log, keepEmpty, newRules, repeats, invitations, memory);
    }

    /** The same with other limits of client ids. */
    public RoomSettings withRepeats(RepeatLimits newRepeats) {
        return new RoomSettings(limits, log, keepEmpty, rules, newRepeats, invitations, memory);
    }

    /** The same with other limits of invitations. */
    public RoomSettings withInvitations(InvitationLimits newInvitations) {
        return new RoomSettings(limits, log, keepEmpty, rules, repeats, newInvitations, memory);
    }

    /** The same with other limits of memory. */
    public RoomSettings withMemory(Memory newMemory) {
        return new RoomSettings(limits, log, keepEmpty, rules, repeats, invitations, newMemory);
    }
}
