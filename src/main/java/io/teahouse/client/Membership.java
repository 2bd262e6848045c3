package io.teahouse.client;

import akka.actor.typed.ActorRef;
import io.teahouse.room.Nick;
import io.teahouse.room.Ranks;
import io.teahouse.room.Refusal;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomName;
import java.util.Optional;

/** How it stands between one client and one room. */
final class Membership {
    enum State {
        /** Asked to come in, for the first time. */
        JOINING,
        IN,
        /** The room failed; asked to come in again, where the client had stopped. */
        REJOINING,
        /** The same, but the room cannot be entered just now: it is asked again and again, and nobody waits for it. */
        AWAY,
        /** Asked to take the place of the one who was absent. */
        RESUMING,
        /** In again, and told what was missed. */
        CATCHING_UP,
        LEAVING
    }

    /** As it was asked for; once in, as the room itself spells it, which is one object for all. */
    RoomName room;

    State state = State.JOINING;
    Optional<ActorRef<RoomActor.Command>> ref = Optional.empty();

    /** What the client is called there; a room may refuse a new name. */
    Nick nick;

    /** Of the last event that was seen. */
    long seq;

    /** What was shown and not written yet, where that matters: for who may come back to it. */
    Optional<Unwritten> unwritten = Optional.empty();

    /** Of the last event that was written before the connection was lost. */
    long seqWhenLost;

    /** While catching up: the seq at which what was missed ends. */
    long caughtUpAt;

    /** While catching up: how much of what the client had done before is not among what was missed so far. */
    int unseen;

    /** What it said when it left. */
    String parting = "";

    /** Effects of the client's own doing that it has not seen yet, and that hold its replies back. */
    int outstanding;

    /** While the room is away: what is answered to whatever is asked there. */
    Optional<Refusal> whyAway = Optional.empty();

    /** How the client asked to come in, until it is answered. */
    Optional<RoomActor.Join> join = Optional.empty();

    /** What the room was to be opened with, until it is. */
    String key = "";

    /** In a conversation: with whom. */
    Optional<Nick> partner = Optional.empty();

    Ranks ranks = Ranks.NONE;
    boolean secret;

    /** Messages whose fate the room itself does not know; they hold nothing back. */
    int inDoubt;

    Membership(RoomName room, Nick nick) {
        this.room = room;
        this.nick = nick;
    }

    /** Whether the client has asked to come in and has not been answered. */
    boolean isComing() {
        return state == State.JOINING || state == State.REJOINING || state == State.RESUMING;
    }

    /** One of them has been seen, or will never be. True if it held replies back. */
    boolean settleOne() {
        if (inDoubt > 0) {
            inDoubt--;
            return false;
        }
        if (outstanding > 0) {
            outstanding--;
            return true;
        }
        return false;
    }
}
