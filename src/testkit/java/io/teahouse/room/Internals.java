package io.teahouse.room;

import akka.actor.typed.ActorRef;
import java.time.Instant;

/** What rooms keep to themselves, for the test kit: it hands them out as {@code Some.room} and {@code Some.member}. */
public final class Internals {
    private Internals() {}

    public static Room room(RoomName name, RoomSettings settings, Instant created) {
        return new Room(name, settings, created);
    }

    /** A member of no room. */
    public static Member member(Nick nick, Profile profile, Ranks ranks, ActorRef<RoomEvent> ref, Instant since) {
        Member member = new Member(RoomActor.Identity.of(nick, profile, false, ref), ranks, since);
        member.subscribe(ref);
        return member;
    }

    public static Member register(
            Room room, Nick nick, Profile profile, Ranks ranks, ActorRef<RoomEvent> ref, Instant since) {
        Member member = room.register(RoomActor.Identity.of(nick, profile, false, ref), ranks, since);
        room.subscribe(member, ref);
        return member;
    }
}
