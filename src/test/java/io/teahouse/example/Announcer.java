package io.teahouse.example;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.teahouse.room.Nick;
import io.teahouse.room.OutgoingMessage;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomReply;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * A member with a protocol of its own. What the room tells its members and what it answers are two types; an adapter for
 * each makes both of them commands of this actor. It says what the application wants, and tells it what became of it.
 */
public final class Announcer extends AbstractBehavior<Announcer.Command> {
    public sealed interface Command {}

    /** Say this in the room. Answered by an {@link Outcome}. */
    public record Announce(String text, ActorRef<Outcome> replyTo) implements Command {}

    private record Heard(RoomEvent event) implements Command {}

    private record Answered(RoomReply reply) implements Command {}

    /** What became of something that was to be said. */
    public sealed interface Outcome {}

    /** It is stored, and all members see it. */
    public record Shown(long seq) implements Outcome {}

    /** Nobody saw it. */
    public record NotShown(String why) implements Outcome {}

    private final ActorRef<RoomActor.Command> room;
    private final ActorRef<RoomEvent> member;
    private final ActorRef<RoomReply> replies;
    private final Map<String, ActorRef<Outcome>> waiting = new HashMap<>();

    public static Behavior<Command> create(Nick name, ActorRef<RoomActor.Command> room) {
        return Behaviors.setup(context -> new Announcer(context, name, room));
    }

    private Announcer(ActorContext<Command> context, Nick name, ActorRef<RoomActor.Command> room) {
        super(context);
        this.room = room;
        this.member = context.messageAdapter(RoomEvent.class, Heard::new);
        this.replies = context.messageAdapter(RoomReply.class, Answered::new);
        room.tell(new RoomActor.Join(name, member, replies));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Announce.class, this::onAnnounce)
                .onMessage(Heard.class, this::onHeard)
                .onMessage(Answered.class, this::onAnswered)
                .build();
    }

    /** The id of its own finds the receipt again, and would make it safe to say it once more. */
    private Behavior<Command> onAnnounce(Announce announce) {
        String id = UUID.randomUUID().toString();
        waiting.put(id, announce.replyTo);
        room.tell(new RoomActor.Say(member, new OutgoingMessage(RoomEvent.Kind.NOTICE, announce.text, id), replies));
        return this;
    }

    private Behavior<Command> onHeard(Heard heard) {
        if (heard.event instanceof RoomEvent.Said said) {
            tell(said.clientId(), new Shown(said.seq()));
        }
        return this;
    }

    private Behavior<Command> onAnswered(Answered answered) {
        if (answered.reply instanceof RoomReply.Refused refused) {
            tell(refused.clientId(), new NotShown(refused.refusal().text()));
        }
        return this;
    }

    private void tell(String id, Outcome outcome) {
        ActorRef<Outcome> asked = waiting.remove(id);
        if (asked != null) {
            asked.tell(outcome);
        }
    }
}
