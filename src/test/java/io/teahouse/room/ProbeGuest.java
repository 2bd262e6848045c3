package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import io.teahouse.room.Refusal.Reason;
import java.util.ArrayList;
import java.util.List;

/** A guest of a room that runs in an actor system. */
final class ProbeGuest extends Guest {
    final TestProbe<RoomEvent> events;
    final TestProbe<RoomReply> replies;

    ProbeGuest(String name, ActorTestKit akka) {
        this(name, akka.createTestProbe(), akka.createTestProbe());
    }

    private ProbeGuest(String name, TestProbe<RoomEvent> events, TestProbe<RoomReply> replies) {
        super(name, events.ref(), replies.ref());
        this.events = events;
        this.replies = replies;
    }

    /** Expects these events next, as a transcript. */
    void hears(String... lines) {
        List<RoomEvent> told = new ArrayList<>();
        for (int i = 0; i < lines.length; i++) {
            told.add(events.receiveMessage());
        }
        assertThat(Transcript.of(told)).containsExactly(lines);
    }

    void wasRefused(Reason reason) {
        assertThat(replies.expectMessageClass(RoomReply.Refused.class).refusal().reason())
                .isEqualTo(reason);
    }

    void isInDoubt(String clientId) {
        assertThat(replies.expectMessageClass(RoomReply.InDoubt.class).clientId())
                .isEqualTo(clientId);
    }
}
