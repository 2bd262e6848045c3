package io.teahouse.room;

import akka.actor.typed.javadsl.ActorContext;
import io.teahouse.room.RoomActor.History;
import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomLog.Excerpt;
import io.teahouse.room.support.LogCalls;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Answers history requests from the log of the room; if the log does not answer in time, it answers without it. Belongs
 * to one {@link OpenRoom} and runs in it.
 */
final class PastReader {
    /** The answer of the log; empty: a failure or a timeout. */
    record Found(Reading reading, Optional<Excerpt> excerpt) implements RoomActor.Internal {}

    /** A request that is not answered yet. */
    static final class Reading {
        private final Consumer<Optional<Excerpt>> then;
        private boolean answered;

        Reading(Consumer<Optional<Excerpt>> then) {
            this.then = then;
        }
    }

    private static final Refusal NO_ANSWER =
            new Refusal(Refusal.Reason.STORE_AWAY, "the store does not answer: try again later");

    private final ActorContext<RoomActor.Command> context;
    private final Room room;
    private final RoomLog log;
    private final Fanout fanout;
    private final RoomLog.Opened opened;
    private final Duration patience;

    PastReader(RoomContext in) {
        this.opened = in.opened();
        this.context = in.actor();
        this.room = in.room();
        this.log = in.log();
        this.fanout = in.fanout();
        this.patience = in.settings().log().timeout();
    }

    /** Sends a member the part of the history that they may read. */
    void read(History asked, Member member) {
        long shown = room.seq(); // later events reach the member when they are published
        Predicate<RoomEvent> visible = member.visibility(room.past());
        Predicate<Recorded> wanted = event -> event.seq() <= shown
                && !event.at().isBefore(asked.notBefore())
                && asked.sorts().contains(event.type())
                && visible.test(event);
        ask(
                asked.span().with(this::place),
                wanted,
                excerpt -> fanout.reply(
                        asked,
                        excerpt.<RoomReply>map(found -> past(asked.number(), found))
                                .orElseGet(() -> RoomReply.Refused.of(room.name(), asked, NO_ANSWER))));
    }

    private RoomReply.Past past(long number, Excerpt found) {
        List<Recorded> events =
                found.events().stream().map(event -> event.in(room.name())).toList();
        return new RoomReply.Past(room.name(), number, events, found.known(), found.gap());
    }

    /** Resolves an id of this room to its seq, even if the event was redacted or is not kept any more. */
    private Anchor place(Anchor mark) {
        if (mark instanceof Anchor.AtId named) {
            OptionalLong seq = opened.seq(named.id());
            if (seq.isPresent() && seq.getAsLong() <= room.seq()) {
                return new Anchor.AtSeq(seq.getAsLong());
            }
        }
        return mark;
    }

    /** Finds one event. {@code then} gets an empty value if the log does not answer. */
    void find(String id, Consumer<Optional<Excerpt>> then) {
        Optional<Anchor> there = Optional.of(new Anchor.AtId(id));
        ask(new HistoryRange(there, there, true, false, 1), event -> event.id().equals(id), then);
    }

    /** Finds the oldest events of that kind. {@code then} gets an empty value if the log does not answer. */
    void collect(int most, Predicate<Recorded> wanted, Consumer<Optional<Excerpt>> then) {
        ask(new HistoryRange(Optional.empty(), Optional.empty(), true, false, most), wanted, then);
    }

    private void ask(HistoryRange span, Predicate<Recorded> wanted, Consumer<Optional<Excerpt>> then) {
        Reading reading = new Reading(then);
        LogCalls.handle(
                context,
                () -> log.read(room.session(), span, wanted),
                excerpt -> new Found(reading, Optional.of(excerpt)),
                why -> new Found(reading, Optional.empty()),
                found -> on((Found) found));
        if (!reading.answered) {
            context.scheduleOnce(patience, context.getSelf(), new Found(reading, Optional.empty()));
        }
    }

    void on(Found found) {
        if (!found.reading.answered) {
            found.reading.answered = true;
            found.reading.then.accept(found.excerpt);
        }
    }
}
