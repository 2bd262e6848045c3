package io.teahouse.room;

import akka.actor.typed.ActorRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One room of {@link LocalRooms}, as its directory knows it. */
final class LocalRoom {
    final ActorRef<RoomActor.Command> ref;

    /** Those who look for it while it may be about to end, or may not get the name that they know. */
    final List<RoomDirectory.Locate> waiting = new ArrayList<>(0);

    /** As its members know it. */
    RoomName name;

    /** What it is about to be called. */
    Optional<RoomName> nameToCome = Optional.empty();

    RoomSummary summary;

    /** It has not told anything yet. */
    boolean fresh = true;

    /** It refused to end when it was asked, and has reported nothing new since. */
    boolean needed;

    /** It was asked to end if it is empty. */
    boolean stopping;

    /** It has ended while it was about to be called otherwise. */
    boolean ended;

    /** Whose quota counts it. */
    final Optional<RoomDirectory.Opener> opener;

    /** It has not ended by itself. */
    boolean failed;

    /** The logs are being asked to call it otherwise. */
    boolean storing;

    LocalRoom(RoomName name, ActorRef<RoomActor.Command> ref, Optional<RoomDirectory.Opener> opener) {
        this.opener = opener;
        this.name = name;
        this.ref = ref;
        this.summary = RoomSummary.unused(name, ref);
    }

    /**
     * Whether it keeps away a room whose name looks like its own: it is used or registered, or somebody is about to enter
     * it. That somebody gives way to a room of a plain name.
     */
    boolean keepsAway(RoomName lookAlike) {
        return summary.members() > 0
                || summary.modes().flags().contains(Mode.REGISTERED)
                || (fresh && !Names.isPlain(lookAlike.key()));
    }

    /** Whether it is one of the rooms that are listed. */
    boolean isListed() {
        return summary.members() > 0 && !name.isConversation();
    }

    /** True where it may be put away after a while: what is said in a room of two, both are brought into it for. */
    boolean isUnused() {
        return summary.members() <= (name.isConversation() ? 1 : 0);
    }

    /** Whether it can be closed now, if it agrees. */
    boolean mayEnd() {
        return isUnused() && !ended && nameToCome.isEmpty();
    }

    /** True where it cannot be said yet what that name leads to. */
    boolean isInDoubt(RoomName asked) {
        return stopping || ended || (nameToCome.isPresent() && !asked.key().equals(name.key()));
    }
}
