package io.teahouse.room.member;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.actor.typed.receptionist.Receptionist;
import akka.actor.typed.receptionist.ServiceKey;
import akka.annotation.InternalApi;
import io.teahouse.room.EventBatch;
import io.teahouse.room.MemberEvent;
import io.teahouse.room.Nick;
import io.teahouse.room.OutgoingMessage;
import io.teahouse.room.Profile;
import io.teahouse.room.Refusal;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomEvent.Kind;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.room.UserId;
import io.teahouse.room.support.Check;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * A member of a room that belongs to the application. It joins the room, and joins it again whenever it was lost: after a failure of
 * the room silently, with the messages that it has missed. What it says is sent again until the room has answered, and shown once.
 *
 * <p>{@link #in} starts one. The handlers run in the actor, one after the other. All members with the same nick are one user: where
 * there are doors, nobody else can have the nick, WHOIS knows it, and direct messages go to {@link Builder#onDirect}.
 */
public final class RoomMember extends AbstractBehavior<RoomMember.Command> {
    public sealed interface Command {}

    /** Says something in the room. No answer; see {@link Builder#onRefused}. */
    public record Say(OutgoingMessage message) implements Command {
        public Say {
            Check.notNull(message, "message");
        }

        public Say(String text) {
            this(new OutgoingMessage(Kind.MESSAGE, text));
        }
    }

    /** Leaves the room, with parting words that may be empty, and stops. No answer: watch the actor. */
    public record Leave(String text) implements Command {
        public Leave {
            Check.notNull(text, "text");
        }
    }

    /** Who is this? Answered by {@link Introduction}, now and whenever it changes. For the doors. */
    @InternalApi
    public record Introduce(ActorRef<? super Introduction> replyTo) implements Command {}

    private record InRoom(Presence.Signal signal) implements Command {}

    private record Placed(MemberEvent event) implements Command {}

    private record ConversationEnded(RoomName room) implements Command {}

    private record DoorsEnded(ActorRef<?> doors) implements Command {}

    private enum Again implements Command {
        AGAIN
    }

    /**
     * Who a member is.
     *
     * @param profile with the id of the user
     * @param rooms of whom it found its room
     * @param placed how it stands in the room; empty: it is in none
     * @param direct receives the events of its conversations; empty: it takes no direct messages
     */
    @InternalApi
    public record Introduction(
            ActorRef<Command> member,
            Nick nick,
            Profile profile,
            ActorRef<RoomDirectory.Command> rooms,
            Optional<MemberEvent.Placed> placed,
            Optional<ActorRef<RoomEvent>> direct) {}

    /** Under it, the doors find all members of their actor system. */
    @InternalApi
    public static final ServiceKey<Introduce> KEY = ServiceKey.create(Introduce.class, "teahouse-room-member");

    /** What a handler can do. Only for the actor's own thread. */
    public interface Me {
        Nick nick();

        /** The room of the event; that of a direct message is the conversation. */
        RoomName room();

        /** Says something in that room, to everybody. */
        default void say(String text) {
            send(new OutgoingMessage(Kind.MESSAGE, text));
        }

        /** The same, so that no program answers automatically. */
        default void notice(String text) {
            send(new OutgoingMessage(Kind.NOTICE, text));
        }

        void send(OutgoingMessage message);

        /** Leaves its room, and stops. */
        void leave(String text);

        /** The actor itself. */
        ActorContext<Command> context();
    }

    /** Separates this user from a guest of the same nick. */
    private static final String APPLICATION = "application";

    private static final Duration REFUSED_PAUSE = Duration.ofSeconds(2);
    private static final Duration STORE_PAUSE = Duration.ofMillis(500);
    private static final Refusal FULL =
            new Refusal(Refusal.Reason.BUSY, "the room has not answered what was said before");
    private static final long SAY = Presence.JOIN + 1;

    private final Builder with;
    private final TimerScheduler<Command> timers;
    private final Profile profile;
    private final Presence<Command> presence;
    private final Outgoing outgoing = new Outgoing();
    private final Owner owner = new Owner();
    private final Map<RoomName, ActorRef<RoomActor.Command>> conversations = new HashMap<>();
    private final Set<ActorRef<? super Introduction>> doors = new HashSet<>();
    private Optional<MemberEvent.Placed> placed = Optional.empty();
    private boolean hasEntered;
    private boolean hasLeft;

    /**
     * A member of that room.
     *
     * @param rooms finds the room: {@link io.teahouse.room.local.LocalRooms}, or the rooms of a cluster
     * @throws IllegalArgumentException if no room can have that name
     */
    public static Builder in(ActorRef<RoomDirectory.Command> rooms, String room) {
        return new Builder(Check.notNull(rooms, "rooms"), RoomName.of(room));
    }

    /** What the member does. */
    public static final class Builder {
        private final ActorRef<RoomDirectory.Command> rooms;
        private final RoomName room;
        private Nick nick = Nick.of("app");
        private Profile profile = Profile.APPLICATION;
        private long since = Presence.NOTHING_SEEN;
        private BiConsumer<Me, RoomEvent.Welcome> joined = (me, welcome) -> {};
        private BiConsumer<Me, RoomEvent.Welcome> rejoined = (me, welcome) -> {};
        private BiConsumer<Me, RoomEvent.Said> said = (me, message) -> {};
        private Optional<BiConsumer<Me, RoomEvent.Said>> direct = Optional.empty();
        private BiConsumer<Me, RoomEvent> any = (me, event) -> {};
        private BiConsumer<Me, String> absent = (me, why) -> {};
        private BiConsumer<Me, RoomReply.Refused> refused = (me, reply) -> {};

        private Builder(ActorRef<RoomDirectory.Command> rooms, RoomName room) {
            this.rooms = rooms;
            this.room = room;
        }

        /**
         * Its nick.
         *
         * @throws IllegalArgumentException if nobody can have that nick
         */
        public Builder as(String name) {
            nick = Nick.of(name);
            return this;
        }

        /** What others may know of it; its id is replaced. */
        public Builder profile(Profile to) {
            profile = Check.notNull(to, "profile");
            return this;
        }

        /** Begins with the messages after this seq, which an earlier run of the application has seen. */
        public Builder after(long seq) {
            since = seq;
            return this;
        }

        /** It is in the room for the first time. */
        public Builder onJoined(BiConsumer<Me, RoomEvent.Welcome> handler) {
            joined = Check.notNull(handler, "handler");
            return this;
        }

        /** It is in the room again. Messages that it has missed come next. */
        public Builder onRejoined(BiConsumer<Me, RoomEvent.Welcome> handler) {
            rejoined = Check.notNull(handler, "handler");
            return this;
        }

        /** Somebody else says something in the room: a message or an action, but not what programs must not answer. */
        public Builder onSaid(BiConsumer<Me, RoomEvent.Said> handler) {
            said = Check.notNull(handler, "handler");
            return this;
        }

        /** Somebody says something to this member alone; {@link Me#say} answers there. Without it, nobody gets an answer. */
        public Builder onDirect(BiConsumer<Me, RoomEvent.Said> handler) {
            direct = Optional.of(Check.notNull(handler, "handler"));
            return this;
        }

        /** Anything happens in the room, also by itself. */
        public Builder onEvent(BiConsumer<Me, RoomEvent> handler) {
            any = Check.notNull(handler, "handler");
            return this;
        }

        /** It is not in the room, for a reason in a few words, and tries again until it stops. */
        public Builder onAbsent(BiConsumer<Me, String> handler) {
            absent = Check.notNull(handler, "handler");
            return this;
        }

        /** The room refuses what it has said. */
        public Builder onRefused(BiConsumer<Me, RoomReply.Refused> handler) {
            refused = Check.notNull(handler, "handler");
            return this;
        }

        /** The member. It ends by {@link Leave}, or with its parent. */
        public Behavior<Command> create() {
            return Behaviors.setup(context -> Behaviors.withTimers(timers -> new RoomMember(context, timers, this)));
        }
    }

    private RoomMember(ActorContext<Command> context, TimerScheduler<Command> timers, Builder with) {
        super(context);
        this.with = with;
        this.timers = timers;
        this.profile = with.profile.withAccount("").withGuest(UserId.ofGuest(with.nick, APPLICATION));
        this.presence = new Presence<>(
                context,
                timers,
                with.rooms,
                with.room,
                new Presence.Person(
                        with.nick,
                        profile,
                        Optional.of(profile.guest()),
                        Optional.of(context.messageAdapter(MemberEvent.class, Placed::new)),
                        REFUSED_PAUSE,
                        with.since,
                        true),
                InRoom::new);
        context.getSystem()
                .receptionist()
                .tell(Receptionist.register(KEY, context.getSelf().narrow()));
        presence.enter();
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(InRoom.class, this::onRoom)
                .onMessage(Placed.class, this::onPlaced)
                .onMessage(Say.class, this::onSay)
                .onMessage(Leave.class, this::onLeave)
                .onMessage(Introduce.class, this::onIntroduce)
                .onMessage(ConversationEnded.class, this::onConversationEnded)
                .onMessage(DoorsEnded.class, this::onDoorsEnded)
                .onMessageEquals(Again.AGAIN, this::onAgain)
                .build();
    }

    private Behavior<Command> onRoom(InRoom told) {
        presence.on(told.signal, owner);
        return next();
    }

    private Behavior<Command> onSay(Say say) {
        owner.send(say.message);
        return next();
    }

    private Behavior<Command> onLeave(Leave leave) {
        owner.leave(leave.text);
        return next();
    }

    private Behavior<Command> next() {
        return hasLeft ? Behaviors.stopped() : this;
    }

    private Behavior<Command> onAgain() {
        sendNext();
        return this;
    }

    // What it says

    /** One at a time, so that the room has them in order. */
    private void sendNext() {
        presence.room()
                .ifPresent(room -> outgoing.next()
                        .ifPresent(message ->
                                room.tell(new RoomActor.Say(presence.self(), message, SAY, presence.replies()))));
    }

    // Who it is, for the doors

    private Behavior<Command> onPlaced(Placed told) {
        placed = told.event instanceof MemberEvent.Placed now ? Optional.of(now) : Optional.empty();
        placed.ifPresent(now -> presence.ranks(now.ranks()));
        introduce();
        return this;
    }

    private Behavior<Command> onIntroduce(Introduce introduce) {
        if (doors.add(introduce.replyTo)) {
            getContext().watchWith(introduce.replyTo, new DoorsEnded(introduce.replyTo));
        }
        introduce();
        return this;
    }

    private Behavior<Command> onDoorsEnded(DoorsEnded ended) {
        doors.remove(ended.doors);
        return this;
    }

    private void introduce() {
        Introduction now = new Introduction(
                getContext().getSelf(),
                with.nick,
                profile,
                with.rooms,
                placed,
                with.direct.map(any -> presence.self()));
        doors.forEach(each -> each.tell(now));
    }

    // Direct messages

    private void converse(RoomEvent event) {
        if (event instanceof RoomEvent.Welcome welcome) {
            conversations.put(welcome.room(), welcome.self());
            getContext().watchWith(welcome.self(), new ConversationEnded(welcome.room()));
        } else if (event instanceof RoomEvent.Said message
                && !profile.isSameUser(message.profile())
                && isForPeople(message)) {
            with.direct.ifPresent(handler -> handler.accept(new Conversation(message.room()), message));
        }
    }

    private static boolean isForPeople(RoomEvent.Said message) {
        return message.kind() == Kind.MESSAGE || message.kind() == Kind.ACTION;
    }

    private Behavior<Command> onConversationEnded(ConversationEnded ended) {
        conversations.remove(ended.room);
        return this;
    }

    /** Its part in its room. */
    private final class Owner implements Presence.Owner, Me {
        @Override
        public void entered(RoomEvent.Welcome welcome) {
            outgoing.resend();
            if (hasEntered) {
                with.rejoined.accept(this, welcome);
            } else {
                hasEntered = true;
                with.joined.accept(this, welcome);
            }
            sendNext();
        }

        @Override
        public void heard(RoomEvent event) {
            if (event.room().isConversation()) {
                if (event instanceof EventBatch batch) {
                    batch.events().forEach(RoomMember.this::converse);
                } else {
                    converse(event);
                }
                return;
            }
            with.any.accept(this, event);
            if (event instanceof RoomEvent.Said message) {
                if (presence.isOwn(message)) {
                    if (outgoing.answered(message.clientId())) {
                        sendNext();
                    }
                } else if (isForPeople(message)) {
                    with.said.accept(this, message);
                }
            }
        }

        @Override
        public void answered(RoomReply reply) {
            if (reply instanceof RoomReply.Repeated repeated) {
                outgoing.answered(repeated.clientId());
                sendNext();
            } else if (reply instanceof RoomReply.Refused refused && outgoing.isNext(refused.clientId())) {
                refused(refused);
            }
        }

        private void refused(RoomReply.Refused reply) {
            switch (reply.refusal().reason()) {
                case BUSY, NOT_STORED, STORE_AWAY, NOT_A_MEMBER -> {
                    outgoing.resend();
                    timers.startSingleTimer(Again.AGAIN, STORE_PAUSE);
                }
                default -> {
                    outgoing.answered(reply.clientId());
                    with.refused.accept(this, reply);
                    sendNext();
                }
            }
        }

        @Override
        public void absent(String why) {
            outgoing.resend();
            with.absent.accept(this, why);
        }

        @Override
        public Nick nick() {
            return with.nick;
        }

        @Override
        public RoomName room() {
            return presence.name();
        }

        @Override
        public void send(OutgoingMessage message) {
            if (outgoing.add(message)) {
                sendNext();
            } else {
                with.refused.accept(this, new RoomReply.Refused(room(), SAY, message.clientId(), FULL));
            }
        }

        @Override
        public void leave(String text) {
            presence.end(text);
            hasLeft = true;
        }

        @Override
        public ActorContext<Command> context() {
            return getContext();
        }
    }

    /** Its part in a conversation. */
    private final class Conversation implements Me {
        private final RoomName room;

        Conversation(RoomName room) {
            this.room = room;
        }

        @Override
        public Nick nick() {
            return with.nick;
        }

        @Override
        public RoomName room() {
            return room;
        }

        @Override
        public void send(OutgoingMessage message) {
            Optional.ofNullable(conversations.get(room))
                    .ifPresent(ref -> ref.tell(new RoomActor.Say(presence.self(), message, presence.replies())));
        }

        @Override
        public void leave(String text) {
            owner.leave(text);
        }

        @Override
        public ActorContext<Command> context() {
            return getContext();
        }
    }
}
