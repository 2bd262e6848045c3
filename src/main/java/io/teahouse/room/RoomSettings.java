package io.teahouse.room;

import java.time.Duration;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The limits of one room.
 *
 * @param maxMembers how many members it holds
 * @param maxText the longest message or topic, in UTF-16 code units
 * @param maxPending how many messages may wait for the log; one more is refused at once
 * @param appendTimeout how long the log may take before the outcome counts as unknown
 * @param retryInterval how often a log that does not answer is asked again
 * @param repeats how many client ids are remembered, and for how long
 * @param keepEmpty how long a room without members is kept
 * @param modes the flags that are set while nobody changes them
 * @param maxListed how many masks each list of a room holds
 * @param catchUp how many of the events that he missed somebody is told who comes back; the newest
 * @param metadataKeys under how many keys something may be noted about the room
 * @param invitations how long they hold good, and how many there are
 * @param official which rooms are the operator's of the server: nobody is operator there by coming first, and nobody else registers
 *     or renames them
 * @param folding makes the same of what counts as the same in names beside capitals and small letters; is given small letters
 * @param memory what all rooms share
 */
public record RoomSettings(
        int maxMembers,
        int maxText,
        int maxPending,
        Duration appendTimeout,
        Duration retryInterval,
        RepeatLimits repeats,
        Duration keepEmpty,
        Set<Mode> modes,
        int maxListed,
        int catchUp,
        int metadataKeys,
        InvitationLimits invitations,
        Predicate<RoomName> official,
        UnaryOperator<String> folding,
        RoomMemory memory) {

    /** Where nothing else limits what all rooms keep. */
    public RoomSettings(
            int maxMembers,
            int maxText,
            int maxPending,
            Duration appendTimeout,
            Duration retryInterval,
            RepeatLimits repeats,
            Duration keepEmpty,
            Set<Mode> modes,
            int maxListed,
            int catchUp,
            int metadataKeys,
            InvitationLimits invitations,
            Predicate<RoomName> official,
            UnaryOperator<String> folding) {
        this(
                maxMembers,
                maxText,
                maxPending,
                appendTimeout,
                retryInterval,
                repeats,
                keepEmpty,
                modes,
                maxListed,
                catchUp,
                metadataKeys,
                invitations,
                official,
                folding,
                RoomMemory.unlimited());
    }

    /** With the usual limits for invitations, and no official rooms. */
    public RoomSettings(
            int maxMembers,
            int maxText,
            int maxPending,
            Duration appendTimeout,
            Duration retryInterval,
            RepeatLimits repeats,
            Duration keepEmpty,
            Set<Mode> modes,
            int maxListed,
            int catchUp,
            int metadataKeys,
            UnaryOperator<String> folding) {
        this(
                maxMembers,
                maxText,
                maxPending,
                appendTimeout,
                retryInterval,
                repeats,
                keepEmpty,
                modes,
                maxListed,
                catchUp,
                metadataKeys,
                InvitationLimits.DEFAULT,
                room -> false,
                folding);
    }

    /** What an application that embeds rooms starts from: the same values as the server's {@code reference.conf}. */
    public static RoomSettings defaults() {
        return new RoomSettings(
                10_000,
                8192,
                4096,
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                RepeatLimits.DEFAULT,
                Duration.ofHours(1),
                Set.of(Mode.NO_OUTSIDE),
                100,
                1000,
                50,
                UnaryOperator.identity());
    }
}
