package io.teahouse.room.local;

import akka.actor.typed.ActorRef;
import io.teahouse.room.Mode;
import io.teahouse.room.Names;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One room of {@link LocalRooms}, as its directory knows it. */
final class LocalRoom {
    final ActorRef<RoomActor.Command> ref;

    /** Requests for it that wait until it is certain whether it ends, or which name it has. */
    final List<RoomDirectory.Locate> waiting = new ArrayList<>(0);

    /** The name that its members know. */
    RoomName name;

    /** The name that is reserved for it. */
    Optional<RoomName> reservedName = Optional.empty();

    RoomSummary summary;

    /** It has not reported a summary yet. */
    boolean fresh = true;

    /** It refused to end, and has reported nothing since. */
    boolean needed;

    /** It was asked to end, and has not answered yet. */
    boolean stopping;

    /** It ended while it was being renamed. */
    boolean ended;

    /** The user whose quota counts it. */
    final Optional<RoomDirectory.Opener> opener;

    /** It has failed. */
    boolean failed;

    /** The logs are renaming it. */
    boolean storing;

    LocalRoom(RoomName name, ActorRef<RoomActor.Command> ref, Optional<RoomDirectory.Opener> opener) {
        this.opener = opener;
        this.name = name;
        this.ref = ref;
        this.summary = RoomSummary.unused(name, ref);
    }

    /**
     * Whether it prevents a room whose name looks like its own: it is used or registered, or a user is about to join
     * it. In the last case a room with a plain name takes precedence.
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

    /**
     * Whether it may be closed after a while. A conversation with one member may: the next message in it joins both
     * users again.
     */
    boolean isUnused() {
        return summary.members() <= (name.isConversation() ? 1 : 0);
    }

    /** Whether it may be asked to end now. */
    boolean mayEnd() {
        return isUnused() && !ended && reservedName.isEmpty();
    }

    /** Whether it is not certain yet that this name still leads to it. */
    boolean isInDoubt(RoomName asked) {
        return stopping || ended || (reservedName.isPresent() && !asked.key().equals(name.key()));
    }
}
