package io.teahouse.testkit;

import akka.actor.testkit.typed.javadsl.TestInbox;
import io.teahouse.room.Refusal.Reason;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomReply;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A guest of a {@link TestRoom}. */
public final class InboxGuest extends Guest {
    private static final AtomicLong CREATED = new AtomicLong();

    private final TestInbox<RoomEvent> events;
    private final TestInbox<RoomReply> replies;

    public InboxGuest(String name) {
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
    public List<RoomEvent> heard() {
        return events.getAllReceived();
    }

    /** The same as a {@link Transcript}. */
    public List<String> lines() {
        return Transcript.of(heard());
    }

    /** The only event of that class since the last call. */
    public <E extends RoomEvent> E heard(Class<E> type) {
        return Expect.only(
                heard().stream().filter(type::isInstance).map(type::cast).toList(), type.getSimpleName());
    }

    public boolean hasHeardAnything() {
        return events.hasMessages();
    }

    /** The answers since the last call. */
    public List<RoomReply> answers() {
        return replies.getAllReceived();
    }

    /** The only answer, of that class. */
    public <R extends RoomReply> R answer(Class<R> type) {
        return type.cast(Expect.only(answers(), "answer"));
    }

    public void wasRefused(Reason reason) {
        Expect.equal(answer(RoomReply.Refused.class).refusal().reason(), reason, "refusal");
    }
}
