package io.teahouse.room;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.teahouse.room.Entry.Arrival;
import io.teahouse.room.Entry.Exit;
import io.teahouse.room.Entry.Message;
import io.teahouse.room.Entry.Notice;
import io.teahouse.room.Refusal.Reason;
import io.teahouse.room.RoomEvent.Departure;
import io.teahouse.room.RoomEvent.Kind;
import io.teahouse.room.RoomEvent.Recorded;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A room: holds its members, puts what happens in order, stores what is said, and tells everybody. A message is shown
 * only after its log has stored it, and the event is its sender's receipt.
 *
 * <p>A member is any {@code ActorRef<RoomEvent>}; the room watches it. A room that fails stops; whoever watches it (see
 * {@link RoomEvent.Welcome#self}) finds it again by the directory and joins once more, silently, after the seq that he
 * saw last.
 */
public final class RoomActor extends AbstractBehavior<RoomActor.Command> {
    /** What a room can be asked. */
    public sealed interface Command {}

    /** A command that is answered, if only when it is refused. */
    public sealed interface Asking extends Command {
        ActorRef<RoomReply> replyTo();

        /** The asker's own id for it, or empty. */
        default String clientId() {
            return "";
        }
    }

    /** What a room and its parts tell themselves. */
    non-sealed interface Internal extends Command {}

    /**
     * Come in. Answered by {@link RoomEvent.Welcome} to the member, or by a refusal. Who is in already is welcomed again.
     *
     * @param member where the events go, and who it is
     * @param silent true: nobody is told; for a member who was here before the room failed
     * @param since the seq of the last event that the member saw, to be told what followed; -1: from now on
     */
    public record Join(
            Nick nick,
            ActorRef<RoomEvent> member,
            Delivery delivery,
            boolean silent,
            long since,
            ActorRef<RoomReply> replyTo)
            implements Asking {
        /** A newcomer who is told each event by itself. */
        public Join(Nick nick, ActorRef<RoomEvent> member, ActorRef<RoomReply> replyTo) {
            this(nick, member, Delivery.EACH, false, -1, replyTo);
        }
    }

    /** Go. What the member said before is shown before; no answer. */
    public record Leave(ActorRef<RoomEvent> member, Departure how, String text) implements Command {}

    /**
     * Say something. The receipt is the event itself, which the sender is told like everybody else.
     *
     * @param clientId the sender's own id for this message, so that it is safe to say it again; or empty
     */
    public record Say(ActorRef<RoomEvent> member, Kind kind, String text, String clientId, ActorRef<RoomReply> replyTo)
            implements Asking {
        /** A plain message without a client id. */
        public Say(ActorRef<RoomEvent> member, String text, ActorRef<RoomReply> replyTo) {
            this(member, Kind.MESSAGE, text, "", replyTo);
        }
    }

    /** Set the topic; empty: none. Stored like a message. */
    public record SetTopic(ActorRef<RoomEvent> member, String text, ActorRef<RoomReply> replyTo) implements Asking {}

    /** The member is called otherwise from now on. */
    public record Rename(ActorRef<RoomEvent> member, Nick to, ActorRef<RoomReply> replyTo) implements Asking {}

    /** Put somebody out. */
    public record Kick(ActorRef<RoomEvent> by, Nick target, String text, ActorRef<RoomReply> replyTo)
            implements Asking {}

    /** Who is here? Anybody may ask. Answered by {@link RoomReply.NameList}. */
    public record Names(ActorRef<RoomReply> replyTo) implements Asking {}

    /**
     * What was said? Members only. Answered by {@link RoomReply.Past}: the newest {@code limit} events with a seq in
     * {@code [from, to]}.
     */
    public record History(ActorRef<RoomEvent> member, long from, long to, int limit, ActorRef<RoomReply> replyTo)
            implements Asking {}

    /** End, if nobody is here; otherwise say so. */
    record StopIfEmpty(ActorRef<StillUsed> replyTo) implements Internal {}

    /** The answer of a room that did not end. */
    record StillUsed(RoomName room) {}

    private record Lost(ActorRef<RoomEvent> ref) implements Internal {}

    private record Found(History asked, List<Recorded> events, boolean gap) implements Internal {}

    private enum Flush implements Internal {
        FLUSH
    }

    /** How much stands in the line before it is moved on without waiting for the rest of the mailbox. */
    private static final int ROUND = 256;

    /**
     * From so many members on, comings and goings wait a little for each other: telling thousands of each single one of
     * thousands who come would take minutes. What is said waits for nothing, and takes along what stands before it.
     */
    private static final int CROWD = 256;

    /** About what it takes to tell one member. */
    private static final Duration PER_MEMBER = Duration.ofNanos(10_000);

    /**
     * From so many members on, the room lets its thread write what it has told them before it tells them more: under
     * load one larger batch follows where several small ones would have overtaken each other. Without load it costs
     * nothing that can be seen.
     */
    private static final int MANY = 32;

    /** From a member's mailbox to the socket, and back with the acknowledgement. */
    private static final int HOPS = 4;

    private static final Refusal STORE_AWAY =
            new Refusal(Reason.STORE_AWAY, "not stored, the store does not answer: try again later");
    private static final Refusal BUSY = new Refusal(Reason.BUSY, "not stored, too much waits already: try again");

    private final Room room;
    private final RoomPolicy policy;
    private final RoomSettings settings;
    private final RoomLog log;
    private final Ticks ticks;
    private final Line line = new Line();
    private final LogWriter writer;
    private final Repeats repeats;
    private final Release release;
    private final TimerScheduler<Command> timers;
    private boolean flushing;

    /** A room by itself, with a log in memory, for an application that spawns its own. */
    public static Behavior<Command> create(RoomName name) {
        RoomSettings settings = RoomSettings.defaults();
        return create(new RoomParts(name, new MemoryRoomLog(MemoryRoomLogs.DEFAULT_CAPACITY), settings));
    }

    /** A room with the given log, rules, limits and clock. */
    public static Behavior<Command> create(RoomParts parts) {
        return RoomOpening.create(parts);
    }

    static Behavior<Command> opened(RoomParts parts, RoomLog.Opened opened) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new RoomActor(context, timers, parts, opened)));
    }

    private RoomActor(
            ActorContext<Command> context, TimerScheduler<Command> timers, RoomParts parts, RoomLog.Opened opened) {
        super(context);
        context.setLoggerName(RoomActor.class);
        this.timers = timers;
        policy = parts.policy();
        settings = parts.settings();
        log = parts.log();
        room = new Room(parts.name());
        room.count(opened.lastSeq());
        opened.topic().ifPresent(event -> room.topic(event.text()));
        repeats = new Repeats(settings.repeatsKept(), settings.repeatWindow());
        opened.recent().forEach(repeats::remember);
        ticks = new Ticks(parts.clock(), opened.lastTime());
        writer = new LogWriter(context, timers, log, line, room, opened.identity(), settings, ticks);
        ActorRef<RoomSummary> observer =
                parts.observer().orElseGet(() -> context.getSystem().ignoreRef());
        release = new Release(context, room, log, repeats, observer, settings.appendTimeout());
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Say.class, this::onSay)
                .onMessageEquals(Flush.FLUSH, this::onFlush)
                .onMessage(LogWriter.Signal.class, this::onLog)
                .onMessage(Join.class, this::onJoin)
                .onMessage(Leave.class, this::onLeave)
                .onMessage(Lost.class, this::onLost)
                .onMessage(Names.class, this::onNames)
                .onMessage(Rename.class, this::onRename)
                .onMessage(SetTopic.class, this::onSetTopic)
                .onMessage(Kick.class, this::onKick)
                .onMessage(History.class, this::onHistory)
                .onMessage(Found.class, this::onFound)
                .onMessage(Release.CaughtUp.class, this::onCaughtUp)
                .onMessage(StopIfEmpty.class, this::onStopIfEmpty)
                .build();
    }

    // What members ask

    private Behavior<Command> onSay(Say say) {
        Optional<Member> member = memberFor(say, say.member());
        if (member.isPresent() && allowed(say, policy.say(room, member.get(), say.text()))) {
            Nick by = member.get().nick();
            store(
                    say,
                    member.get(),
                    (seq, id, at) ->
                            new RoomEvent.Said(room.name(), seq, id, at, by, say.kind(), say.text(), say.clientId()));
        }
        return this;
    }

    private Behavior<Command> onSetTopic(SetTopic set) {
        Optional<Member> member = memberFor(set, set.member());
        if (member.isPresent() && allowed(set, policy.setTopic(room, member.get(), set.text()))) {
            Nick by = member.get().nick();
            store(
                    set,
                    member.get(),
                    (seq, id, at) ->
                            new RoomEvent.TopicChanged(room.name(), seq, id, at, by, set.text(), set.clientId()));
        }
        return this;
    }

    private Behavior<Command> onJoin(Join join) {
        Optional<Member> already = room.member(join.member());
        if (already.isPresent()) {
            if (already.get().slot >= 0) { // else his welcome is still to come, in its turn
                release.welcome(already.get(), already.get().nick());
            }
        } else if (allowed(join, policy.join(room, join.nick()))) {
            Member member = room.register(join.nick(), join.member(), join.delivery());
            getContext().watchWith(join.member(), new Lost(join.member()));
            boolean silent = join.silent() || room.name().isConversation();
            stand(new Arrival(member, join.nick(), silent, join.since(), ticks.now()));
        }
        return this;
    }

    private Behavior<Command> onLeave(Leave leave) {
        room.member(leave.member()).ifPresent(member -> exit(member, leave.how(), leave.text(), member));
        return this;
    }

    private Behavior<Command> onLost(Lost lost) {
        room.member(lost.ref).ifPresent(member -> {
            member.gone();
            exit(member, Departure.LOST, "", member);
        });
        return this;
    }

    private Behavior<Command> onRename(Rename rename) {
        Optional<Member> member = memberFor(rename, rename.member());
        if (member.isPresent() && allowed(rename, policy.rename(room, member.get(), rename.to()))) {
            Nick from = member.get().nick();
            room.rename(member.get(), rename.to());
            stand(new Notice(member.get(), new RoomEvent.Renamed(room.name(), from, rename.to(), ticks.now())));
        }
        return this;
    }

    private Behavior<Command> onKick(Kick kick) {
        Optional<Member> by = memberFor(kick, kick.by());
        Optional<Member> target = room.named(kick.target());
        if (by.isPresent() && target.isEmpty()) {
            refuse(kick, new Refusal(Reason.NO_SUCH_MEMBER, kick.target() + " is not in the room"));
        } else if (by.isPresent() && allowed(kick, policy.kick(room, by.get(), target.get()))) {
            exit(target.get(), Departure.KICKED, kick.text(), by.get());
        }
        return this;
    }

    private Behavior<Command> onNames(Names names) {
        advance();
        List<RoomReply.Participant> members = room.inOrder().stream()
                .map(member -> new RoomReply.Participant(member.nick(), member.isOperator()))
                .toList();
        names.replyTo().tell(new RoomReply.NameList(room.name(), members));
        return this;
    }

    private Behavior<Command> onHistory(History asked) {
        advance();
        if (memberFor(asked, asked.member()).isPresent()) {
            long end = Math.min(asked.to(), room.seq()) + 1;
            Answers.handle(
                    getContext(),
                    () -> log.read(asked.from(), asked.to(), asked.limit()),
                    events -> new Found(asked, events, isGap(asked, end, events)),
                    why -> new Found(asked, List.of(), true),
                    found -> onFound((Found) found));
        }
        return this;
    }

    /** Something is missing where neither the start nor the limit explains that no more was found. */
    private static boolean isGap(History asked, long end, List<Recorded> events) {
        long first = events.isEmpty() ? end : events.get(0).seq();
        return first > Math.max(1, asked.from()) && events.size() < asked.limit();
    }

    private Behavior<Command> onFound(Found found) {
        found.asked.replyTo().tell(new RoomReply.Past(room.name(), found.events, found.gap));
        return this;
    }

    private Behavior<Command> onCaughtUp(Release.CaughtUp answer) {
        release.onCaughtUp(answer);
        return this;
    }

    private Behavior<Command> onStopIfEmpty(StopIfEmpty stop) {
        if (room.size() == 0 && line.isEmpty()) {
            return Behaviors.stopped();
        }
        stop.replyTo().tell(new StillUsed(room.name()));
        return this;
    }

    private Optional<Member> memberFor(Asking asking, ActorRef<RoomEvent> ref) {
        Optional<Member> member = room.member(ref);
        if (member.isEmpty()) {
            refuse(asking, new Refusal(Reason.NOT_A_MEMBER, "you are not in " + room.name()));
        }
        return member;
    }

    private boolean allowed(Asking asking, Optional<Refusal> refusal) {
        refusal.ifPresent(why -> refuse(asking, why));
        return refusal.isEmpty();
    }

    private void refuse(Asking asking, Refusal why) {
        asking.replyTo().tell(new RoomReply.Refused(room.name(), asking.clientId(), why));
    }

    // The line: what goes in, and what comes out

    private void store(Asking asking, Member member, Message.Draft draft) {
        if (isRepeat(asking, member)) {
            return;
        }
        if (writer.isAway()) {
            refuse(asking, STORE_AWAY);
        } else if (line.pending() >= settings.maxPending()) {
            refuse(asking, BUSY);
        } else {
            stand(new Message(member, asking.clientId(), draft, asking.replyTo()));
        }
    }

    private boolean isRepeat(Asking asking, Member member) {
        if (asking.clientId().isEmpty()) {
            return false;
        }
        Optional<Recorded> original = repeats.original(member.nick(), asking.clientId(), ticks.now());
        if (original.isPresent()) {
            asking.replyTo().tell(new RoomReply.Repeated(room.name(), asking.clientId(), original.get()));
            return true;
        }
        Optional<Message> pending = line.pending(member.nick(), asking.clientId());
        pending.ifPresent(message -> message.askers.add(asking.replyTo()));
        return pending.isPresent();
    }

    private void exit(Member member, Departure how, String text, Member by) {
        room.unregister(member);
        RoomEvent event = new RoomEvent.Left(room.name(), member.nick(), how, text, by.nick(), ticks.now());
        stand(new Exit(member, by, room.name().isConversation() ? List.of() : List.of(event)));
    }

    /**
     * Puts it at the end of the line, which moves on when all that is in the mailbox already stands in it too. Where a
     * crowd would be told of each one who comes or goes, it is told of several at once.
     */
    private void stand(Entry entry) {
        line.add(entry);
        if (line.size() >= ROUND) {
            advance();
        } else if (!(entry instanceof Message) && room.shownCount() >= CROWD) {
            if (!timers.isTimerActive(Flush.FLUSH)) {
                timers.startSingleTimer(Flush.FLUSH, Flush.FLUSH, PER_MEMBER.multipliedBy(room.shownCount()));
            }
        } else if (!flushing) {
            flushing = true;
            if (room.shownCount() < MANY) {
                getContext().getSelf().tell(Flush.FLUSH);
            } else {
                Breath.taken(
                        HOPS, getContext().getExecutionContext(), getContext().getSelf(), Flush.FLUSH);
            }
        }
    }

    private Behavior<Command> onFlush() {
        flushing = false;
        advance();
        return this;
    }

    private Behavior<Command> onLog(LogWriter.Signal signal) {
        writer.on(signal);
        advance();
        return this;
    }

    /** Stores what can be stored, shows what can be shown. */
    private void advance() {
        writer.write();
        List<Entry> ready = writer.hasGivenUpWaiting() ? line.releaseAround() : line.release();
        if (!ready.isEmpty()) {
            release.show(ready);
        }
    }
}
