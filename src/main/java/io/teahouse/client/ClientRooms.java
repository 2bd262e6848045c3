package io.teahouse.client;

import io.teahouse.client.Memberships.Asker;
import io.teahouse.room.EventType;
import io.teahouse.room.HistoryRange;
import io.teahouse.room.Mode;
import io.teahouse.room.ModeChange;
import io.teahouse.room.Nick;
import io.teahouse.room.OutgoingMessage;
import io.teahouse.room.Refusal;
import io.teahouse.room.RegistrationLimit;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.user.Place;
import io.teahouse.user.UserSnapshot;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What one client does in rooms: in those that it is in, in others as far as they let it, and in conversations, which are
 * rooms of two. Runs in the client's actor.
 */
final class ClientRooms implements Session.Rooms {
    private final Services services;
    private final CurrentUser me;
    private final Memberships memberships;
    private final ClientQuestions questions;
    private final ClientAccount account;
    private final PendingWork work;

    ClientRooms(
            Services services,
            CurrentUser me,
            Memberships memberships,
            ClientQuestions questions,
            ClientAccount account,
            PendingWork work) {
        this.services = services;
        this.me = me;
        this.memberships = memberships;
        this.questions = questions;
        this.account = account;
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
            memberships.join(room, key, key.isEmpty() ? outcome : countingKeys(outcome));
        }
    }

    /** Keys that are wrong count, so that nobody can try many of them. */
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
        memberships.part(room, text);
    }

    // Saying something

    @Override
    public void say(RoomName room, OutgoingMessage words, Outcome outcome) {
        spoke();
        if (memberships.isIn(room)) {
            memberships.act(room, asker -> say(asker, words), outcome);
        } else {
            me.nick().ifPresent(nick -> questions.ask(room, fromOutside(nick, words), reply -> tell(reply, outcome)));
        }
    }

    private void spoke() {
        memberships.active();
    }

    private static RoomActor.Say say(Asker asker, OutgoingMessage words) {
        return new RoomActor.Say(asker.ref(), words, asker.number(), asker.replyTo());
    }

    private RoomActor.SayFromOutside fromOutside(Nick nick, OutgoingMessage words) {
        Asker asker = memberships.asker();
        return new RoomActor.SayFromOutside(nick, me.profile(), asker.ref(), words, asker.number(), asker.replyTo());
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
        memberships.act(room, asker -> signal(asker, words), outcome);
    }

    private static RoomActor.Signal signal(Asker asker, OutgoingMessage words) {
        return new RoomActor.Signal(asker.ref(), words.attributes(), words.audience(), asker.number(), asker.replyTo());
    }

    // To one user

    @Override
    public void whisper(UserSnapshot to, OutgoingMessage words, Outcome outcome) {
        spoke();
        converse(to, asker -> say(asker, words), outcome);
    }

    @Override
    public void signal(UserSnapshot to, OutgoingMessage words, Outcome outcome) {
        converse(to, asker -> signal(asker, words), outcome);
    }

    private void converse(UserSnapshot to, Function<Asker, RoomActor.Asking> command, Outcome outcome) {
        if (me.nick().isPresent()) {
            memberships.converse(RoomName.conversation(me.identity(), to.id().value()), to, command, outcome);
        }
    }

    // Changing something

    @Override
    public void setTopic(RoomName room, String text, Outcome outcome) {
        memberships.act(
                room, asker -> new RoomActor.SetTopic(asker.ref(), text, asker.number(), asker.replyTo()), outcome);
    }

    @Override
    public void redact(RoomName room, String id, String reason, Outcome outcome) {
        if (room.isConversation() && !memberships.isIn(room)) { // to ask there brings the client in
            questions.history(
                    room, HistoryRange.latest(0), EventType.ALL, reply -> redactHere(room, id, reason, outcome));
        } else {
            redactHere(room, id, reason, outcome);
        }
    }

    private void redactHere(RoomName room, String id, String reason, Outcome outcome) {
        memberships.act(
                room, asker -> new RoomActor.Redact(asker.ref(), id, reason, asker.number(), asker.replyTo()), outcome);
    }

    @Override
    public void kick(RoomName room, Nick target, String text, Outcome outcome) {
        memberships.act(
                room, asker -> new RoomActor.Kick(asker.ref(), target, text, asker.number(), asker.replyTo()), outcome);
    }

    @Override
    public void renameRoom(RoomName room, RoomName to, String reason, Outcome outcome) {
        memberships.act(
                room,
                asker -> new RoomActor.RenameRoom(asker.ref(), to, reason, asker.number(), asker.replyTo()),
                outcome);
    }

    @Override
    public void setModes(RoomName room, List<ModeChange> changes, Outcome outcome) {
        String owner = me.profile().account();
        if (owner.isEmpty() || changes.stream().noneMatch(ClientRooms::isRegistration)) {
            setModesNow(room, changes, outcome);
            return;
        }
        work.ask(
                services.registrations(),
                RegistrationLimit.Decision.class,
                replyTo -> new RegistrationLimit.MayRegister(
                        room, owner, me.opener().address(), replyTo),
                services.settings().answerTimeout(),
                answer -> registering(room, changes, answer, outcome));
    }

    private static boolean isRegistration(ModeChange change) {
        return change.set() && change.mode() == Mode.REGISTERED;
    }

    private void setModesNow(RoomName room, List<ModeChange> changes, Outcome outcome) {
        memberships.act(
                room, asker -> new RoomActor.SetModes(asker.ref(), changes, asker.number(), asker.replyTo()), outcome);
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
}
