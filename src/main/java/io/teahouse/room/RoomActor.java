package io.teahouse.room;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import io.teahouse.room.RoomEvent.Departure;
import io.teahouse.room.RoomEvent.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A room: holds its members, puts what happens in order, stores what is said, and tells everybody. A message is shown
 * only after its log has stored it, and the event is its sender's receipt. Here is what it can be asked; how it lives is
 * {@link RoomOpening}, then {@link OpenRoom}.
 *
 * <p>A member is any {@code ActorRef<RoomEvent>}; the room watches it. A room that fails stops; whoever watches it (see
 * {@link RoomEvent.Welcome#self}) finds it again by the directory and joins once more, silently, after the seq that he
 * saw last.
 */
public final class RoomActor {
    private RoomActor() {}

    /** A room by itself, with a log in memory, for an application that spawns its own. */
    public static Behavior<Command> create(RoomName name) {
        RoomSettings settings = RoomSettings.defaults();
        return create(new RoomParts(name, new MemoryRoomLog(MemoryRoomLogs.DEFAULT_CAPACITY), settings));
    }

    /** A room with the given log, rules, limits and clock. */
    public static Behavior<Command> create(RoomParts parts) {
        return Behaviors.setup(context -> {
            context.setLoggerName(RoomActor.class);
            return RoomOpening.create(parts);
        });
    }

    /** What a room can be asked. */
    public sealed interface Command {}

    /** A command that is answered, if only when it is refused. */
    public sealed interface Asking extends Command {
        /** Chosen by the asker; every reply carries it. 0: the asker needs none. */
        long number();

        ActorRef<RoomReply> replyTo();

        /** The asker's own id for it, or empty. */
        default String clientId() {
            return "";
        }
    }

    /** What a room and its parts tell themselves. */
    non-sealed interface Internal extends Command {}

    /**
     * A user, as a room gets to know them.
     *
     * @param id who they are; one member for each
     * @param profile without the address
     * @param address see {@link Profile#address}
     * @param serverOperator whether they are an operator of the server, see {@link ServerOperator}
     * @param owner the membership ends when this actor ends, unless another {@link Join} has named another one since; it {@linkplain Unsubscribe unsubscribes} those of the member's
     *     subscribers that end before
     * @param observer is told how the user stands in the room; empty for an actor that speaks for itself
     */
    public record Identity(
            UserId id,
            Nick nick,
            Profile profile,
            String address,
            boolean serverOperator,
            ActorRef<?> owner,
            Optional<ActorRef<MemberEvent>> observer) {
        /** @param profile with the address */
        public Identity(
                UserId id,
                Nick nick,
                Profile profile,
                boolean serverOperator,
                ActorRef<?> owner,
                Optional<ActorRef<MemberEvent>> observer) {
            this(id, nick, profile.shown(), profile.address(), serverOperator, owner, observer);
        }

        /** For masks only. */
        Profile profileWithAddress() {
            return address.isEmpty() ? profile : profile.withAddress(address);
        }

        /** An actor that speaks for itself. */
        static Identity of(Nick nick, Profile profile, boolean serverOperator, ActorRef<RoomEvent> self) {
            UserId id = UserId.of(self);
            Profile known = profile.id().isKnown() ? profile : profile.withGuest(id);
            return new Identity(id, nick, known, serverOperator, self, Optional.empty());
        }
    }

    /**
     * Join, or subscribe once more: if the user is a member already, the others are told nothing. Answered by {@link
     * RoomEvent.Welcome} to the subscriber, or by a refusal. Who subscribes already is welcomed again. Without a
     * subscriber, {@link MemberEvent.Placed} is the answer, also to a user who is a member already.
     *
     * @param key opens a room that is locked with one; else ignored
     * @param subscriber where the events go; empty for a user who is away
     * @param back for a member who was here before the room failed: nobody is told
     */
    public record Join(
            Identity user,
            String key,
            Optional<ActorRef<RoomEvent>> subscriber,
            Delivery delivery,
            Optional<Back> back,
            long number,
            ActorRef<RoomReply> replyTo)
            implements Asking {
        /** By a connection of the user. */
        public Join(
                Identity user,
                String key,
                ActorRef<RoomEvent> subscriber,
                Delivery delivery,
                Optional<Back> back,
                long number,
                ActorRef<RoomReply> replyTo) {
            this(user, key, Optional.of(subscriber), delivery, back, number, replyTo);
        }

        /** A user without a connection, who was a member before. */
        public static Join away(Identity user, Back back, long number, ActorRef<RoomReply> replyTo) {
            return new Join(user, "", Optional.empty(), Delivery.BATCHED, Optional.of(back), number, replyTo);
        }

        /** An actor that speaks for itself. */
        public Join(
                Nick nick,
                Profile profile,
                String key,
                ActorRef<RoomEvent> member,
                Delivery delivery,
                Optional<Back> back,
                boolean serverOperator,
                long number,
                ActorRef<RoomReply> replyTo) {
            this(Identity.of(nick, profile, serverOperator, member), key, member, delivery, back, number, replyTo);
        }

        /** Who is no operator of the server. */
        public Join(
                Nick nick,
                Profile profile,
                String key,
                ActorRef<RoomEvent> member,
                Delivery delivery,
                Optional<Back> back,
                ActorRef<RoomReply> replyTo) {
            this(nick, profile, key, member, delivery, back, false, 0, replyTo);
        }

        /** A newcomer who is told each event by itself. */
        public Join(Nick nick, ActorRef<RoomEvent> member, ActorRef<RoomReply> replyTo) {
            this(nick, Profile.APPLICATION, "", member, Delivery.EACH, Optional.empty(), replyTo);
        }
    }

    /**
     * Where a member was when the room failed, or up to where the user of a new subscriber was told what happened.
     *
     * @param since the seq of the last event that was seen, to be told what followed; -1: from now on
     * @param ranks what the member held
     * @param member the user must be a member already
     */
    public record Back(long since, Ranks ranks, boolean member) {
        /** After the room failed. */
        public Back(long since, Ranks ranks) {
            this(since, ranks, false);
        }
    }

    /**
     * Leave, with all subscribers. What the member said before is shown before; no answer.
     *
     * @param by the subscriber that has asked for it; empty: none
     */
    public record Leave(UserId user, Departure how, String text, Optional<ActorRef<RoomEvent>> by, long cause)
            implements Command {
        /** By none of the subscribers. */
        public Leave(UserId user, Departure how, String text, long cause) {
            this(user, how, text, Optional.empty(), cause);
        }

        /** An actor that speaks for itself. */
        public Leave(ActorRef<RoomEvent> member, Departure how, String text, long cause) {
            this(UserId.of(member), how, text, Optional.of(member), cause);
        }

        /** Leaves this room and no other. */
        public Leave(ActorRef<RoomEvent> member, Departure how, String text) {
            this(member, how, text, 0);
        }
    }

    /** Be told nothing more from now on; the member stays. No answer. */
    public record Unsubscribe(ActorRef<RoomEvent> subscriber) implements Command {}

    /** A command to say something. */
    public sealed interface Saying extends Asking {
        OutgoingMessage message();

        @Override
        default String clientId() {
            return message().clientId();
        }
    }

    /** Say something. The receipt is the event itself, which the sender is told like everybody else. */
    public record Say(ActorRef<RoomEvent> member, OutgoingMessage message, long number, ActorRef<RoomReply> replyTo)
            implements Saying {
        public Say(ActorRef<RoomEvent> member, OutgoingMessage message, ActorRef<RoomReply> replyTo) {
            this(member, message, 0, replyTo);
        }

        /** A plain message without a client id. */
        public Say(ActorRef<RoomEvent> member, String text, ActorRef<RoomReply> replyTo) {
            this(member, new OutgoingMessage(Kind.MESSAGE, text), replyTo);
        }
    }

    /** Say something without being a member, where the room lets that be. Answered by {@link RoomReply.Shown}. */
    public record SayFromOutside(
            Nick nick,
            Profile profile,
            ActorRef<RoomEvent> ref,
            OutgoingMessage message,
            long number,
            ActorRef<RoomReply> replyTo)
            implements Saying {
        public SayFromOutside(
                Nick nick,
                Profile profile,
                ActorRef<RoomEvent> ref,
                OutgoingMessage message,
                ActorRef<RoomReply> replyTo) {
            this(nick, profile, ref, message, 0, replyTo);
        }
    }

    /** Something for programs; see {@link RoomEvent.Signalled}, which is its receipt. */
    public record Signal(
            ActorRef<RoomEvent> member,
            Attributes attributes,
            Audience audience,
            long number,
            ActorRef<RoomReply> replyTo)
            implements Asking {
        public Signal(
                ActorRef<RoomEvent> member, Attributes attributes, Audience audience, ActorRef<RoomReply> replyTo) {
            this(member, attributes, audience, 0, replyTo);
        }
    }

    /**
     * Others may know something new of the member. Answered by {@link RoomReply.Done} after the event. If the member's id is
     * that of their profile, it is the id of {@code to} from now on; refused if there is a member with that id.
     */
    public record ChangeProfile(UserId user, Profile to, long cause, long number, ActorRef<RoomReply> replyTo)
            implements Asking {
        /** An actor that speaks for itself. */
        public ChangeProfile(ActorRef<RoomEvent> member, Profile to, long cause, ActorRef<RoomReply> replyTo) {
            this(UserId.of(member), to, cause, 0, replyTo);
        }
    }

    /** Set the room otherwise. Answered by {@link RoomReply.ModesSet}, and a refusal for who is no member. */
    public record SetModes(
            ActorRef<RoomEvent> member, List<ModeChange> changes, long number, ActorRef<RoomReply> replyTo)
            implements Asking {
        public SetModes(ActorRef<RoomEvent> member, List<ModeChange> changes, ActorRef<RoomReply> replyTo) {
            this(member, changes, 0, replyTo);
        }
    }

    /** The member has become an operator of the server, or is one no longer. No answer. */
    public record ServerOperator(UserId user, boolean is) implements Command {
        /** An actor that speaks for itself. */
        public ServerOperator(ActorRef<RoomEvent> member, boolean is) {
            this(UserId.of(member), is);
        }
    }

    /** How is the room set? Anybody may ask. {@code list}: which list to add. By {@link RoomReply.Description}. */
    public record Describe(ActorRef<RoomEvent> asker, Optional<Mode> list, long number, ActorRef<RoomReply> replyTo)
            implements Asking {
        public Describe(ActorRef<RoomEvent> asker, Optional<Mode> list, ActorRef<RoomReply> replyTo) {
            this(asker, list, 0, replyTo);
        }
    }

    /**
     * Invite somebody. Answered by {@link RoomReply.Invitation}.
     *
     * @param target the nick, as the others are told it
     * @param user who is invited, whatever the nick
     */
    public record Invite(ActorRef<RoomEvent> member, Nick target, UserId user, long number, ActorRef<RoomReply> replyTo)
            implements Asking {
        public Invite(ActorRef<RoomEvent> member, Nick target, UserId user, ActorRef<RoomReply> replyTo) {
            this(member, target, user, 0, replyTo);
        }
    }

    /** Set the topic; empty: none. Stored like a message. */
    public record SetTopic(ActorRef<RoomEvent> member, String text, long number, ActorRef<RoomReply> replyTo)
            implements Asking {
        public SetTopic(ActorRef<RoomEvent> member, String text, ActorRef<RoomReply> replyTo) {
            this(member, text, 0, replyTo);
        }
    }

    /** Renames the member. Answered by {@link RoomReply.Done} after the event. */
    public record Rename(UserId user, Nick to, long cause, long number, ActorRef<RoomReply> replyTo) implements Asking {
        /** An actor that speaks for itself. */
        public Rename(ActorRef<RoomEvent> member, Nick to, long cause, ActorRef<RoomReply> replyTo) {
            this(UserId.of(member), to, cause, 0, replyTo);
        }
    }

    /**
     * Call the room otherwise. The event is the answer; if the directory does not agree in time, a
     * {@link RoomReply.InDoubt} comes before it.
     */
    public record RenameRoom(
            ActorRef<RoomEvent> member, RoomName to, String reason, long number, ActorRef<RoomReply> replyTo)
            implements Asking {
        public RenameRoom(ActorRef<RoomEvent> member, RoomName to, String reason, ActorRef<RoomReply> replyTo) {
            this(member, to, reason, 0, replyTo);
        }
    }

    /**
     * Answers a {@link RoomLifecycle.Rename}.
     *
     * @param refusal empty: the room has the new name from now on
     */
    public record NameAnswer(RoomName to, Optional<Refusal> refusal) implements Command {}

    /** Note something about the room under a key; empty: nothing any more. Answered by {@link RoomReply.Metadata}. */
    public record SetMetadata(
            ActorRef<RoomEvent> member, String key, String value, long number, ActorRef<RoomReply> replyTo)
            implements Asking {
        public SetMetadata(ActorRef<RoomEvent> member, String key, String value, ActorRef<RoomReply> replyTo) {
            this(member, key, value, 0, replyTo);
        }
    }

    /** Forget all that is noted about the room. Answered by {@link RoomReply.Metadata}: the keys that there were. */
    public record ClearMetadata(ActorRef<RoomEvent> member, long number, ActorRef<RoomReply> replyTo)
            implements Asking {
        public ClearMetadata(ActorRef<RoomEvent> member, ActorRef<RoomReply> replyTo) {
            this(member, 0, replyTo);
        }
    }

    /** What is noted about the room? Answered by {@link RoomReply.Metadata}. */
    public record GetMetadata(ActorRef<RoomEvent> asker, long number, ActorRef<RoomReply> replyTo) implements Asking {
        public GetMetadata(ActorRef<RoomEvent> asker, ActorRef<RoomReply> replyTo) {
            this(asker, 0, replyTo);
        }
    }

    /**
     * Something else is noted about the member; {@code changes} as in {@link RoomEvent.MetadataChanged}. Answered by {@link
     * RoomReply.Done} after the event.
     */
    public record TellMetadata(
            UserId user, Map<String, String> changes, long cause, long number, ActorRef<RoomReply> replyTo)
            implements Asking {
        /** An actor that speaks for itself. */
        public TellMetadata(
                ActorRef<RoomEvent> member, Map<String, String> changes, long cause, ActorRef<RoomReply> replyTo) {
            this(UserId.of(member), changes, cause, 0, replyTo);
        }
    }

    /** Put somebody out. */
    public record Kick(ActorRef<RoomEvent> by, Nick target, String text, long number, ActorRef<RoomReply> replyTo)
            implements Asking {
        public Kick(ActorRef<RoomEvent> by, Nick target, String text, ActorRef<RoomReply> replyTo) {
            this(by, target, text, 0, replyTo);
        }
    }

    /** Who is here? Anybody may ask. Answered by {@link RoomReply.NameList}. */
    public record Names(long number, ActorRef<RoomReply> replyTo) implements Asking {
        public Names(ActorRef<RoomReply> replyTo) {
            this(0, replyTo);
        }
    }

    /**
     * What was said? Members only. Answered by {@link RoomReply.Past}.
     *
     * @param sorts what is wanted
     * @param notBefore nothing earlier is told
     */
    public record History(
            ActorRef<RoomEvent> member,
            HistoryRange span,
            Set<EventType> sorts,
            Instant notBefore,
            long number,
            ActorRef<RoomReply> replyTo)
            implements Asking {
        /** Everything that lies there. */
        public History(ActorRef<RoomEvent> member, HistoryRange span, ActorRef<RoomReply> replyTo) {
            this(member, span, EventType.ALL, Instant.EPOCH, 0, replyTo);
        }
    }

    /** Take something back that was said. Stored like a message; the event is the answer. */
    public record Redact(
            ActorRef<RoomEvent> member, String target, String reason, long number, ActorRef<RoomReply> replyTo)
            implements Asking {
        public Redact(ActorRef<RoomEvent> member, String target, String reason, ActorRef<RoomReply> replyTo) {
            this(member, target, reason, 0, replyTo);
        }
    }

    /**
     * End at once, in whatever state. It is for the members as if the room had failed: they find it again, and what was not
     * stored is lost. For whoever opened it, or an application that spawned it by itself. No answer: watch the room.
     */
    public record Stop() implements Command {}

    /** End, if nobody is here and nothing waits to be stored; a room that goes on answers. For whoever opened it. */
    public record StopIfEmpty(ActorRef<RoomLifecycle.StillUsed> replyTo) implements Command {}
}
