package io.teahouse.operator;

import akka.actor.typed.ActorRef;
import akka.actor.typed.RecipientRef;
import akka.actor.typed.Scheduler;
import akka.actor.typed.javadsl.AskPattern;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.Refusal;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomOperation;
import io.teahouse.room.RoomReply;
import io.teahouse.room.RoomSummary;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** Finds rooms for operators, and asks them. Members see the sender {@link #SENDER}; who it was is in the audit log. Thread-safe. */
public final class RoomGateway {
    /** The name of the service that users expect to act on rooms. */
    public static final String SENDER = "ChanServ";

    private static final Profile PROFILE = new Profile("services", "services", "Services", "", "", true);

    private final RecipientRef<RoomDirectory.Command> directory;
    private final Function<String, RoomName> names;
    private final Supplier<Scheduler> timers;
    private final Duration patience;

    /**
     * @param names makes a room name of what an operator typed; throws {@link IllegalArgumentException} with a reason
     * @param timers of the actor system
     * @param patience how long a room may take to answer
     */
    public RoomGateway(
            RecipientRef<RoomDirectory.Command> directory,
            Function<String, RoomName> names,
            Supplier<Scheduler> timers,
            Duration patience) {
        this.directory = directory;
        this.names = names;
        this.timers = timers;
        this.patience = patience;
    }

    /** The rooms that have members, without conversations, by name. */
    CompletionStage<List<RoomSummary>> all() {
        return this.<RoomDirectory.Command, RoomDirectory.Listing>ask(directory, RoomDirectory.ListRooms::new)
                .thenApply(RoomDirectory.Listing::rooms);
    }

    /** The name of a room, with or without the mark of an IRC channel; throws {@link IllegalArgumentException} with a reason. */
    RoomName name(String typed) {
        return names.apply(typed.startsWith("#") ? typed.substring(1) : typed);
    }

    /** Does something to a room, which is opened if need be. Rooms that nobody is in, that are not registered and have no history do not exist. */
    CompletionStage<RoomReply> operate(RoomName room, RoomOperation what) {
        return this.<RoomDirectory.Command, RoomDirectory.Location>ask(
                        directory, replyTo -> new RoomDirectory.Locate(room, replyTo))
                .thenCompose(found -> found instanceof RoomDirectory.Found there
                        ? operateExisting(there.ref(), room, what)
                        : CompletableFuture.completedFuture(refused(room, ((RoomDirectory.NotFound) found).refusal())));
    }

    private CompletionStage<RoomReply> operateExisting(
            RecipientRef<RoomActor.Command> ref, RoomName room, RoomOperation what) {
        CompletionStage<RoomReply> shown = tell(ref, new RoomOperation.Show());
        return shown.thenCompose(reply -> {
            boolean isThere = reply instanceof RoomReply.Details details
                    && (details.members() > 0 || !details.owner().isEmpty() || details.seq() > 0);
            if (!isThere) {
                return CompletableFuture.completedFuture(
                        reply instanceof RoomReply.Details ? refused(room, Refusal.noSuchRoom(room)) : reply);
            }
            return what instanceof RoomOperation.Show ? shown : tell(ref, what);
        });
    }

    private static RoomReply refused(RoomName room, Refusal why) {
        return new RoomReply.Refused(room, 0, "", why);
    }

    /** Does something to a room that is open. */
    CompletionStage<RoomReply> tell(RecipientRef<RoomActor.Command> room, RoomOperation what) {
        return ask(room, replyTo -> new RoomActor.Operate(Nick.of(SENDER), PROFILE, what, 1, replyTo));
    }

    /** Does something to every room that is open, also without members; does not wait for them. */
    void tellAll(RoomOperation what) {
        directory.tell(new RoomDirectory.OperateAll(Nick.of(SENDER), PROFILE, what));
    }

    /** The members of a room. */
    CompletionStage<RoomReply> names(RoomName room) {
        return this.<RoomDirectory.Command, RoomDirectory.Location>ask(
                        directory, replyTo -> new RoomDirectory.Locate(room, replyTo))
                .thenCompose(found -> found instanceof RoomDirectory.Found there
                        ? this.<RoomActor.Command, RoomReply>ask(there.ref(), RoomActor.Names::new)
                        : CompletableFuture.completedFuture(refused(room, ((RoomDirectory.NotFound) found).refusal())));
    }

    private <Q, A> CompletionStage<A> ask(RecipientRef<Q> of, akka.japi.function.Function<ActorRef<A>, Q> question) {
        return AskPattern.ask(of, question, patience, timers.get());
    }
}
