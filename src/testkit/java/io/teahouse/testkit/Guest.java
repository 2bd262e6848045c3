package io.teahouse.testkit;

import akka.actor.typed.ActorRef;
import io.teahouse.room.Delivery;
import io.teahouse.room.HistoryRange;
import io.teahouse.room.Nick;
import io.teahouse.room.OutgoingMessage;
import io.teahouse.room.Profile;
import io.teahouse.room.Ranks;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomEvent.Departure;
import io.teahouse.room.RoomEvent.Kind;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import java.util.Optional;

/** A user in tests of rooms: makes the commands of a member, which the test sends when it likes. */
public class Guest {
    private final Nick nick;
    private final ActorRef<RoomEvent> member;
    private final ActorRef<RoomReply> replyTo;

    /**
     * @param member receives the events
     * @param replyTo receives the answers
     */
    public Guest(String name, ActorRef<RoomEvent> member, ActorRef<RoomReply> replyTo) {
        this.nick = Nick.of(name);
        this.member = member;
        this.replyTo = replyTo;
    }

    public final Nick nick() {
        return nick;
    }

    /** Receives the events of the room, and is who the room takes the guest for. */
    public final ActorRef<RoomEvent> member() {
        return member;
    }

    public final ActorRef<RoomReply> replyTo() {
        return replyTo;
    }

    public final RoomActor.Join join() {
        return new RoomActor.Join(nick, member, replyTo);
    }

    public final RoomActor.Join joinBatched() {
        return join(Delivery.BATCHED, Optional.empty());
    }

    public final RoomActor.Join joinSilently() {
        return join(Delivery.EACH, Optional.of(new RoomActor.Back(-1, Ranks.NONE)));
    }

    /** Rejoins silently, having seen all events up to that seq. */
    public final RoomActor.Join resume(long since) {
        return join(Delivery.EACH, Optional.of(new RoomActor.Back(since, Ranks.NONE)));
    }

    private RoomActor.Join join(Delivery delivery, Optional<RoomActor.Back> back) {
        return new RoomActor.Join(nick, Profile.APPLICATION, "", member, delivery, back, replyTo);
    }

    public final RoomActor.Say say(String text) {
        return new RoomActor.Say(member, text, replyTo);
    }

    /** With an id by which a message that is sent again is recognized. */
    public final RoomActor.Say say(String text, String clientId) {
        return new RoomActor.Say(member, new OutgoingMessage(Kind.MESSAGE, text, clientId), replyTo);
    }

    public final RoomActor.SetTopic topic(String text) {
        return new RoomActor.SetTopic(member, text, replyTo);
    }

    public final RoomActor.Leave leave(Departure how, String text) {
        return new RoomActor.Leave(member, how, text);
    }

    public final RoomActor.Leave part() {
        return leave(Departure.PARTED, "");
    }

    public final RoomActor.Rename rename(String to) {
        return new RoomActor.Rename(member, Nick.of(to), 0, replyTo);
    }

    public final RoomActor.RenameRoom renameRoom(String to) {
        return new RoomActor.RenameRoom(member, RoomName.of(to), "why", replyTo);
    }

    public final RoomActor.Kick kick(String target, String text) {
        return new RoomActor.Kick(member, Nick.of(target), text, replyTo);
    }

    /** Redacts the message with that id. */
    public final RoomActor.Redact redact(String target) {
        return new RoomActor.Redact(member, target, "", replyTo);
    }

    public final RoomActor.Names names() {
        return new RoomActor.Names(replyTo);
    }

    /** Asks for the history between two seqs. */
    public final RoomActor.History history(long from, long to, int limit) {
        return new RoomActor.History(member, HistoryRange.seqs(from, to, limit), replyTo);
    }
}
