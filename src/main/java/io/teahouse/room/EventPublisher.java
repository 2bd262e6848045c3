package io.teahouse.room;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import io.teahouse.room.PendingEntry.Arrival;
import io.teahouse.room.PendingEntry.Exit;
import io.teahouse.room.PendingEntry.Message;
import io.teahouse.room.PendingEntry.Notice;
import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.support.LogCalls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Turns the entries that leave the pending queue into publications, which the {@link Fanout} delivers. Belongs to one
 * {@link OpenRoom}.
 */
final class EventPublisher {
    /** The log has returned the events that a subscriber missed. */
    record CaughtUp(
            ActorRef<RoomEvent> subscriber, long hold, long since, long upTo, List<Recorded> events, boolean gap)
            implements RoomActor.Internal {}

    /** The answer to {@link #lookAhead}. */
    record LookedAhead(ActorRef<RoomEvent> subscriber, long hold, long since, long upTo, boolean missing)
            implements RoomActor.Internal {}

    private final ActorContext<RoomActor.Command> actor;
    private final Room room;
    private final RoomLog log;
    private final DuplicateDetector repeats;
    private final ActorRef<RoomSummary> observer;
    private final Duration patience;
    private final int most;
    private final Fanout subscribers;
    private final MissedChanges changes;
    private final List<Runnable> answers = new ArrayList<>(0);
    private final long generation;
    private long publications;
    private long version;
    private long holds;
    private long shown;
    private boolean changed;

    EventPublisher(
            RoomContext context, DuplicateDetector repeats, ActorRef<RoomSummary> observer, MissedChanges changes) {
        this.changes = changes;
        this.actor = context.actor();
        this.patience = context.settings().log().timeout();
        this.most = context.settings().limits().catchUp();
        this.room = context.room();
        this.subscribers = context.fanout();
        this.log = context.log();
        this.generation = context.opened().generation();
        this.repeats = repeats;
        this.observer = observer;
        this.shown = room.seq();
    }

    void publish(List<PendingEntry> ready) {
        Publication.Builder round = round();
        for (PendingEntry entry : ready) {
            boolean renames = entry instanceof Notice notice && notice.event() instanceof RoomEvent.RoomRenamed;
            boolean returns = entry instanceof Arrival arrival
                    && arrival.subscriber().filter(round::hasLeft).isPresent();
            if (renames || returns || round.isFull()) {
                publish(round);
                round = round();
            }
            add(entry, round);
            if (renames) { // later events bear the new name
                publish(round);
                round = round();
            }
        }
        publish(round);
        answers.forEach(Runnable::run); // last, because the subscriber who caused an event gets it last
        answers.clear();
    }

    private Publication.Builder round() {
        return new Publication.Builder(room, generation, publications + 1);
    }

    private void add(PendingEntry entry, Publication.Builder round) {
        if (entry instanceof Message message) {
            addMessage(message, round);
        } else if (entry instanceof Notice notice) {
            addNotice(notice, round);
        } else if (entry instanceof Arrival arrival) {
            addArrival(arrival, round);
        } else if (entry instanceof Exit exit) {
            addExit(exit, round);
        } else if (entry instanceof PendingEntry.Repeat repeat) {
            answers.add(() -> answerAgain(repeat.asked()));
        }
    }

    /** Adds an event without a seq. */
    private void add(Optional<ActorRef<RoomEvent>> cause, RoomEvent event, Publication.Builder round) {
        round.add(cause.orElse(null), event);
        changes.add(event);
    }

    private void answerAgain(RoomActor.Asking asked) {
        subscribers.replyAgain(asked, new RoomReply.Done(room.name(), asked.number()));
    }

    private void addNotice(Notice notice, Publication.Builder round) {
        changed |= notice.event() instanceof RoomEvent.ModesChanged
                || notice.event() instanceof RoomEvent.MetadataChanged
                || notice.event() instanceof RoomEvent.RoomRenamed;
        add(notice.cause(), notice.event(), round);
        notice.asked()
                .filter(asked -> asked.number() != 0)
                .ifPresent(asked ->
                        answers.add(() -> subscribers.reply(asked, new RoomReply.Done(room.name(), asked.number()))));
        notice.ranked().forEach(Member::showRanks);
        notice.ranked().keySet().forEach(this::place);
        if (notice.event() instanceof RoomEvent.RoomRenamed renamed) {
            room.setName(renamed.to());
            room.shownMembers().forEach(this::place);
        } else if (notice.event() instanceof RoomEvent.ModesChanged modes
                && modes.changes().stream().anyMatch(change -> change.mode() == Mode.SECRET)) {
            room.shownMembers()
                    .filter(member -> !notice.ranked().containsKey(member))
                    .forEach(this::place);
        }
    }

    /** Sends the user their standing in the room. */
    private void place(Member member) {
        boolean secret = room.modes().has(Mode.SECRET);
        member.observer()
                .ifPresent(user -> subscribers.tell(
                        user,
                        new MemberEvent.Placed(
                                room.name(),
                                actor.getSelf(),
                                member.id(),
                                member.nick(),
                                member.shownRanks(),
                                secret,
                                shown)));
    }

    private void addExit(Exit exit, Publication.Builder round) {
        Member member = exit.member();
        changed = true;
        for (RoomEvent event : exit.event()) {
            add(exit.cause(), event, round);
        }
        round.leaves(member);
        room.hide(member);
        member.observer()
                .filter(user -> !exit.lost() || !user.equals(member.owner()))
                .ifPresent(user ->
                        subscribers.tell(user, new MemberEvent.Removed(room.name(), member.id(), actor.getSelf())));
        for (ActorRef<RoomEvent> subscriber : member.subscribers()) {
            if (exit.lost() && subscriber.equals(member.owner())) {
                subscribers.remove(subscriber); // it has ended
            } else {
                subscribers.depart(subscriber);
            }
        }
        unwatch(member.owner());
    }

    /** Whether that actor delivers for its node. */
    boolean isAttached(ActorRef<?> relay) {
        return subscribers.isAttached(relay);
    }

    /** Does not watch an actor any more that is of no concern to the room now. */
    void unwatch(ActorRef<?> owner) {
        if (!room.isOwner(owner) && !subscribers.isAttached(owner)) {
            actor.unwatch(owner);
        }
    }

    /** Notifies the observer first: a subscriber who acts on the events finds an up-to-date summary. */
    private void publish(Publication.Builder round) {
        if (changed) {
            changed = false;
            observer.tell(new RoomSummary(
                    room.name(), actor.getSelf(), room.shownCount(), room.topic(), room.state(generation, ++version)));
        }
        Publication publication = round.build();
        if (!publication.isEmpty()) {
            publications++;
        }
        subscribers.tell(publication);
    }

    private void addMessage(Message message, Publication.Builder round) {
        if (!message.isStored() || message.recorded.isEmpty()) {
            return;
        }
        Recorded event = message.recorded.get().in(room.name());
        shown = event.seq();
        repeats.remember(event, message.forWhom);
        if (event instanceof RoomEvent.TopicChanged topic) {
            room.topic(topic.topic(), message.forWhom);
            changed = true;
        }
        round.add(message.cause, event);
        message.retries().forEach(asked -> subscribers.reply(asked, RoomReply.Repeated.of(room.name(), asked, event)));
        if (message.commands.get(0) instanceof RoomActor.SayFromOutside outside) {
            answers.add(() -> subscribers.reply(outside, new RoomReply.Shown(room.name(), outside.number(), event)));
        }
        message.receipt.ifPresent(receipt -> answers.add(() -> subscribers.reply(message.commands.get(0), receipt)));
    }

    private void addArrival(Arrival arrival, Publication.Builder round) {
        Member member = arrival.member();
        Optional<ActorRef<RoomEvent>> subscribed =
                arrival.subscriber().filter(member.subscribers()::contains); // it may have unsubscribed in the meantime
        if (arrival.first()) {
            changed = true;
            room.show(member);
            room.shown(member, shown);
            place(member);
        }
        subscribed.ifPresent(subscriber -> {
            subscribers.add(subscriber, member.id(), arrival.delivery());
            round.arrives(subscriber);
            welcome(member, subscriber, arrival.nick(), !arrival.silent());
            if (arrival.rejoins()) {
                changes.forRejoining(member, room.name(), arrival.delivery())
                        .forEach(event -> subscribers.tell(subscriber, event));
            }
        });
        if (!arrival.silent()) {
            add(
                    arrival.subscriber(),
                    new RoomEvent.Joined(room.name(), arrival.nick(), arrival.profile(), arrival.at()),
                    round);
        }
        subscribed.ifPresent(subscriber -> tellMissed(arrival, subscriber));
    }

    private void tellMissed(Arrival arrival, ActorRef<RoomEvent> subscriber) {
        if (arrival.since() > shown) {
            lookAhead(subscriber, arrival.since());
        } else if (arrival.since() >= 0 && arrival.since() < shown) {
            catchUp(arrival.member(), subscriber, arrival.since());
        }
    }

    /**
     * The subscriber has seen later events than this room has shown. Either the log was set back; or another room appends to it, and
     * this one has to end: otherwise they would be shown the same again. If the log does not answer, they are told of a gap.
     */
    private void lookAhead(ActorRef<RoomEvent> subscriber, long since) {
        long upTo = shown;
        long hold = ++holds;
        LookedAhead unanswered = new LookedAhead(subscriber, hold, since, upTo, true);
        subscribers.hold(subscriber, hold, upTo, () -> onLookedAhead(unanswered));
        LogCalls.handle(
                actor,
                () -> log.read(room.session(), HistoryRange.seqs(since, since, 1), any -> true),
                found -> new LookedAhead(
                        subscriber, hold, since, upTo, found.events().isEmpty()),
                why -> unanswered,
                command -> onLookedAhead((LookedAhead) command));
        if (subscribers.isHeld(subscriber, hold)) {
            actor.scheduleOnce(patience, actor.getSelf(), unanswered);
        }
    }

    void onLookedAhead(LookedAhead answer) {
        if (!answer.missing && answer.since > shown) {
            throw new IllegalStateException("room " + room.name() + " was opened elsewhere");
        } else if (subscribers.isHeld(answer.subscriber, answer.hold)) {
            subscribers.tell(answer.subscriber, new RoomEvent.Gap(room.name(), answer.since, answer.upTo + 1));
            subscribers.release(answer.subscriber, new EventBatch(room.name(), List.of(), answer.upTo));
        }
    }

    /** Sends a user who is a member already their standing, unless their join is still in the queue. */
    void placeAgain(Member member) {
        if (member.isShown()) {
            place(member);
        }
    }

    /** Welcomes a subscriber once more, unless the first welcome is still in the queue. */
    void welcomeAgain(Member member, ActorRef<RoomEvent> subscriber) {
        if (subscribers.contains(subscriber)) {
            welcome(member, subscriber, member.nick(), false);
        }
    }

    /** The member has another id from now on. */
    void changeId(Member member) {
        member.subscribers().forEach(subscriber -> subscribers.changeUser(subscriber, member.id()));
    }

    /** An actor delivers for the subscribers of its node: those of an earlier one subscribe again. */
    void attach(RoomActor.Attach relay) {
        forget(subscribers.attach(relay));
        actor.watch(relay.relay());
        room.ownedBy(relay.relay()).forEach(this::placeAgain); // what it was told before may be lost
    }

    /** An actor has ended. If it delivered for subscribers: how long their users may stay in the room. */
    Duration detach(ActorRef<Void> relay) {
        if (!subscribers.isAttached(relay)) {
            return Duration.ZERO;
        }
        forget(subscribers.detach(relay));
        return subscribers.returnWithin();
    }

    private void forget(List<ActorRef<RoomEvent>> gone) {
        for (ActorRef<RoomEvent> subscriber : gone) {
            room.member(subscriber).ifPresent(member -> room.unsubscribe(member, subscriber));
        }
    }

    void unsubscribe(ActorRef<RoomEvent> subscriber) {
        subscribers.remove(subscriber);
    }

    /**
     * @param nick of the member at this point of the queue
     * @param joined whether their join follows
     */
    private void welcome(Member member, ActorRef<RoomEvent> subscriber, Nick nick, boolean joined) {
        RoomEvent.Welcome welcome = new RoomEvent.Welcome(
                room.name(),
                actor.getSelf(),
                nick,
                shown,
                room.topic(),
                member.shownRanks(),
                room.modes().has(Mode.SECRET),
                joined);
        subscribers.tell(subscriber, welcome);
    }

    /**
     * Reads what the subscriber has missed. New events are held back until then, so that all come in order and none
     * twice.
     */
    private void catchUp(Member member, ActorRef<RoomEvent> subscriber, long since) {
        long upTo = shown;
        long hold = ++holds;
        CaughtUp withoutThem = new CaughtUp(subscriber, hold, since, upTo, List.of(), true);
        subscribers.hold(subscriber, hold, upTo, () -> onCaughtUp(withoutThem));
        LogCalls.handle(
                actor,
                () -> log.read(
                        room.session(), HistoryRange.seqs(since + 1, upTo, most), member.visibility(room.past())::test),
                found -> new CaughtUp(
                        subscriber,
                        hold,
                        since,
                        upTo,
                        found.events(),
                        found.gap() || found.events().size() == most),
                why -> withoutThem,
                command -> onCaughtUp((CaughtUp) command));
        if (subscribers.isHeld(subscriber, hold)) {
            actor.scheduleOnce(patience, actor.getSelf(), withoutThem);
        }
    }

    void onCaughtUp(CaughtUp answer) {
        ActorRef<RoomEvent> subscriber = answer.subscriber;
        if (!subscribers.isHeld(subscriber, answer.hold)) {
            return; // answered or timed out already
        }
        long first =
                answer.events.isEmpty() ? answer.upTo + 1 : answer.events.get(0).seq();
        if (answer.gap && first > answer.since + 1) {
            subscribers.tell(subscriber, new RoomEvent.Gap(room.name(), answer.since, first));
        }
        List<Recorded> events =
                answer.events.stream().map(event -> event.in(room.name())).toList();
        subscribers.release(subscriber, new EventBatch(room.name(), events, answer.upTo));
    }
}
