package io.teahouse.client;

import akka.actor.typed.ActorRef;
import akka.japi.function.Function;
import io.teahouse.room.EventType;
import io.teahouse.room.HistoryRange;
import io.teahouse.room.Mode;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.user.UserSnapshot;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Puts one client's questions to rooms, by way of {@link Questions}, and to their directory. Belongs to one {@link ClientSession}. */
final class ClientInquiries implements RoomQuestions {
    private final Services services;
    private final ClientRooms rooms;
    private final Questions questions;
    private final Awaited awaited;

    ClientInquiries(Services services, ClientRooms rooms, Questions questions, Awaited awaited) {
        this.services = services;
        this.rooms = rooms;
        this.questions = questions;
        this.awaited = awaited;
    }

    @Override
    public void invite(RoomName room, UserSnapshot target, Consumer<RoomReply> then) {
        questions.ask(room, new RoomActor.Invite(self(), target.nick(), target.id(), replies()), then);
    }

    @Override
    public void names(RoomName room, Consumer<RoomReply> then) {
        questions.ask(room, new RoomActor.Names(replies()), then);
    }

    @Override
    public void describe(RoomName room, Optional<Mode> list, Consumer<RoomReply> then) {
        questions.ask(room, new RoomActor.Describe(self(), list, replies()), then);
    }

    @Override
    public void history(RoomName room, HistoryRange span, Set<EventType> sorts, Consumer<RoomReply> then) {
        if (span.limit() == 0) { // nothing is read
            ask(room, span, sorts, then);
            return;
        }
        awaited.read(reading -> ask(room, span, sorts, reply -> {
            reading.end(reply instanceof RoomReply.Past found ? Sizes.of(found.events()) : 0);
            then.accept(reply);
        }));
    }

    private void ask(RoomName room, HistoryRange span, Set<EventType> sorts, Consumer<RoomReply> then) {
        questions.ask(room, new RoomActor.History(self(), span, sorts, Instant.EPOCH, replies()), then);
    }

    @Override
    public void metadata(RoomName room, Consumer<RoomReply> then) {
        questions.ask(room, new RoomActor.GetMetadata(self(), replies()), then);
    }

    @Override
    public void setMetadata(RoomName room, String key, String value, Consumer<RoomReply> then) {
        questions.ask(room, new RoomActor.SetMetadata(self(), key, value, replies()), then);
    }

    @Override
    public void clearMetadata(RoomName room, Consumer<RoomReply> then) {
        questions.ask(room, new RoomActor.ClearMetadata(self(), replies()), then);
    }

    @Override
    public void listRooms(Consumer<Optional<RoomDirectory.Listing>> then) {
        askDirectory(RoomDirectory.Listing.class, RoomDirectory.ListRooms::new, then);
    }

    @Override
    public void countRooms(Consumer<Optional<RoomDirectory.Count>> then) {
        askDirectory(RoomDirectory.Count.class, RoomDirectory.CountRooms::new, then);
    }

    private <T> void askDirectory(
            Class<T> type, Function<ActorRef<T>, RoomDirectory.Command> question, Consumer<Optional<T>> then) {
        awaited.ask(services.rooms(), type, question, services.settings().answerTimeout(), then);
    }

    private ActorRef<RoomEvent> self() {
        return rooms.me().ref();
    }

    private ActorRef<RoomReply> replies() {
        return rooms.me().replyTo();
    }
}
