package io.teahouse.room;

import akka.actor.testkit.typed.javadsl.TestInbox;
import akka.actor.typed.ActorRef;
import io.teahouse.room.RoomEvent.Kind;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Values for tests that need only a part of them. */
final class Some {
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final AtomicLong CREATED = new AtomicLong();

    private Some() {}

    static RoomEvent.Said said(long seq, String by, String text) {
        return said(seq, by, text, "", NOON);
    }

    static RoomEvent.Said said(long seq, String by, String text, String clientId, Instant at) {
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

    static RoomEvent.TopicChanged topic(long seq, String by, String text) {
        return new RoomEvent.TopicChanged(
                TestRoom.TEA, seq, "id-" + seq, NOON, Nick.of(by), Profile.APPLICATION, text, "");
    }

    /** A reference to no actor. */
    static ActorRef<RoomEvent> ref() {
        return TestInbox.<RoomEvent>create("ref" + CREATED.incrementAndGet()).getRef();
    }

    /** A room without modes. */
    static Room room(RoomName name) {
        return new Room(name, TestRoom.limits(100, 100, 100), NOON);
    }

    /** Registers a member, as operator if it is the first. */
    static Member register(Room room, String name) {
        return register(room, name, ref());
    }

    static Member register(Room room, String name, ActorRef<RoomEvent> ref) {
        Ranks ranks = room.size() == 0 ? Ranks.OPERATOR : Ranks.NONE;
        return register(room, name, Profile.APPLICATION, ref, ranks);
    }

    static Member register(Room room, String name, Profile profile, ActorRef<RoomEvent> ref, Ranks ranks) {
        Member member = room.register(RoomActor.Identity.of(Nick.of(name), profile, false, ref), ranks, NOON);
        room.subscribe(member, ref);
        return member;
    }

    static Member member(String name) {
        ActorRef<RoomEvent> ref = ref();
        Member member =
                new Member(RoomActor.Identity.of(Nick.of(name), Profile.APPLICATION, false, ref), Ranks.NONE, NOON);
        member.subscribe(ref);
        return member;
    }
}
