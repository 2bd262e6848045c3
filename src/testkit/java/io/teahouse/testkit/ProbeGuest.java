package io.teahouse.testkit;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import io.teahouse.room.Refusal.Reason;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomReply;
import java.util.ArrayList;
import java.util.List;

/** A guest of a room that runs in an actor system, such as a {@link RunningRoom}. */
public final class ProbeGuest extends Guest {
    private final TestProbe<RoomEvent> events;
    private final TestProbe<RoomReply> replies;

    public ProbeGuest(String name, ActorTestKit akka) {
        this(name, akka.createTestProbe(), akka.createTestProbe());
    }

    private ProbeGuest(String name, TestProbe<RoomEvent> events, TestProbe<RoomReply> replies) {
        super(name, events.ref(), replies.ref());
        this.events = events;
        this.replies = replies;
    }

    public TestProbe<RoomEvent> events() {
        return events;
    }

    public TestProbe<RoomReply> replies() {
        return replies;
    }

    /** Expects these events next, as a {@link Transcript}. */
    public void hears(String... lines) {
        List<RoomEvent> told = new ArrayList<>();
        for (int i = 0; i < lines.length; i++) {
            told.add(events.receiveMessage());
        }
        Expect.equal(Transcript.of(told), List.of(lines), "events");
    }

    public void wasRefused(Reason reason) {
        Expect.equal(
                replies.expectMessageClass(RoomReply.Refused.class).refusal().reason(), reason, "refusal");
    }

    /** Expects that it is unknown whether the message was stored. */
    public void isInDoubt(String clientId) {
        Expect.equal(replies.expectMessageClass(RoomReply.InDoubt.class).clientId(), clientId, "message in doubt");
    }
}
