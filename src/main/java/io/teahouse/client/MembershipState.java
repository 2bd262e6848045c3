package io.teahouse.client;

import io.teahouse.room.Refusal;
import io.teahouse.room.RoomEvent;

/** The state of one {@link Membership}. */
sealed interface MembershipState {
    /** Whether the client has asked to join and has not been answered: its next line waits. */
    default boolean isJoining() {
        return false;
    }

    /** Whether the client has joined the room, as far as it knows, and has not left it. */
    default boolean isMember() {
        return true;
    }

    /**
     * The client has asked to join for the first time.
     *
     * @param key the key of the room; or empty
     * @param outcome gets a refusal of the room
     */
    record Joining(String key, Outcome outcome) implements MembershipState {
        @Override
        public boolean isJoining() {
            return true;
        }

        @Override
        public boolean isMember() {
            return false;
        }
    }

    /**
     * The user is a member already; the client has asked to subscribe.
     *
     * @param fresh whether the user has just become a member
     */
    record Subscribing(boolean fresh) implements MembershipState {
        @Override
        public boolean isJoining() {
            return true;
        }

        @Override
        public boolean isMember() {
            return false;
        }
    }

    /** The client is in the room and receives its events. */
    record In() implements MembershipState {}

    /** The room failed; the client has asked to rejoin after the last event that it saw. */
    record Rejoining() implements MembershipState {
        @Override
        public boolean isJoining() {
            return true;
        }
    }

    /**
     * The room failed and cannot be joined now: the client retries periodically, and nothing waits for it.
     *
     * @param why the answer to all commands to the room
     */
    record RoomAway(Refusal why) implements MembershipState {}

    /**
     * Rejoined; the missed events follow.
     *
     * @param upTo the seq of the last missed event
     * @param unseen the number of pending commands that are older than the join and whose events have not been among
     *     the missed ones so far
     */
    record CatchingUp(long upTo, int unseen) implements MembershipState {
        /** The client has seen the effect of its oldest pending command. */
        CatchingUp afterReceipt(RoomEvent event) {
            boolean missed = event instanceof RoomEvent.Recorded recorded && recorded.seq() <= upTo;
            return missed && unseen > 0 ? new CatchingUp(upTo, unseen - 1) : this;
        }
    }

    /**
     * The client has asked to leave.
     *
     * @param text the parting message
     */
    record Leaving(String text) implements MembershipState {}
}
