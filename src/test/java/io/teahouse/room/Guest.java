package io.teahouse.room;

import akka.actor.typed.ActorRef;
import io.teahouse.room.RoomEvent.Departure;
import io.teahouse.room.RoomEvent.Kind;
import java.util.Optional;

/** A user in tests of rooms: creates commands. */
class Guest {
    final Nick nick;
    final ActorRef<RoomEvent> member;
    final ActorRef<RoomReply> replyTo;

    Guest(String name, ActorRef<RoomEvent> member, ActorRef<RoomReply> replyTo) {
        this.nick = Nick.of(name);
        this.member = member;
        this.replyTo = replyTo;
    }

    RoomActor.Join join() {
        return new RoomActor.Join(nick, member, replyTo);
    }

    RoomActor.Join joinBatched() {
        return join(Delivery.BATCHED, Optional.empty());
    }

    RoomActor.Join joinSilently() {
        return join(Delivery.EACH, Optional.of(new RoomActor.Back(-1, Ranks.NONE)));
    }

    /** Rejoins silently, having seen all events up to that seq. */
    RoomActor.Join resume(long since) {
        return join(Delivery.EACH, Optional.of(new RoomActor.Back(since, Ranks.NONE)));
    }

    private RoomActor.Join join(Delivery delivery, Optional<RoomActor.Back> back) {
        return new RoomActor.Join(nick, Profile.APPLICATION, "", member, delivery, back, replyTo);
    }

    RoomActor.Say say(String text) {
        return new RoomActor.Say(member, text, replyTo);
    }

    RoomActor.Say say(String text, String clientId) {
        return new RoomActor.Say(member, new OutgoingMessage(Kind.MESSAGE, text, clientId), replyTo);
    }

    RoomActor.SetTopic topic(String text) {
        return new RoomActor.SetTopic(member, text, replyTo);
    }

    RoomActor.Leave leave(Departure how, String text) {
        return new RoomActor.Leave(member, how, text);
    }

    RoomActor.Leave part() {
        return leave(Departure.PARTED, "");
    }

    RoomActor.Rename rename(String to) {
        return new RoomActor.Rename(member, Nick.of(to), 0, replyTo);
    }

    RoomActor.RenameRoom renameRoom(String to) {
        return new RoomActor.RenameRoom(member, RoomName.of(to), "why", replyTo);
    }

    RoomActor.Kick kick(String target, String text) {
        return new RoomActor.Kick(member, Nick.of(target), text, replyTo);
    }

    RoomActor.Redact redact(String target) {
        return new RoomActor.Redact(member, target, "", replyTo);
    }

    RoomActor.Names names() {
        return new RoomActor.Names(replyTo);
    }

    RoomActor.History history(long from, long to, int limit) {
        return new RoomActor.History(member, HistoryRange.seqs(from, to, limit), replyTo);
    }
}
