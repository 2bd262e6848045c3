package io.teahouse.client;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import io.teahouse.client.ClientRooms.Me;
import io.teahouse.room.Nick;
import io.teahouse.room.OutgoingMessage;
import io.teahouse.room.Refusal;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.user.UserSnapshot;
import java.util.Optional;
import java.util.function.Function;

/**
 * What one client says: in a room that it is in, in one that it is not in, and to one person alone, for which there is a
 * room of two. Belongs to one {@link ClientSession}.
 */
final class ClientSpeech {
    private final ActorContext<Object> context;
    private final Services services;
    private final Dialect dialect;
    private final Session session;
    private final ClientPerson person;
    private final ClientRooms rooms;
    private final Questions questions;
    private final Awaited awaited;
    private final Whispers whispers = new Whispers();

    ClientSpeech(
            ActorContext<Object> context,
            Services services,
            Dialect dialect,
            Session session,
            ClientPerson person,
            ClientRooms rooms,
            Questions questions,
            Awaited awaited) {
        this.context = context;
        this.services = services;
        this.dialect = dialect;
        this.session = session;
        this.person = person;
        this.rooms = rooms;
        this.questions = questions;
        this.awaited = awaited;
    }

    // In a room

    void say(RoomName room, OutgoingMessage words) {
        person.spoke();
        if (rooms.isIn(room)) {
            rooms.act(room, me -> say(me, words));
        } else {
            person.nick().ifPresent(nick -> questions.ask(room, fromOutside(nick, words), this::saidFromOutside));
        }
    }

    private static RoomActor.Say say(Me me, OutgoingMessage words) {
        return new RoomActor.Say(me.ref(), words, me.replyTo());
    }

    private RoomActor.SayFromOutside fromOutside(Nick nick, OutgoingMessage words) {
        ActorRef<RoomEvent> ref = context.getSelf().narrow();
        return new RoomActor.SayFromOutside(
                nick, person.profile(), ref, words, rooms.me().replyTo());
    }

    private void saidFromOutside(RoomReply reply) {
        if (reply instanceof RoomReply.Refused refused) {
            dialect.refused(session, refused);
        } else if (reply instanceof RoomReply.InDoubt doubt) {
            dialect.inDoubt(session, doubt);
        } else if (reply instanceof RoomReply.Repeated repeated) {
            dialect.repeated(session, repeated);
        } else if (reply instanceof RoomReply.Shown shown) {
            dialect.shownOutside(session, shown);
        }
    }

    void signal(RoomName room, OutgoingMessage words) {
        rooms.act(room, me -> signal(me, words));
    }

    private static RoomActor.Signal signal(Me me, OutgoingMessage words) {
        return new RoomActor.Signal(me.ref(), words.attributes(), words.audience(), me.replyTo());
    }

    // To one person

    void whisper(UserSnapshot to, OutgoingMessage words) {
        person.spoke();
        converse(to, me -> say(me, words));
    }

    void signal(UserSnapshot to, OutgoingMessage words) {
        converse(to, me -> signal(me, words));
    }

    private void converse(UserSnapshot to, Function<Me, RoomActor.Asking> words) {
        person.nick().ifPresent(me -> {
            RoomName room = RoomName.conversation(person.identity(), to.id().value());
            Optional<Refusal> away = rooms.whyAway(room);
            if (away.isPresent()) {
                RoomActor.Asking asked = words.apply(rooms.me());
                dialect.refused(session, new RoomReply.Refused(room, asked, away.get()));
                return;
            }
            whispers.begin(room, to, words);
            awaited.begin();
            services.rooms()
                    .tell(new RoomDirectory.Locate(
                            room,
                            Optional.of(person.opener()),
                            context.getSelf().unsafeUpcast()));
        });
    }

    /** True if it is about a room of two in which something is to be said. */
    boolean on(RoomDirectory.Location location) {
        if (!whispers.isAbout(location)) {
            return false;
        }
        awaited.end();
        if (location instanceof RoomDirectory.Found found) {
            person.nick().ifPresent(me -> whispers.say(rooms.arrivals(), found, me));
        } else if (location instanceof RoomDirectory.NotFound notFound) {
            RoomActor.Asking asked = whispers.drop().apply(rooms.me());
            dialect.refused(session, new RoomReply.Refused(notFound.room(), asked, notFound.refusal()));
        }
        return true;
    }
}
