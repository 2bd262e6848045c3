package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestInbox;
import io.teahouse.room.Refusal.Reason;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A guest of a {@link TestRoom}. */
final class InboxGuest extends Guest {
    private static final AtomicLong CREATED = new AtomicLong();

    private final TestInbox<RoomEvent> events;
    private final TestInbox<RoomReply> replies;

    InboxGuest(String name) {
        this(name, TestInbox.create(unique(name)), TestInbox.create(unique(name)));
    }

    private InboxGuest(String name, TestInbox<RoomEvent> events, TestInbox<RoomReply> replies) {
        super(name, events.getRef(), replies.getRef());
        this.events = events;
        this.replies = replies;
    }

    /** Two inboxes with the same name would count as the same member. */
    private static String unique(String name) {
        return name + CREATED.incrementAndGet();
    }

    /** The events since the last call. */
    List<RoomEvent> heard() {
        return events.getAllReceived();
    }

    /** The same as a transcript. */
    List<String> lines() {
        return Transcript.of(heard());
    }

    /** The only event of that class since the last call. */
    <E extends RoomEvent> E heard(Class<E> type) {
        List<E> found =
                heard().stream().filter(type::isInstance).map(type::cast).toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    boolean hasHeardAnything() {
        return events.hasMessages();
    }

    List<RoomReply> answers() {
        return replies.getAllReceived();
    }

    /** The only answer, of that class. */
    <R extends RoomReply> R answer(Class<R> type) {
        List<RoomReply> all = answers();
        assertThat(all).hasSize(1);
        return type.cast(all.get(0));
    }

    void wasRefused(Reason reason) {
        assertThat(answer(RoomReply.Refused.class).refusal().reason()).isEqualTo(reason);
    }
}
