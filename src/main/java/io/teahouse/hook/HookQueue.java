package io.teahouse.hook;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Port: stores how far each outgoing hook has come in each of its rooms. Messages are not copied: a position in the log of the room
 * stands for all that come after it, so that a message that is deleted is nowhere else. Other events are in no log, and wait
 * here. Thread-safe; every method returns at once, and calls take effect in their order. A failed stage means that the store
 * could not be asked, or that it is unknown whether a change was made.
 */
public interface HookQueue {
    /**
     * How far a hook has come in a room.
     *
     * @param seq of the last event in the room's log that was delivered or passed over
     * @param event its id; empty: unknown
     * @param number of the last other event that was delivered or dropped; 0: none
     */
    record Position(long seq, String event, long number) {}

    /**
     * An event that is in no log.
     *
     * @param number orders the events of one hook and room; positive
     * @param seq it follows the event of the log with that seq
     * @param id unique, also across rooms
     * @param body what the receiver is sent
     */
    record Waiting(long number, long seq, String id, String body) {}

    /**
     * What is stored of one hook and room.
     *
     * @param position empty: the hook has never been in the room
     * @param waiting by number
     */
    record Stored(Optional<Position> position, List<Waiting> waiting) {}

    CompletionStage<Stored> load(String hook, String room);

    /** Adds an event. One with the same number is replaced. */
    CompletionStage<Void> add(String hook, String room, Waiting event);

    /** Stores a position, and deletes the waiting events up to its number. */
    CompletionStage<Void> reached(String hook, String room, Position position);

    /** Deletes everything of hooks other than these. */
    CompletionStage<Void> retain(Collection<String> hooks);
}
