package io.teahouse.testkit;

import akka.actor.testkit.typed.javadsl.TestInbox;
import akka.actor.typed.ActorRef;
import io.teahouse.room.Attributes;
import io.teahouse.room.Audience;
import io.teahouse.room.Internals;
import io.teahouse.room.Member;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.Ranks;
import io.teahouse.room.Room;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomEvent.Kind;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomSettings;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Values for tests that need only a part of them: events, and the rooms and members that a policy is asked about. */
public final class Some {
    public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final AtomicLong CREATED = new AtomicLong();

    private Some() {}

    public static RoomEvent.Said said(long seq, String by, String text) {
        return said(seq, by, text, "", NOON);
    }

    public static RoomEvent.Said said(long seq, String by, String text, String clientId, Instant at) {
        return new RoomEvent.Said(
                TestRoom.TEA,
                seq,
                "id-" + seq,
                at,
                Nick.of(by),
                Profile.APPLICATION,
                Kind.MESSAGE,
                text,
                Attributes.NONE,
                Audience.ALL,
                clientId);
    }

    public static RoomEvent.TopicChanged topic(long seq, String by, String text) {
        return new RoomEvent.TopicChanged(
                TestRoom.TEA, seq, "id-" + seq, NOON, Nick.of(by), Profile.APPLICATION, text, "");
    }

    /** A reference to no actor. */
    public static ActorRef<RoomEvent> ref() {
        return TestInbox.<RoomEvent>create("ref" + CREATED.incrementAndGet()).getRef();
    }

    /** A room without modes and members. */
    public static Room room(RoomName name) {
        return room(name, TestRoom.limits(100, 100, 100));
    }

    /** A room without members. */
    public static Room room(RoomName name, RoomSettings settings) {
        return Internals.room(name, settings, NOON);
    }

    /** Registers a member, as operator if it is the first. */
    public static Member register(Room room, String name) {
        return register(room, name, ref());
    }

    public static Member register(Room room, String name, ActorRef<RoomEvent> ref) {
        Ranks ranks = room.size() == 0 ? Ranks.OPERATOR : Ranks.NONE;
        return register(room, name, Profile.APPLICATION, ref, ranks);
    }

    public static Member register(Room room, String name, Profile profile, ActorRef<RoomEvent> ref, Ranks ranks) {
        return Internals.register(room, Nick.of(name), profile, ranks, ref, NOON);
    }

    /** A member of no room. */
    public static Member member(String name) {
        return Internals.member(Nick.of(name), Profile.APPLICATION, Ranks.NONE, ref(), NOON);
    }
}
