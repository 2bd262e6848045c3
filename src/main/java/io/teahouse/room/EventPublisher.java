package io.teahouse.room;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import io.teahouse.room.PendingEntry.Arrival;
import io.teahouse.room.PendingEntry.Exit;
import io.teahouse.room.PendingEntry.Message;
import io.teahouse.room.PendingEntry.Notice;
import io.teahouse.room.RoomEvent.Recorded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Shows what comes out of the line: turns its entries into events, and sees that each member is told his part. */
final class EventPublisher {
    /** The answer to what a member missed. */
    record CaughtUp(Member member, long since, long upTo, List<Recorded> events, boolean gap)
            implements RoomActor.Internal {}

    private final ActorContext<RoomActor.Command> context;
    private final Room room;
    private final RoomLog log;
    private final DuplicateDetector repeats;
    private final ActorRef<RoomSummary> observer;
    private final Duration patience;
    private final int most;
    private final List<Runnable> outsiders = new ArrayList<>(0);
    private long shown;
    private boolean changed;

    /** @param settings how much of what he missed somebody is told, and how long the log may take */
    EventPublisher(
            ActorContext<RoomActor.Command> context,
            Room room,
            RoomLog log,
            DuplicateDetector repeats,
            ActorRef<RoomSummary> observer,
            RoomSettings settings) {
        this.context = context;
        this.patience = settings.log().timeout();
        this.most = settings.limits().catchUp();
        this.room = room;
        this.log = log;
        this.repeats = repeats;
        this.observer = observer;
        this.shown = room.seq();
    }

    void show(List<PendingEntry> ready) {
        FanOut out = new FanOut(room);
        for (PendingEntry entry : ready) {
            if (entry instanceof Message message) {
                told(message, out);
            } else if (entry instanceof Notice notice && notice.event() instanceof RoomEvent.RoomRenamed renamed) {
                send(out);
                renamed(notice.by(), renamed);
                out = new FanOut(room);
            } else if (entry instanceof Notice notice) {
                changed |= notice.event() instanceof RoomEvent.ModesChanged
                        || notice.event() instanceof RoomEvent.MetadataChanged;
                out.add(notice.by(), notice.event());
            } else if (entry instanceof Arrival arrival) {
                if (out.hasLeft(arrival.member().ref())) {
                    send(out);
                    out = new FanOut(room);
                }
                arrive(arrival, out);
            } else if (entry instanceof Exit exit) {
                for (RoomEvent event : exit.event()) {
                    out.add(exit.by(), event);
                }
                out.leaves(exit.member());
                forget(exit.member());
            }
        }
        send(out);
        outsiders.forEach(Runnable::run); // as senders, they are told last
        outsiders.clear();
    }

    /** What came before was told under the old name; so is this, by itself, and what follows under the new one. */
    private void renamed(Member by, RoomEvent.RoomRenamed event) {
        FanOut out = new FanOut(room);
        out.add(by, event);
        room.isCalled(event.to());
        changed = true;
        send(out);
    }

    /** The observer first: who acts on what he was told finds the summary up to date. */
    private void send(FanOut out) {
        if (changed) {
            changed = false;
            observer.tell(new RoomSummary(
                    room.name(),
                    context.getSelf(),
                    room.shownCount(),
                    room.topic(),
                    room.created(),
                    room.modes().snapshot(),
                    room.metadata(),
                    room.past()));
        }
        out.send();
    }

    private void told(Message message, FanOut out) {
        if (!message.isStored() || message.recorded.isEmpty()) {
            return;
        }
        Recorded event = message.recorded.get().in(room.name());
        shown = event.seq();
        repeats.remember(event, message.sitting);
        if (event instanceof RoomEvent.TopicChanged topic) {
            room.topic(Topic.of(topic), message.sitting);
            changed = true;
        }
        out.add(message.sender, event);
        message.tellRepeaters(asked -> new RoomReply.Repeated(room.name(), asked, event));
        if (message.askers.get(0) instanceof RoomActor.SayFromOutside outside) {
            outsiders.add(() -> outside.replyTo().tell(new RoomReply.Shown(room.name(), event)));
        }
    }

    private void arrive(Arrival arrival, FanOut out) {
        Member member = arrival.member();
        changed = true;
        out.arrives(member);
        member.before(shown); // what stood in the line before him was not his
        room.shown(member, shown);
        welcome(member, arrival.nick());
        if (!arrival.silent()) {
            out.add(member, new RoomEvent.Joined(room.name(), arrival.nick(), arrival.profile(), arrival.at()));
        }
        if (arrival.since() > shown) {
            member.tellNow(new RoomEvent.Gap(room.name(), arrival.since(), shown + 1)); // the log was set back
        } else if (arrival.since() >= 0 && arrival.since() < shown) {
            catchUp(member, arrival.since());
        }
    }

    /** @param nick what he is called at this point of the line */
    void welcome(Member member, Nick nick) {
        member.tellNow(new RoomEvent.Welcome(
                room.name(),
                context.getSelf(),
                nick,
                shown,
                room.topic(),
                member.ranks(),
                room.modes().has(Mode.SECRET)));
    }

    private void forget(Member member) {
        changed = true;
        if (room.member(member.ref()).isEmpty()) {
            context.unwatch(member.ref());
        }
    }

    /** What happens meanwhile waits for him, so that he is told everything in order and nothing twice. */
    private void catchUp(Member member, long since) {
        long upTo = shown;
        CaughtUp withoutThem = new CaughtUp(member, since, upTo, List.of(), true);
        member.hold(() -> onCaughtUp(withoutThem));
        LogCalls.handle(
                context,
                () -> log.read(HistoryRange.seqs(since + 1, upTo, most), member.visibility(room.past())::test),
                found -> new CaughtUp(
                        member,
                        since,
                        upTo,
                        found.events(),
                        found.gap() || found.events().size() == most),
                why -> withoutThem,
                command -> onCaughtUp((CaughtUp) command));
        if (member.isHeld()) {
            context.scheduleOnce(patience, context.getSelf(), withoutThem);
        }
    }

    void onCaughtUp(CaughtUp answer) {
        if (!answer.member.isHeld()) {
            return; // the answer, or the end of the time for it, came before
        }
        long first =
                answer.events.isEmpty() ? answer.upTo + 1 : answer.events.get(0).seq();
        if (answer.gap && first > answer.since + 1) {
            answer.member.tellNow(new RoomEvent.Gap(room.name(), answer.since, first));
        }
        List<Recorded> events =
                answer.events.stream().map(event -> event.in(room.name())).toList();
        answer.member.release(new EventBatch(room.name(), events, answer.upTo));
    }
}
