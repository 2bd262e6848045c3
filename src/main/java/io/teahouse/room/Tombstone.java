package io.teahouse.room;

import io.teahouse.room.RoomEvent.Kind;
import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomEvent.Said;

/** Stands where something was that may not be read any more: place and time are left of it. */
public final class Tombstone {
    /** Nobody can be called so, nor is one who was erased. */
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
