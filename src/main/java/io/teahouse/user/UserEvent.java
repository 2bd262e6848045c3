package io.teahouse.user;

import akka.actor.typed.ActorRef;
import io.teahouse.account.Result;
import io.teahouse.room.Nick;
import io.teahouse.room.RoomReply;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a {@link UserActor} tells the connections of its user. */
public sealed interface UserEvent
        permits Disconnect,
                Notification,
                UserEvent.Attached,
                UserEvent.Adopted,
                UserEvent.AttachRefused,
                UserEvent.Chosen,
                UserEvent.Changed,
                UserEvent.Detached,
                UserEvent.Done,
                UserEvent.Named,
                UserEvent.NickRefused,
                UserEvent.ReportSeen,
                UserEvent.RoomRefused,
                UserEvent.Subscribe,
                UserEvent.TokenRevoked {
    /**
     * The connection is one of the user's from now on. Answers {@link UserActor.Attach} and {@link UserActor.LogIn}.
     *
     * @param user the user as of now; their id, nick and profile are the connection's
     * @param connection the {@link ConnectionInfo#id} of the connection
     * @param rooms where the connection is to subscribe
     * @param absentSince when the user had the last connection; empty: they have others, or have just come
     */
    record Attached(
            long number,
            ActorRef<UserActor.Command> actor,
            UserSnapshot user,
            long connection,
            List<UserRoom> rooms,
            Optional<Instant> absentSince)
            implements UserEvent {}

    /**
     * The connection cannot be one of the user's.
     *
     * @param obstacle the nick that is in the way; empty: the user has as many connections as they may
     */
    record AttachRefused(long number, Optional<Nick> obstacle, int mostConnections) implements UserEvent {}

    /**
     * The guest has logged in, and has an actor apart from the connection now, which goes on from where it was.
     *
     * @param refusal see {@link UserActor.Adopt#refusal}: it will not come
     */
    record Adopted(ActorRef<UserActor.Command> actor, long refusal) implements UserEvent {}

    /** The connection is not the user's any more: it is about to be another user's, who answers its {@link UserActor.LogIn}. */
    record Detached() implements UserEvent {}

    /** What the connection asked for is done: others have been told. */
    record Done(long number) implements UserEvent {}

    /**
     * The user has another nick.
     *
     * @param number of the {@link UserActor.Rename} that asked for it; 0: this connection did not ask
     * @param why for a nick that nobody has asked for, one line for a person; else empty
     */
    record Named(long number, Nick to, Nick before, String why) implements UserEvent {}

    /**
     * Whether the user is always-on. Answers {@link UserActor.ChooseAlwaysOn}.
     *
     * @param refusal empty: it was carried out
     */
    record Chosen(long number, boolean alwaysOn, Optional<Result.Refused<Boolean>> refusal) implements UserEvent {
        static Chosen of(long number, Result<Boolean> result) {
            return result instanceof Result.Done<Boolean> done
                    ? new Chosen(number, done.value(), Optional.empty())
                    : new Chosen(number, false, Optional.of((Result.Refused<Boolean>) result));
        }

        public Result<Boolean> result() {
            return refusal.<Result<Boolean>>map(refused -> refused).orElseGet(() -> new Result.Done<>(alwaysOn));
        }
    }

    /** Asks what the connection has been shown. Answered by {@link UserActor.Seen}. */
    record ReportSeen() implements UserEvent {}

    /** The user cannot have the nick. */
    record NickRefused(long number, Nick asked, Nick obstacle) implements UserEvent {}

    /** A room does not let the user have the nick: they take back the one before. */
    record RoomRefused(RoomReply.Refused refused) implements UserEvent {}

    /** Another connection of the user has changed something about them. */
    record Changed(UserSnapshot before, UserSnapshot now) implements UserEvent {}

    /**
     * The user has revoked a token: a connection that has logged in by it ends.
     *
     * @param token its {@link io.teahouse.account.LoginToken#id}
     */
    record TokenRevoked(String token, String reason) implements UserEvent {}

    /** The user has become a member of a room, by another connection or because somebody talks to them. */
    record Subscribe(UserRoom room) implements UserEvent {}
}
