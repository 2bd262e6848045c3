package io.teahouse.room;

import io.teahouse.room.RoomEvent.Kind;
import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomEvent.Said;

/** Replaces an event that may not be read any more: only its seq and time are left. */
public final class Tombstone {
    /** Not a valid nick, so no user has it. */
    private static final Nick NOBODY = new Nick("*", "**");

    private static final Profile UNKNOWN = new Profile("*", "*", "", "", "", false);

    private Tombstone() {}

    public static Said inPlaceOf(Recorded event) {
        return new Said(
                event.room(),
                event.seq(),
                event.id(),
                event.at(),
                NOBODY,
                UNKNOWN,
                Kind.SIGNAL,
                "",
                Attributes.NONE,
                Audience.ALL,
                "");
    }

    public static boolean is(Recorded event) {
        return event.by().equals(NOBODY);
    }
}
