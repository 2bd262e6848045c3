package io.teahouse.client;

import akka.actor.typed.ActorRef;
import io.teahouse.room.EventBatch;
import io.teahouse.room.EventType;
import io.teahouse.room.HistoryRange;
import io.teahouse.room.Mode;
import io.teahouse.room.ModeChange;
import io.teahouse.room.Nick;
import io.teahouse.room.OutgoingMessage;
import io.teahouse.room.Refusal;
import io.teahouse.room.RegistrationLimit;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.user.PendingReplies;
import io.teahouse.user.Place;
import io.teahouse.user.UserActor;
import io.teahouse.user.UserRoom;
import io.teahouse.user.UserSnapshot;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The commands of one client to rooms, and their effects. Sends commands to the rooms that it is in, to others if they
 * allow it, and to conversations, which are rooms of two. Passes events and replies to the {@link Membership} that
 * expects them. Runs in the client's actor.
 */
final class ClientRooms implements Session.Rooms {
    private static final long ACTIVE_MILLIS = 1000;

    private final Services services;
    private final Dialect dialect;
    private final CurrentUser me;
    private final Memberships memberships;
    private final RoomJoiner joiner;
    private final ClientQuestions questions;
    private final ClientAccount account;
    private final Outbox outbox;
    private final PendingReplies replies;
    private final PendingWork work;

    /** When the user's actor last heard of activity on this connection, in milliseconds since 1970. */
    private long activityReported;

    ClientRooms(
            Services services,
            Dialect dialect,
            CurrentUser me,
            Memberships memberships,
            RoomJoiner joiner,
            ClientQuestions questions,
            ClientAccount account,
            Outbox outbox,
            PendingReplies replies,
            PendingWork work) {
        this.services = services;
        this.dialect = dialect;
        this.me = me;
        this.memberships = memberships;
        this.joiner = joiner;
        this.questions = questions;
        this.account = account;
        this.outbox = outbox;
        this.replies = replies;
        this.work = work;
    }

    @Override
    public List<Place> places() {
        return me.places();
    }

    @Override
    public boolean isIn(RoomName room) {
        return memberships.isIn(room);
    }

    @Override
    public long lastSeq(RoomName room) {
        return memberships.find(room).map(Membership::seq).orElse(0L);
    }

    // Joining and leaving

    @Override
    public void join(RoomName room, String key, Outcome outcome) {
        Optional<String> whyNoKey = key.isEmpty() ? Optional.empty() : account.whyNoKey();
        if (whyNoKey.isPresent() && me.nick().isPresent()) {
            refuse(room, new Refusal(Refusal.Reason.BAD_KEY, whyNoKey.get()), outcome);
        } else {
            joiner.join(room, key, key.isEmpty() ? outcome : countingKeys(outcome));
        }
    }

    /** Counts wrong keys, so that nobody can try many of them. */
    private Outcome countingKeys(Outcome outcome) {
        return new Outcome() {
            @Override
            public void refused(RoomReply.Refused refused) {
                if (refused.refusal().reason() == Refusal.Reason.BAD_KEY) {
                    account.keyWasWrong();
                }
                outcome.refused(refused);
            }

            @Override
            public void inDoubt(RoomReply.InDoubt doubt) {
                outcome.inDoubt(doubt);
            }
        };
    }

    private static void refuse(RoomName room, Refusal why, Outcome outcome) {
        outcome.refused(new RoomReply.Refused(room, 0, "", why));
    }

    @Override
    public void part(RoomName room, String text) {
        joiner.part(room, text);
    }

    // Messages

    @Override
    public void say(RoomName room, OutgoingMessage words, Outcome outcome) {
        reportActivity();
        if (memberships.isIn(room)) {
            send(room, from -> say(from, words), counted(outcome));
        } else {
            Outcome told = counted(outcome);
            me.nick().ifPresent(nick -> questions.ask(room, fromOutside(nick, words), reply -> tell(reply, told)));
        }
    }

    private Outcome counted(Outcome outcome) {
        return CountedOutcome.of(outcome, services.metrics());
    }

    /** Reports activity to the user's actor, once a second at most. */
    private void reportActivity() {
        long now = System.currentTimeMillis();
        if (Math.abs(now - activityReported) >= ACTIVE_MILLIS) {
            activityReported = now;
            me.tell(new UserActor.Active(me.ref().unsafeUpcast().narrow()));
        }
    }

    /** Sends a command to a room that the client is in; it will see the effect or a refusal. */
    private void send(RoomName room, Function<Sender, RoomActor.Asking> command, Outcome outcome) {
        Membership m = memberships.in(room);
        Optional<ActorRef<RoomActor.Command>> ref = m == null ? Optional.empty() : m.ref();
        if (m != null && ref.isPresent()) {
            RoomActor.Asking asking = command.apply(sender());
            m.expect(asking, outcome);
            ref.get().tell(asking);
        } else {
            Refusal notThere = new Refusal(Refusal.Reason.NOT_A_MEMBER, "you are not in " + room);
            refuse(room, memberships.whyAway(room).orElse(notThere), outcome);
        }
    }

    private Sender sender() {
        return Sender.next(me, replies);
    }

    private static RoomActor.Say say(Sender from, OutgoingMessage words) {
        return new RoomActor.Say(from.ref(), words, from.number(), from.replyTo());
    }

    private RoomActor.SayFromOutside fromOutside(Nick nick, OutgoingMessage words) {
        Sender from = sender();
        return new RoomActor.SayFromOutside(nick, me.profile(), from.ref(), words, from.number(), from.replyTo());
    }

    private static void tell(RoomReply reply, Outcome outcome) {
        if (reply instanceof RoomReply.Refused refused) {
            outcome.refused(refused);
        } else if (reply instanceof RoomReply.InDoubt doubt) {
            outcome.inDoubt(doubt);
        } else if (reply instanceof RoomReply.Repeated repeated) {
            outcome.repeated(repeated);
        } else if (reply instanceof RoomReply.Shown shown) {
            outcome.shown(shown);
        }
    }

    @Override
    public void signal(RoomName room, OutgoingMessage words, Outcome outcome) {
        send(room, from -> signal(from, words), outcome);
    }

    private static RoomActor.Signal signal(Sender from, OutgoingMessage words) {
        return new RoomActor.Signal(from.ref(), words.attributes(), words.audience(), from.number(), from.replyTo());
    }

    // To one user

    @Override
    public void whisper(UserSnapshot to, OutgoingMessage words, Outcome outcome) {
        reportActivity();
        converse(to, from -> say(from, words), counted(outcome));
    }

    @Override
    public void signal(UserSnapshot to, OutgoingMessage words, Outcome outcome) {
        converse(to, from -> signal(from, words), outcome);
    }

    private void converse(UserSnapshot to, Function<Sender, RoomActor.Asking> command, Outcome outcome) {
        if (me.nick().isPresent()) {
            RoomName room = RoomName.conversation(me.identity(), to.id().value());
            Optional<Refusal> away = memberships.whyAway(room);
            if (away.isPresent()) {
                refuse(room, away.get(), outcome);
            } else {
                joiner.converse(room, to, command.apply(sender()), outcome);
            }
        }
    }

    // Other commands

    @Override
    public void setTopic(RoomName room, String text, Outcome outcome) {
        send(room, from -> new RoomActor.SetTopic(from.ref(), text, from.number(), from.replyTo()), outcome);
    }

    @Override
    public void redact(RoomName room, String id, String reason, Outcome outcome) {
        if (room.isConversation() && !memberships.isIn(room)) { // a question to it lets the client join
            questions.history(
                    room, HistoryRange.latest(0), EventType.ALL, reply -> redactHere(room, id, reason, outcome));
        } else {
            redactHere(room, id, reason, outcome);
        }
    }

    private void redactHere(RoomName room, String id, String reason, Outcome outcome) {
        send(room, from -> new RoomActor.Redact(from.ref(), id, reason, from.number(), from.replyTo()), outcome);
    }

    @Override
    public void kick(RoomName room, Nick target, String text, Outcome outcome) {
        send(room, from -> new RoomActor.Kick(from.ref(), target, text, from.number(), from.replyTo()), outcome);
    }

    @Override
    public void renameRoom(RoomName room, RoomName to, String reason, Outcome outcome) {
        send(room, from -> new RoomActor.RenameRoom(from.ref(), to, reason, from.number(), from.replyTo()), outcome);
    }

    @Override
    public void setModes(RoomName room, List<ModeChange> changes, Outcome outcome) {
        String owner = me.shown().account();
        if (owner.isEmpty() || changes.stream().noneMatch(ClientRooms::isRegistration)) {
            setModesNow(room, changes, outcome);
            return;
        }
        work.<RegistrationLimit.Command, RegistrationLimit.Decision>ask(
                services.registrations(),
                replyTo -> new RegistrationLimit.MayRegister(
                        room, owner, me.opener().address(), replyTo),
                services.settings().answerTimeout(),
                answer -> registering(room, changes, answer, outcome));
    }

    private static boolean isRegistration(ModeChange change) {
        return change.set() && change.mode() == Mode.REGISTERED;
    }

    private void setModesNow(RoomName room, List<ModeChange> changes, Outcome outcome) {
        send(room, from -> new RoomActor.SetModes(from.ref(), changes, from.number(), from.replyTo()), outcome);
    }

    /** Sets the other modes in any case. */
    private void registering(
            RoomName room, List<ModeChange> changes, Optional<RegistrationLimit.Decision> answer, Outcome outcome) {
        Optional<Refusal> refusal = answer.isEmpty()
                ? Optional.of(ClientQuestions.doesNotAnswer(room))
                : answer.get().refusal();
        if (refusal.isEmpty()) {
            setModesNow(room, changes, outcome);
            return;
        }
        List<ModeChange> others =
                changes.stream().filter(change -> !isRegistration(change)).toList();
        if (!others.isEmpty()) {
            setModesNow(room, others, outcome);
        }
        refuse(room, refusal.get(), outcome);
    }

    // Events and replies

    /** Whether the client has not seen the effect of one of its commands yet. */
    boolean isExpecting(@Nullable Membership in) {
        return memberships.outstanding() > 0 || (in != null && in.isExpecting());
    }

    /** The part of a batch that fits: of missed events, perhaps only the newest, after a gap. */
    EventBatch fitting(EventBatch batch, Membership m) {
        boolean catchingUp = batch.events().size() >= CatchUp.FEW && m.isCatchingUp();
        int surplus = catchingUp ? CatchUp.surplus(batch, outbox.free() / 2) : 0;
        if (surplus == 0) {
            return batch;
        }
        EventBatch rest = batch.without(surplus);
        joiner.carryOut(m, m.gap(new RoomEvent.Gap(batch.room(), m.seq(), CatchUp.next(rest))));
        return rest;
    }

    /** The client has been shown a batch. */
    void shown(EventBatch batch, Membership m) {
        if (me.hasAccount() && batch.lastSeq() > m.seq()) {
            m.willBeWritten(outbox.progress());
        }
        joiner.carryOut(m, m.shown(batch, me));
    }

    void on(RoomEvent.Gap gap) {
        memberships.find(gap.room()).ifPresent(m -> joiner.carryOut(m, m.gap(gap)));
    }

    /** The reply to a command. */
    void on(RoomReply reply) {
        memberships.findByCommand(reply.number()).ifPresent(m -> joiner.carryOut(m, m.answered(reply)));
    }

    /** The rooms that the dialect shows, with the seq up to which their events have been written to the connection. */
    List<UserRoom> seen() {
        Outbox.Progress written = outbox.progress();
        return memberships.copy().stream()
                .filter(m -> dialect.shows(m.room()))
                .flatMap(m -> m.seen(written).stream())
                .toList();
    }
}
