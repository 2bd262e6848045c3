package io.teahouse.room;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import akka.annotation.InternalApi;
import io.teahouse.room.RoomEvent.Departure;
import io.teahouse.room.RoomEvent.Kind;
import io.teahouse.room.support.Check;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A room: holds its members, orders events, stores messages, and publishes both. A message is published only after its
 * log has stored it, and that event is the sender's receipt. This class holds the commands; the behaviours are {@link
 * RoomOpening}, then {@link OpenRoom}.
 *
 * <p>A member is any {@code ActorRef<RoomEvent>}; the room watches it. A room that fails stops. Members watch it (see
 * {@link RoomEvent.Welcome#self}), locate it again through the directory, and rejoin silently after the last seq that
 * they saw.
 */
public final class RoomActor {
    private RoomActor() {}

    /** A single room with a log in memory, for an application that spawns its own. */
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

    /** The commands of a room. */
    public sealed interface Command {}

    /** A command that is answered, at least when it is refused. */
    public sealed interface Asking extends Command {
        /** Chosen by the sender; every reply carries it. 0: the sender needs none. */
        long number();

        ActorRef<RoomReply> replyTo();

        /** The client id of the message, or empty. */
        default String clientId() {
            return "";
        }

        /** Whether the room may handle it twice: it changes nothing, or the room recognizes it. */
        default boolean isRepeatable() {
            return false;
        }
    }

    /** A question that changes nothing. */
    public sealed interface Query extends Asking {
        @Override
        default boolean isRepeatable() {
            return true;
        }
    }

    /** Messages of a room and its handlers to themselves. */
    non-sealed interface Internal extends Command {}

    /**
     * A user who joins a room.
     *
     * @param id of the user; a room has one member per id
     * @param profile without the address
     * @param address see {@link Profile#address}
     * @param serverOperator whether they are an operator of the server, see {@link ServerOperator}
     * @param owner the membership ends when this actor ends, unless a later {@link Join} has named another owner; the
     *     owner {@linkplain Unsubscribe unsubscribes} subscribers that end before it
     * @param observer receives the user's standing in the room; empty for an actor that speaks for itself
     */
    public record Identity(
            UserId id,
            Nick nick,
            Profile profile,
            String address,
            boolean serverOperator,
            ActorRef<?> owner,
            Optional<ActorRef<MemberEvent>> observer) {
        public Identity {
            Check.notNull(id, "id");
            Check.notNull(nick, "nick");
            Check.notNull(profile, "profile");
            Check.notNull(address, "address");
            Check.notNull(owner, "owner");
            Check.notNull(observer, "observer");
        }

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

        /** For an actor that speaks for itself. */
        static Identity of(Nick nick, Profile profile, boolean serverOperator, ActorRef<RoomEvent> self) {
            UserId id = UserId.of(Check.notNull(self, "member"));
            Profile known = profile.id().isKnown() ? profile : profile.withGuest(id);
            return new Identity(id, nick, known, serverOperator, self, Optional.empty());
        }
    }

    /**
     * Joins, or adds a subscriber: if the user is a member already, nothing is published. Answered by {@link
     * RoomEvent.Welcome} to the subscriber, also to one that subscribes already, or by a refusal. Without a subscriber,
     * {@link MemberEvent.Placed} is the answer, also to a user who is a member already.
     *
     * @param key the key of the room; ignored if it has none
     * @param subscriber receives the events; empty for a user who is away
     * @param back for a member from before a failure of the room: the join is not published
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
        public Join {
            Check.notNull(user, "user");
            Check.notNull(key, "key");
            Check.notNull(subscriber, "subscriber");
            Check.notNull(delivery, "delivery");
            Check.notNull(back, "back");
            Check.notNull(replyTo, "replyTo");
        }

        @Override
        public boolean isRepeatable() {
            return true;
        }

        /** Joins by a connection of the user. */
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

        /** Rejoins for a user without a connection. */
        public static Join away(Identity user, Back back, long number, ActorRef<RoomReply> replyTo) {
            return new Join(user, "", Optional.empty(), Delivery.BATCHED, Optional.of(back), number, replyTo);
        }

        /** For an actor that speaks for itself. */
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

        /** For a user who is no operator of the server. */
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

        /** For a new member who receives each event by itself. */
        public Join(Nick nick, ActorRef<RoomEvent> member, ActorRef<RoomReply> replyTo) {
            this(nick, Profile.APPLICATION, "", member, Delivery.EACH, Optional.empty(), replyTo);
        }
    }

    /**
     * The position from which a member rejoins after a failure, or a new subscriber catches up.
     *
     * @param since the seq of the last event that the member saw; later ones are sent; -1: only new ones
     * @param ranks the ranks that the member held
     * @param member the user must be a member already
     * @param announced the other members did not know that the user would be back: the join is published
     */
    @InternalApi
    public record Back(long since, Ranks ranks, boolean member, boolean announced) {
        public Back {
            Check.notNull(ranks, "ranks");
        }

        /** For members who know of it. */
        public Back(long since, Ranks ranks, boolean member) {
            this(since, ranks, member, false);
        }

        /** For a rejoin after a failure of the room. */
        public Back(long since, Ranks ranks) {
            this(since, ranks, false);
        }
    }

    /**
     * Leaves, with all subscribers. Earlier messages of the member are published first. No answer.
     *
     * @param by the subscriber that asked for it; empty: none
     */
    public record Leave(UserId user, Departure how, String text, Optional<ActorRef<RoomEvent>> by, long cause)
            implements Command {
        public Leave {
            Check.notNull(user, "user");
            Check.notNull(how, "how");
            Check.notNull(text, "text");
            Check.notNull(by, "by");
        }

        /** Leaves on behalf of no subscriber. */
        public Leave(UserId user, Departure how, String text, long cause) {
            this(user, how, text, Optional.empty(), cause);
        }

        /** For an actor that speaks for itself. */
        public Leave(ActorRef<RoomEvent> member, Departure how, String text, long cause) {
            this(UserId.of(member), how, text, Optional.of(member), cause);
        }

        /** Leaves only this room. */
        public Leave(ActorRef<RoomEvent> member, Departure how, String text) {
            this(member, how, text, 0);
        }
    }

    /** Ends a subscription; the member stays. No answer. */
    public record Unsubscribe(ActorRef<RoomEvent> subscriber) implements Command {
        public Unsubscribe {
            Check.notNull(subscriber, "subscriber");
        }
    }

    /**
     * An actor delivers for the subscribers of its node, if the room's {@link Fanout} has such. The subscriptions of an
     * earlier one of the same node end without notice. The room watches it. No answer but that of the fan-out.
     *
     * @param name the room, as the relay spells it
     * @param attempt chosen by the relay; all messages to it carry the number
     */
    @InternalApi
    public record Attach(RoomName name, ActorRef<?> relay, long attempt) implements Command {
        public Attach {
            Check.notNull(name, "name");
            Check.notNull(relay, "relay");
        }
    }

    /**
     * A command that a relay passes on, in order. No answer but that to the command.
     *
     * @param attempt the latest one, see {@link Attach}
     * @param place counts the commands of the attempt: 1, 2, 3 … The network may lose one without notice
     * @param number counts the commands of the relay: a room that has handled it does not do so again. 0: it may
     * @param author of a message that is sent again, as {@link Profile#senderId} has it: its user may have left since
     */
    @InternalApi
    public record Passed(
            ActorRef<?> relay, long attempt, long place, long number, Command command, Optional<UserId> author)
            implements Command {
        public Passed {
            Check.notNull(relay, "relay");
            Check.notNull(command, "command");
            Check.notNull(author, "author");
        }

        /** A command that no room has handled yet. */
        public Passed(ActorRef<?> relay, long attempt, long place, long number, Command command) {
            this(relay, attempt, place, number, command, Optional.empty());
        }
    }

    /**
     * A relay that has been sent nothing for a while asks for the number of the newest message to it: the network may have lost one. The
     * fan-out answers.
     *
     * @param attempt see {@link Attach}
     */
    @InternalApi
    public record TellNewest(ActorRef<?> relay, long attempt) implements Command {
        public TellNewest {
            Check.notNull(relay, "relay");
        }
    }

    /** A command that sends a message. */
    public sealed interface Saying extends Asking {
        OutgoingMessage message();

        @Override
        default boolean isRepeatable() {
            return !clientId().isEmpty();
        }

        @Override
        default String clientId() {
            return message().clientId();
        }
    }

    /** Sends a message. The receipt is the event itself, which the sender gets like all members. */
    public record Say(ActorRef<RoomEvent> member, OutgoingMessage message, long number, ActorRef<RoomReply> replyTo)
            implements Saying {
        public Say {
            Check.notNull(member, "member");
            Check.notNull(message, "message");
            Check.notNull(replyTo, "replyTo");
        }

        public Say(ActorRef<RoomEvent> member, OutgoingMessage message, ActorRef<RoomReply> replyTo) {
            this(member, message, 0, replyTo);
        }

        /** A plain message without a client id. */
        public Say(ActorRef<RoomEvent> member, String text, ActorRef<RoomReply> replyTo) {
            this(member, new OutgoingMessage(Kind.MESSAGE, text), replyTo);
        }
    }

    /** Sends a message without being a member, if the room allows it. Answered by {@link RoomReply.Shown}. */
    public record SayFromOutside(
            Nick nick,
            Profile profile,
            ActorRef<RoomEvent> ref,
            OutgoingMessage message,
            long number,
            ActorRef<RoomReply> replyTo)
            implements Saying {
        public SayFromOutside {
            Check.notNull(nick, "nick");
            Check.notNull(profile, "profile");
            Check.notNull(ref, "ref");
            Check.notNull(message, "message");
            Check.notNull(replyTo, "replyTo");
        }

        public SayFromOutside(
                Nick nick,
                Profile profile,
                ActorRef<RoomEvent> ref,
                OutgoingMessage message,
                ActorRef<RoomReply> replyTo) {
            this(nick, profile, ref, message, 0, replyTo);
        }
    }

    /** Sends a signal between programs. Its receipt is {@link RoomEvent.Signalled}. */
    public record Signal(
            ActorRef<RoomEvent> member,
            Attributes attributes,
            Audience audience,
            long number,
            ActorRef<RoomReply> replyTo)
            implements Asking {
        public Signal {
            Check.notNull(member, "member");
            Check.notNull(attributes, "attributes");
            Check.notNull(audience, "audience");
            Check.notNull(replyTo, "replyTo");
        }

        public Signal(
                ActorRef<RoomEvent> member, Attributes attributes, Audience audience, ActorRef<RoomReply> replyTo) {
            this(member, attributes, audience, 0, replyTo);
        }
    }

    /**
     * Changes the public profile of the member. Answered by {@link RoomReply.Done} after the event. If the member's id
     * comes from the profile, it changes to the id of {@code to}; refused if another member has that id.
     */
    public record ChangeProfile(UserId user, Profile to, long cause, long number, ActorRef<RoomReply> replyTo)
            implements Asking {
        public ChangeProfile {
            Check.notNull(user, "user");
            Check.notNull(to, "to");
            Check.notNull(replyTo, "replyTo");
        }

        /** For an actor that speaks for itself. */
        public ChangeProfile(ActorRef<RoomEvent> member, Profile to, long cause, ActorRef<RoomReply> replyTo) {
            this(UserId.of(member), to, cause, 0, replyTo);
        }
    }

    /**
     * Changes modes of the room. Answered by {@link RoomReply.ModesSet}, or by a refusal if the sender is no member.
     */
    public record SetModes(
            ActorRef<RoomEvent> member, List<ModeChange> changes, long number, ActorRef<RoomReply> replyTo)
            implements Asking {
        public SetModes {
            Check.notNull(member, "member");
            changes = List.copyOf(Check.notNull(changes, "changes"));
            Check.notNull(replyTo, "replyTo");
        }

        public SetModes(ActorRef<RoomEvent> member, List<ModeChange> changes, ActorRef<RoomReply> replyTo) {
            this(member, changes, 0, replyTo);
        }
    }

    /** Says whether the member is an operator of the server now. No answer. */
    public record ServerOperator(UserId user, boolean is) implements Command {
        public ServerOperator {
            Check.notNull(user, "user");
        }

        /** For an actor that speaks for itself. */
        public ServerOperator(ActorRef<RoomEvent> member, boolean is) {
            this(UserId.of(member), is);
        }
    }

    /**
     * Asks for the settings of the room; open to anybody. {@code list}: a list to include. Answered by {@link
     * RoomReply.Description}.
     */
    public record Describe(ActorRef<RoomEvent> asker, Optional<Mode> list, long number, ActorRef<RoomReply> replyTo)
            implements Query {
        public Describe {
            Check.notNull(asker, "asker");
            Check.notNull(list, "list");
            Check.notNull(replyTo, "replyTo");
        }

        public Describe(ActorRef<RoomEvent> asker, Optional<Mode> list, ActorRef<RoomReply> replyTo) {
            this(asker, list, 0, replyTo);
        }
    }

    /**
     * Invites a user. Answered by {@link RoomReply.Invitation}.
     *
     * @param target the nick, for the event
     * @param user the invited user
     */
    public record Invite(ActorRef<RoomEvent> member, Nick target, UserId user, long number, ActorRef<RoomReply> replyTo)
            implements Asking {
        public Invite {
            Check.notNull(member, "member");
            Check.notNull(target, "target");
            Check.notNull(user, "user");
            Check.notNull(replyTo, "replyTo");
        }

        public Invite(ActorRef<RoomEvent> member, Nick target, UserId user, ActorRef<RoomReply> replyTo) {
            this(member, target, user, 0, replyTo);
        }
    }

    /** Sets the topic; empty: none. Stored like a message. */
    public record SetTopic(ActorRef<RoomEvent> member, String text, long number, ActorRef<RoomReply> replyTo)
            implements Asking {
        public SetTopic {
            Check.notNull(member, "member");
            Check.notNull(text, "text");
            Check.notNull(replyTo, "replyTo");
        }

        public SetTopic(ActorRef<RoomEvent> member, String text, ActorRef<RoomReply> replyTo) {
            this(member, text, 0, replyTo);
        }
    }

    /** Renames the member. Answered by {@link RoomReply.Done} after the event. */
    public record Rename(UserId user, Nick to, long cause, long number, ActorRef<RoomReply> replyTo) implements Asking {
        public Rename {
            Check.notNull(user, "user");
            Check.notNull(to, "to");
            Check.notNull(replyTo, "replyTo");
        }

        /** For an actor that speaks for itself. */
        public Rename(ActorRef<RoomEvent> member, Nick to, long cause, ActorRef<RoomReply> replyTo) {
            this(UserId.of(member), to, cause, 0, replyTo);
        }
    }

    /**
     * Renames the room. The event is the answer; if the directory does not answer in time, a {@link RoomReply.InDoubt}
     * precedes it.
     */
    public record RenameRoom(
            ActorRef<RoomEvent> member, RoomName to, String reason, long number, ActorRef<RoomReply> replyTo)
            implements Asking {
        public RenameRoom {
            Check.notNull(member, "member");
            Check.notNull(to, "to");
            Check.notNull(reason, "reason");
            Check.notNull(replyTo, "replyTo");
        }

        public RenameRoom(ActorRef<RoomEvent> member, RoomName to, String reason, ActorRef<RoomReply> replyTo) {
            this(member, to, reason, 0, replyTo);
        }
    }

    /**
     * Answers a {@link RoomLifecycle.Rename}.
     *
     * @param refusal empty: the room has the new name from now on
     */
    @InternalApi
    public record NameAnswer(RoomName to, Optional<Refusal> refusal) implements Command {
        public NameAnswer {
            Check.notNull(to, "to");
            Check.notNull(refusal, "refusal");
        }
    }

    /**
     * The room has published a new name, and goes on under it as another actor: from now on it only tells relays so. Only
     * for the actor that opened it. No answer.
     */
    @InternalApi
    public record Moved(RoomName to) implements Command {
        public Moved {
            Check.notNull(to, "to");
        }
    }

    /** Sets a value of the room's metadata; an empty value removes the key. Answered by {@link RoomReply.Metadata}. */
    public record SetMetadata(
            ActorRef<RoomEvent> member, String key, String value, long number, ActorRef<RoomReply> replyTo)
            implements Asking {
        public SetMetadata {
            Check.notNull(member, "member");
            Check.notNull(key, "key");
            Check.notNull(value, "value");
            Check.notNull(replyTo, "replyTo");
        }

        public SetMetadata(ActorRef<RoomEvent> member, String key, String value, ActorRef<RoomReply> replyTo) {
            this(member, key, value, 0, replyTo);
        }
    }

    /** Removes all metadata of the room. Answered by {@link RoomReply.Metadata} with the removed keys. */
    public record ClearMetadata(ActorRef<RoomEvent> member, long number, ActorRef<RoomReply> replyTo)
            implements Asking {
        public ClearMetadata {
            Check.notNull(member, "member");
            Check.notNull(replyTo, "replyTo");
        }

        public ClearMetadata(ActorRef<RoomEvent> member, ActorRef<RoomReply> replyTo) {
            this(member, 0, replyTo);
        }
    }

    /** Asks for the metadata of the room. Answered by {@link RoomReply.Metadata}. */
    public record GetMetadata(ActorRef<RoomEvent> asker, long number, ActorRef<RoomReply> replyTo) implements Query {
        public GetMetadata {
            Check.notNull(asker, "asker");
            Check.notNull(replyTo, "replyTo");
        }

        public GetMetadata(ActorRef<RoomEvent> asker, ActorRef<RoomReply> replyTo) {
            this(asker, 0, replyTo);
        }
    }

    /**
     * Publishes changes of the member's metadata; {@code changes} as in {@link RoomEvent.MetadataChanged}. Answered by
     * {@link RoomReply.Done} after the event.
     */
    public record TellMetadata(
            UserId user, Map<String, String> changes, long cause, long number, ActorRef<RoomReply> replyTo)
            implements Asking {
        public TellMetadata {
            Check.notNull(user, "user");
            changes = Check.copy(changes, "changes");
            Check.notNull(replyTo, "replyTo");
        }

        /** For an actor that speaks for itself. */
        public TellMetadata(
                ActorRef<RoomEvent> member, Map<String, String> changes, long cause, ActorRef<RoomReply> replyTo) {
            this(UserId.of(member), changes, cause, 0, replyTo);
        }
    }

    /** Kicks a member. */
    public record Kick(ActorRef<RoomEvent> by, Nick target, String text, long number, ActorRef<RoomReply> replyTo)
            implements Asking {
        public Kick {
            Check.notNull(by, "by");
            Check.notNull(target, "target");
            Check.notNull(text, "text");
            Check.notNull(replyTo, "replyTo");
        }

        public Kick(ActorRef<RoomEvent> by, Nick target, String text, ActorRef<RoomReply> replyTo) {
            this(by, target, text, 0, replyTo);
        }
    }

    /** Asks for the members; open to anybody. Answered by {@link RoomReply.NameList}. */
    public record Names(long number, ActorRef<RoomReply> replyTo) implements Query {
        public Names {
            Check.notNull(replyTo, "replyTo");
        }

        public Names(ActorRef<RoomReply> replyTo) {
            this(0, replyTo);
        }
    }

    /**
     * Asks for a part of the history; members only. Answered by {@link RoomReply.Past}.
     *
     * @param sorts the types of events to return
     * @param notBefore earlier events are left out
     */
    public record History(
            ActorRef<RoomEvent> member,
            HistoryRange span,
            Set<EventType> sorts,
            Instant notBefore,
            long number,
            ActorRef<RoomReply> replyTo)
            implements Query {
        public History {
            Check.notNull(member, "member");
            Check.notNull(span, "span");
            sorts = Set.copyOf(Check.notNull(sorts, "sorts"));
            Check.notNull(notBefore, "notBefore");
            Check.notNull(replyTo, "replyTo");
        }

        /** Asks for all types of events in that range. */
        public History(ActorRef<RoomEvent> member, HistoryRange span, ActorRef<RoomReply> replyTo) {
            this(member, span, EventType.ALL, Instant.EPOCH, 0, replyTo);
        }
    }

    /** Redacts a message. Stored like a message; the event is the answer. */
    public record Redact(
            ActorRef<RoomEvent> member, String target, String reason, long number, ActorRef<RoomReply> replyTo)
            implements Asking {
        public Redact {
            Check.notNull(member, "member");
            Check.notNull(target, "target");
            Check.notNull(reason, "reason");
            Check.notNull(replyTo, "replyTo");
        }

        public Redact(ActorRef<RoomEvent> member, String target, String reason, ActorRef<RoomReply> replyTo) {
            this(member, target, reason, 0, replyTo);
        }
    }

    /**
     * An operator of the server does something to the room. The caller has checked that they may. Answered by {@link RoomReply.Done}
     * or as the operation says, or by a refusal.
     *
     * @param by what members see as the sender
     */
    public record Operate(Nick by, Profile profile, RoomOperation what, long number, ActorRef<RoomReply> replyTo)
            implements Asking {
        public Operate {
            Check.notNull(by, "by");
            Check.notNull(profile, "profile");
            Check.notNull(what, "what");
            Check.notNull(replyTo, "replyTo");
        }

        @Override
        public boolean isRepeatable() {
            return what instanceof RoomOperation.Show;
        }

        Operate withoutReply(ActorSystem<?> system) {
            return new Operate(by, profile, what, number, system.ignoreRef());
        }
    }

    /**
     * Stops the room at once, in any state. For its members this is like a failure: they locate it again, and messages
     * that are not stored are lost. Only for the actor that opened it. No answer: watch the room.
     */
    public record Stop() implements Command {}

    /**
     * Stops the room if it has no members and no pending messages; otherwise it answers. Only for the actor that opened
     * it.
     */
    @InternalApi
    public record StopIfEmpty(ActorRef<RoomLifecycle.StillUsed> replyTo) implements Command {
        public StopIfEmpty {
            Check.notNull(replyTo, "replyTo");
        }
    }
}
