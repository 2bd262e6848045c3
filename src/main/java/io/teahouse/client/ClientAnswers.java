package io.teahouse.client;

import akka.actor.typed.Terminated;
import io.teahouse.room.EventBatch;
import io.teahouse.room.Refusal;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.user.NickRegistry;
import java.util.Optional;

/**
 * Gives what registry, directory and rooms answer to the part of one client that waits for it. Belongs to one
 * {@link ClientSession}.
 */
final class ClientAnswers {
    private final Dialect dialect;
    private final Session session;
    private final ClientPerson person;
    private final ClientRooms rooms;
    private final Questions questions;
    private final ClientSpeech speech;

    ClientAnswers(
            Dialect dialect,
            Session session,
            ClientPerson person,
            ClientRooms rooms,
            Questions questions,
            ClientSpeech speech) {
        this.dialect = dialect;
        this.session = session;
        this.person = person;
        this.rooms = rooms;
        this.questions = questions;
        this.speech = speech;
    }

    void on(Object message) {
        if (message instanceof RoomReply reply) {
            on(reply);
        } else if (message instanceof RoomEvent.Welcome welcome) {
            rooms.arrivals().on(welcome);
        } else if (message instanceof RoomEvent.Gap gap) {
            rooms.witness().on(gap);
        } else if (message instanceof RoomDirectory.Location location) {
            on(location);
        } else if (message instanceof NickRegistry.Claimed claimed) {
            person.on(claimed);
        } else if (message instanceof NickRegistry.Lost lost) {
            person.on(lost);
        } else if (message instanceof Awaited.Computed computed) {
            computed.goOn().run();
        } else if (message instanceof Returns.Retry retry) {
            rooms.returns().on(retry);
        } else if (message instanceof ClientPerson.Prove prove) {
            person.on(prove);
        } else if (message instanceof Questions.Late late) {
            questions.on(late);
        } else if (message instanceof Questions.GivenUp givenUp) {
            questions.on(givenUp);
        } else if (message instanceof Terminated room) {
            rooms.returns().ended(room.getRef(), questions::ended);
        }
    }

    private void on(RoomDirectory.Location location) {
        if (rooms.arrivals().isLookingFor(location.room())) {
            arrive(location);
            questions.on(location);
        } else if (!speech.on(location) && !questions.on(location)) {
            arrive(location);
        }
    }

    private void arrive(RoomDirectory.Location location) {
        if (location instanceof RoomDirectory.NotFound notFound) {
            rooms.arrivals().on(notFound);
        } else if (location instanceof RoomDirectory.Found found) {
            person.nick().ifPresent(me -> rooms.arrivals().on(found, me));
        }
    }

    private void on(RoomReply reply) {
        if (reply instanceof RoomReply.Refused refused
                && refused.refusal().reason() == Refusal.Reason.BAD_KEY
                && refused.asked() instanceof RoomActor.Join join
                && !join.key().isEmpty()) {
            person.login().keyWasWrong();
        }
        if (questions.on(reply)) {
            return;
        } else if (reply instanceof RoomReply.Refused refused) {
            if (!rooms.arrivals().on(refused)) {
                rooms.witness().on(refused);
            }
            if (rooms.witness().isAboutNewName(refused)) {
                person.takeBackOldName();
            }
        } else if (reply instanceof RoomReply.InDoubt doubt) {
            rooms.witness().on(doubt);
        } else if (reply instanceof RoomReply.Repeated repeated) {
            rooms.witness().on(repeated);
        } else if (reply instanceof RoomReply.ModesSet set) {
            rooms.witness().on(set);
        }
    }

    /** What happened in a room has been shown. */
    void on(EventBatch batch, Optional<Membership> in) {
        if (in.isPresent()) {
            rooms.witness().on(batch, in.get());
        }
        Optional<RoomName> newName = batch.newName();
        if (newName.isPresent()) { // no lambda: every delivery comes by here
            questions.renamed(batch.room(), newName.get());
            batch.events().forEach(event -> dialect.roomRenamed(session, (RoomEvent.RoomRenamed) event));
        }
    }
}
