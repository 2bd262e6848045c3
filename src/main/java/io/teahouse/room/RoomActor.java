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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
     * @param key opens a room that is locked with one; else ignored
     * @param member where the events go, and who it is
     * @param back for a member who was here before the room failed: nobody is told
     */
    public record Join(
            Nick nick,
            Profile profile,
            String key,
            ActorRef<RoomEvent> member,
            Delivery delivery,
            Optional<Back> back,
            ActorRef<RoomReply> replyTo)
            implements Asking {
        /** A newcomer who is told each event by itself. */
        public Join(Nick nick, ActorRef<RoomEvent> member, ActorRef<RoomReply> replyTo) {
            this(nick, Profile.APPLICATION, "", member, Delivery.EACH, Optional.empty(), replyTo);
        }
    }

    /**
     * Where a member was when the room failed, or whose place he takes.
     *
     * @param since the seq of the last event that he saw, to be told what followed; -1: from now on
     * @param ranks what he held
     * @param instead the member of the same name who goes for him, and whose ranks he has then; if that one is not
     *     there, neither may he come in
     */
    public record Back(long since, Ranks ranks, Optional<ActorRef<RoomEvent>> instead) {
        /** After the room failed. */
        public Back(long since, Ranks ranks) {
            this(since, ranks, Optional.empty());
        }

        /** Takes somebody's place. */
        public Back(long since, ActorRef<RoomEvent> instead) {
            this(since, Ranks.NONE, Optional.of(instead));
        }
    }

    /** Go. What the member said before is shown before; no answer. */
    public record Leave(ActorRef<RoomEvent> member, Departure how, String text, long cause) implements Command {
        /** Leaves this room and no other. */
        public Leave(ActorRef<RoomEvent> member, Departure how, String text) {
            this(member, how, text, 0);
        }
    }

    /**
     * Say something. The receipt is the event itself, which the sender is told like everybody else.
     *
     * @param tags what programs attach to it, opaque to the room; or empty
     * @param clientId the sender's own id for this message, so that it is safe to say it again; or empty
     */
    public record Say(
            ActorRef<RoomEvent> member,
            Kind kind,
            String text,
            String tags,
            Audience audience,
            String clientId,
            ActorRef<RoomReply> replyTo)
            implements Asking {
        /** To everybody, with nothing attached. */
        public Say(ActorRef<RoomEvent> member, Kind kind, String text, String clientId, ActorRef<RoomReply> replyTo) {
            this(member, kind, text, "", Audience.ALL, clientId, replyTo);
        }

        /** A plain message without a client id. */
        public Say(ActorRef<RoomEvent> member, String text, ActorRef<RoomReply> replyTo) {
            this(member, Kind.MESSAGE, text, "", replyTo);
        }
    }

    /** Say something without being a member, where the room lets that be. Answered by {@link RoomReply.Shown}. */
    public record SayFromOutside(
            Nick nick,
            Profile profile,
            ActorRef<RoomEvent> ref,
            Kind kind,
            String text,
            String tags,
            Audience audience,
            String clientId,
            ActorRef<RoomReply> replyTo)
            implements Asking {}

    /** Something for programs; see {@link RoomEvent.Signalled}, which is its receipt. */
    public record Signal(ActorRef<RoomEvent> member, String tags, Audience audience, ActorRef<RoomReply> replyTo)
            implements Asking {}

    /** Others may know something new of the member. The event is the answer. */
    public record ChangeProfile(ActorRef<RoomEvent> member, Profile to, long cause) implements Command {}

    /** Set the room otherwise. Answered by {@link RoomReply.ModesSet}, and a refusal for who is no member. */
    public record SetModes(ActorRef<RoomEvent> member, List<ModeChange> changes, ActorRef<RoomReply> replyTo)
            implements Asking {}

    /** How is the room set? Anybody may ask. {@code list}: which list to add. By {@link RoomReply.Description}. */
    public record Describe(ActorRef<RoomEvent> asker, Optional<Mode> list, ActorRef<RoomReply> replyTo)
            implements Asking {}

    /** May he come in? Answered by {@link RoomReply.Invitation}. */
    public record Invite(ActorRef<RoomEvent> member, Nick target, ActorRef<RoomReply> replyTo) implements Asking {}

    /** Set the topic; empty: none. Stored like a message. */
    public record SetTopic(ActorRef<RoomEvent> member, String text, ActorRef<RoomReply> replyTo) implements Asking {}

    /** The member is called otherwise from now on. */
    public record Rename(ActorRef<RoomEvent> member, Nick to, long cause, ActorRef<RoomReply> replyTo)
            implements Asking {}

    /**
     * Call the room otherwise. The event is the answer; if the directory does not agree in time, a
     * {@link RoomReply.InDoubt} comes before it.
     */
    public record RenameRoom(ActorRef<RoomEvent> member, RoomName to, String reason, ActorRef<RoomReply> replyTo)
            implements Asking {}

    /**
     * What the directory answers to {@link RoomDirectory.Rename}.
     *
     * @param refusal empty: the room is called so from now on
     */
    public record NameAnswer(RoomName to, Optional<Refusal> refusal) implements Command {}

    /** Note something about the room under a key; empty: nothing any more. Answered by {@link RoomReply.Metadata}. */
    public record SetMetadata(ActorRef<RoomEvent> member, String key, String value, ActorRef<RoomReply> replyTo)
            implements Asking {}

    /** Forget all that is noted about the room. Answered by {@link RoomReply.Metadata}: the keys that there were. */
    public record ClearMetadata(ActorRef<RoomEvent> member, ActorRef<RoomReply> replyTo) implements Asking {}

    /** What is noted about the room? Answered by {@link RoomReply.Metadata}. */
    public record GetMetadata(ActorRef<RoomEvent> asker, ActorRef<RoomReply> replyTo) implements Asking {}

    /** Something else is noted about the member; {@code changes} as in {@link RoomEvent.MetadataChanged}. No answer. */
    public record TellMetadata(ActorRef<RoomEvent> member, Map<String, String> changes, long cause)
            implements Command {}

    /** Put somebody out. */
    public record Kick(ActorRef<RoomEvent> by, Nick target, String text, ActorRef<RoomReply> replyTo)
            implements Asking {}

    /** Who is here? Anybody may ask. Answered by {@link RoomReply.NameList}. */
    public record Names(ActorRef<RoomReply> replyTo) implements Asking {}

    /**
     * What was said? Members only. Answered by {@link RoomReply.Past}.
     *
     * @param sorts what is wanted
     * @param notBefore nothing earlier is told
     */
    public record History(
            ActorRef<RoomEvent> member, Span span, Set<Sort> sorts, Instant notBefore, ActorRef<RoomReply> replyTo)
            implements Asking {
        /** Everything that lies there. */
        public History(ActorRef<RoomEvent> member, Span span, ActorRef<RoomReply> replyTo) {
            this(member, span, Sort.ALL, Instant.EPOCH, replyTo);
        }
    }

    /** Take something back that was said. Stored like a message; the event is the answer. */
    public record Redact(ActorRef<RoomEvent> member, String target, String reason, ActorRef<RoomReply> replyTo)
            implements Asking {}

    /** End, if nobody is here; otherwise say so. */
    record StopIfEmpty(ActorRef<StillUsed> replyTo) implements Internal {}

    /** The answer of a room that did not end. */
    record StillUsed(RoomName room) {}

    private record Lost(ActorRef<RoomEvent> ref) implements Internal {}

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
    private static final int SEVERAL = 2;

    /**
     * How often it lets others go first: some times the way from a member's mailbox to the socket and back. With 4, and
     * only in rooms of 32, rooms of 20 reached less than half as much under load; with 40 and 120, no more.
     */
    private static final int TURNS = 12;

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
    private final Moderation moderation;
    private final PastReader past;
    private final Keeper keeper;
    private final Naming naming;
    private final RoomMetadata metadata;
    private final String identity;
    private boolean flushing;
    private long signals;

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
        ticks = new Ticks(parts.clock(), opened.lastTime());
        room = new Room(parts.name(), settings, ticks.now());
        room.count(opened.lastSeq());
        opened.kept().ifPresent(room::keep);
        parts.before().ifPresent(room::goOn);
        opened.topic()
                .ifPresent(
                        event -> room.topic(new Topic(event.text(), event.by().text(), event.at())));
        repeats = new Repeats(settings.repeatsKept(), settings.repeatWindow());
        opened.recent().forEach(repeats::remember);
        identity = opened.identity();
        writer = new LogWriter(context, timers, log, line, room, opened, settings, ticks);
        ActorRef<RoomSummary> observer =
                parts.observer().orElseGet(() -> context.getSystem().ignoreRef());
        release = new Release(context, room, log, repeats, observer, settings);
        past = new PastReader(context, room, log, opened, settings.appendTimeout());
        keeper = new Keeper(context, timers, log, room, settings.retryInterval());
        naming = new Naming(context, room, parts.directory(), ticks, this::stand, settings.appendTimeout());
        metadata = new RoomMetadata(room, policy, ticks, this::stand);
        moderation = new Moderation(room, policy, ticks, keeper, this::stand);
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
                .onMessage(Signal.class, this::onSignal)
                .onMessage(SayFromOutside.class, this::onSayFromOutside)
                .onMessage(ChangeProfile.class, this::onChangeProfile)
                .onMessage(SetModes.class, this::onSetModes)
                .onMessage(Describe.class, this::onDescribe)
                .onMessage(Invite.class, this::onInvite)
                .onMessage(Rename.class, this::onRename)
                .onMessage(SetTopic.class, this::onSetTopic)
                .onMessage(Kick.class, this::onKick)
                .onMessage(RenameRoom.class, this::onRenameRoom)
                .onMessage(SetMetadata.class, this::onSetMetadata)
                .onMessage(ClearMetadata.class, this::onClearMetadata)
                .onMessage(GetMetadata.class, this::onGetMetadata)
                .onMessage(TellMetadata.class, this::onTellMetadata)
                .onMessage(NameAnswer.class, this::onNameAnswer)
                .onMessage(Naming.Late.class, this::onNameLate)
                .onMessage(History.class, this::onHistory)
                .onMessage(Redact.class, this::onRedact)
                .onMessage(PastReader.Found.class, this::onFound)
                .onMessage(Keeper.Signal.class, this::onKept)
                .onMessage(Release.CaughtUp.class, this::onCaughtUp)
                .onMessage(StopIfEmpty.class, this::onStopIfEmpty)
                .build();
    }

    // What members ask

    private Behavior<Command> onSay(Say say) {
        memberFor(say, say.member())
                .ifPresent(
                        member -> say(say, member, say.kind(), say.text(), say.tags(), say.audience(), say.clientId()));
        return this;
    }

    private Behavior<Command> onSayFromOutside(SayFromOutside say) {
        Member outsider = room.member(say.ref())
                .orElseGet(
                        () -> new Member(say.nick(), say.profile(), say.ref(), Delivery.EACH, Ranks.NONE, ticks.now()));
        say(say, outsider, say.kind(), say.text(), say.tags(), say.audience(), say.clientId());
        return this;
    }

    private void say(
            Asking asking, Member by, Kind kind, String text, String tags, Audience audience, String clientId) {
        if (allowed(asking, policy.say(room, by, kind, text))) {
            Nick nick = by.nick();
            Profile profile = by.profile();
            store(
                    asking,
                    by,
                    (seq, id, at) -> new RoomEvent.Said(
                            room.name(), seq, id, at, nick, profile, kind, text, tags, audience, clientId));
        }
    }

    private Behavior<Command> onSetTopic(SetTopic set) {
        Optional<Member> member = memberFor(set, set.member());
        if (member.isPresent() && allowed(set, policy.setTopic(room, member.get(), set.text()))) {
            Nick by = member.get().nick();
            Profile profile = member.get().profile();
            store(
                    set,
                    member.get(),
                    (seq, id, at) -> new RoomEvent.TopicChanged(
                            room.name(), seq, id, at, by, profile, set.text(), set.clientId()));
        }
        return this;
    }

    private Behavior<Command> onSignal(Signal signal) {
        Optional<Member> member = memberFor(signal, signal.member());
        if (member.isPresent() && allowed(signal, policy.speak(room, member.get()))) {
            Instant now = ticks.now();
            String id = identity + "-s" + Long.toString(now.toEpochMilli(), Character.MAX_RADIX) + "-"
                    + Long.toString(signals++, Character.MAX_RADIX);
            stand(new Notice(
                    member.get(),
                    new RoomEvent.Signalled(
                            room.nameToCome(),
                            id,
                            member.get().nick(),
                            member.get().profile(),
                            signal.tags(),
                            signal.audience(),
                            now)));
        }
        return this;
    }

    private Behavior<Command> onJoin(Join join) {
        Optional<Member> already = room.member(join.member());
        if (already.isPresent()) {
            if (already.get().slot >= 0) { // else his welcome is still to come, in its turn
                release.welcome(already.get(), already.get().nick());
            }
            return this;
        }
        if (room.size() == 0 && !room.isAwaited()) {
            room.empty(ticks.now());
        }
        Optional<ActorRef<RoomEvent>> instead = join.back().flatMap(Back::instead);
        if (instead.isPresent()) {
            memberFor(join, instead.get()).ifPresent(other -> replace(other, join));
        } else if (join.back().isPresent()) {
            enter(join, join.back().get().ranks());
        } else if (allowed(join, policy.join(room, join.nick(), join.profile(), join.key()))) {
            enter(join, initialRanks(join));
        }
        return this;
    }

    /** One goes and one comes, and it is the same to everybody else, but for what they may know of him. */
    private void replace(Member other, Join join) {
        room.unregister(other);
        stand(new Exit(other, other, List.of()));
        Member member = enter(join, other.ranks());
        if (!other.profile().equals(join.profile()) && !room.name().isConversation()) {
            stand(new Notice(
                    member,
                    new RoomEvent.ProfileChanged(
                            room.name(), join.nick(), other.profile(), join.profile(), 0, ticks.now())));
        }
    }

    private Member enter(Join join, Ranks ranks) {
        room.entered();
        Member member = room.register(join.nick(), join.profile(), join.member(), join.delivery(), ranks, ticks.now());
        room.modes().uninvite(join.nick());
        getContext().watchWith(join.member(), new Lost(join.member()));
        boolean silent = join.back().isPresent() || room.name().isConversation();
        long since = join.back().map(Back::since).orElse(-1L);
        stand(new Arrival(member, join.nick(), join.profile(), silent, since, ticks.now()));
        return member;
    }

    /** The first to come keeps order; where the room belongs to somebody, he does. */
    private Ranks initialRanks(Join join) {
        if (room.founder().isEmpty()) {
            boolean first =
                    room.size() == 0 && !room.isAwaited() && !room.name().isConversation();
            return first ? Ranks.OPERATOR : Ranks.NONE;
        }
        return room.founder().equals(join.profile().account()) ? Ranks.OPERATOR : Ranks.NONE;
    }

    private Behavior<Command> onLeave(Leave leave) {
        room.member(leave.member()).ifPresent(member -> exit(member, leave.how(), leave.text(), member, leave.cause()));
        return this;
    }

    private Behavior<Command> onLost(Lost lost) {
        room.member(lost.ref).ifPresent(member -> {
            member.gone();
            exit(member, Departure.LOST, "", member, member.refHash());
        });
        return this;
    }

    private Behavior<Command> onRename(Rename rename) {
        Optional<Member> member = memberFor(rename, rename.member());
        if (member.isPresent() && allowed(rename, policy.rename(room, member.get(), rename.to()))) {
            Nick from = member.get().nick();
            room.rename(member.get(), rename.to());
            stand(new Notice(
                    member.get(),
                    new RoomEvent.Renamed(
                            room.nameToCome(),
                            from,
                            rename.to(),
                            member.get().profile(),
                            rename.cause(),
                            ticks.now())));
        }
        return this;
    }

    private Behavior<Command> onKick(Kick kick) {
        Optional<Member> by = memberFor(kick, kick.by());
        Optional<Member> target = room.named(kick.target());
        if (by.isPresent() && target.isEmpty()) {
            refuse(
                    kick,
                    new Refusal(
                            Reason.NO_SUCH_MEMBER,
                            kick.target() + " is not in the room",
                            kick.target().text()));
        } else if (by.isPresent() && allowed(kick, policy.kick(room, by.get(), target.get()))) {
            exit(target.get(), Departure.KICKED, kick.text(), by.get(), 0);
        }
        return this;
    }

    private Behavior<Command> onRenameRoom(RenameRoom rename) {
        Optional<Member> by = memberFor(rename, rename.member());
        if (by.isPresent() && allowed(rename, policy.renameRoom(room, by.get(), rename.to()))) {
            naming.ask(rename, by.get());
        }
        return this;
    }

    private Behavior<Command> onNameAnswer(NameAnswer answer) {
        naming.on(answer);
        return this;
    }

    private Behavior<Command> onNameLate(Naming.Late late) {
        naming.on(late);
        return this;
    }

    private Behavior<Command> onChangeProfile(ChangeProfile change) {
        room.member(change.member()).ifPresent(member -> {
            Profile before = member.profile();
            member.profile(change.to());
            stand(new Notice(
                    member,
                    new RoomEvent.ProfileChanged(
                            room.nameToCome(), member.nick(), before, change.to(), change.cause(), ticks.now())));
        });
        return this;
    }

    private Behavior<Command> onSetModes(SetModes set) {
        memberFor(set, set.member()).ifPresent(member -> moderation.setModes(set, member));
        return this;
    }

    private Behavior<Command> onInvite(Invite invite) {
        Optional<Member> by = memberFor(invite, invite.member());
        if (by.isPresent() && allowed(invite, policy.invite(room, by.get(), invite.target()))) {
            moderation.invite(invite, by.get());
        }
        return this;
    }

    private Behavior<Command> onSetMetadata(SetMetadata set) {
        memberFor(set, set.member()).ifPresent(member -> metadata.set(set, member));
        return this;
    }

    private Behavior<Command> onClearMetadata(ClearMetadata clear) {
        memberFor(clear, clear.member()).ifPresent(member -> metadata.clear(clear, member));
        return this;
    }

    private Behavior<Command> onGetMetadata(GetMetadata get) {
        metadata.get(get);
        return this;
    }

    private Behavior<Command> onTellMetadata(TellMetadata tell) {
        room.member(tell.member()).ifPresent(member -> metadata.tell(tell, member));
        return this;
    }

    private Behavior<Command> onDescribe(Describe describe) {
        advance();
        moderation.describe(describe);
        return this;
    }

    private Behavior<Command> onNames(Names names) {
        advance();
        List<RoomReply.Participant> members = room.inOrder().stream()
                .map(member -> new RoomReply.Participant(member.nick(), member.profile(), member.ranks()))
                .toList();
        names.replyTo().tell(new RoomReply.NameList(room.name(), room.modes().has(Mode.SECRET), members));
        return this;
    }

    private Behavior<Command> onHistory(History asked) {
        advance();
        memberFor(asked, asked.member()).ifPresent(member -> past.read(asked, member));
        return this;
    }

    private Behavior<Command> onRedact(Redact redact) {
        if (memberFor(redact, redact.member()).isPresent()) {
            past.find(redact.target(), found -> redact(redact, found));
        }
        return this;
    }

    /** He may have left, or lost his rank, while the log was asked. */
    private void redact(Redact redact, Optional<RoomLog.Excerpt> found) {
        Optional<Member> by = memberFor(redact, redact.member());
        if (found.isEmpty()) {
            refuse(redact, LogWriter.STORE_AWAY);
        } else if (by.isPresent() && found.get().events().stream().noneMatch(RoomEvent.Said.class::isInstance)) {
            refuse(redact, new Refusal(Reason.NO_SUCH_MESSAGE, "there is no such message", redact.target()));
        } else if (by.isPresent()) {
            Recorded target = found.get().events().get(0);
            Nick nick = by.get().nick();
            Profile profile = by.get().profile();
            if (allowed(redact, policy.redact(room, by.get(), target))) {
                store(
                        redact,
                        by.get(),
                        (seq, id, at) -> new RoomEvent.Redacted(
                                room.name(),
                                seq,
                                id,
                                at,
                                nick,
                                profile,
                                target.id(),
                                target.seq(),
                                redact.reason(),
                                ""));
            }
        }
    }

    private Behavior<Command> onFound(PastReader.Found found) {
        past.on(found);
        advance();
        return this;
    }

    private Behavior<Command> onCaughtUp(Release.CaughtUp answer) {
        release.onCaughtUp(answer);
        return this;
    }

    private Behavior<Command> onKept(Keeper.Signal signal) {
        keeper.on(signal);
        return this;
    }

    private Behavior<Command> onStopIfEmpty(StopIfEmpty stop) {
        if (room.size() == 0 && line.isEmpty() && keeper.isSettled()) {
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
        asking.replyTo().tell(new RoomReply.Refused(room.name(), asking, why));
    }

    // The line: what goes in, and what comes out

    private void store(Asking asking, Member member, Message.Draft draft) {
        if (isRepeat(asking, member)) {
            return;
        }
        if (writer.isAway()) {
            refuse(asking, LogWriter.STORE_AWAY);
        } else if (line.pending() >= settings.maxPending()) {
            refuse(asking, BUSY);
        } else {
            stand(new Message(member, draft, asking));
        }
    }

    private boolean isRepeat(Asking asking, Member member) {
        if (asking.clientId().isEmpty()) {
            return false;
        }
        String who = member.identity();
        Optional<Recorded> original = repeats.original(who, asking.clientId(), ticks.now());
        if (original.isPresent()) {
            asking.replyTo().tell(new RoomReply.Repeated(room.name(), asking, original.get()));
            return true;
        }
        Optional<Message> pending = line.pending(who, asking.clientId());
        pending.ifPresent(message -> {
            message.askers.add(asking);
            if (writer.isAway()) { // or it would hold back whatever he asks next
                asking.replyTo().tell(new RoomReply.InDoubt(room.name(), asking));
            }
        });
        return pending.isPresent();
    }

    private void exit(Member member, Departure how, String text, Member by, long cause) {
        room.unregister(member);
        RoomEvent event = new RoomEvent.Left(
                room.nameToCome(),
                member.nick(),
                member.profile(),
                how,
                text,
                by.nick(),
                by.profile(),
                cause,
                ticks.now());
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
            if (room.shownCount() < SEVERAL) {
                getContext().getSelf().tell(Flush.FLUSH);
            } else {
                Breath.taken(
                        TURNS, getContext().getExecutionContext(), getContext().getSelf(), Flush.FLUSH);
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
