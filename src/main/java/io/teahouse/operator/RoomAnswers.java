package io.teahouse.operator;

import io.teahouse.room.Refusal;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomOperation;
import io.teahouse.room.RoomReply;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Answers of powers over rooms. */
final class RoomAnswers {
    /** The parameter that all of these powers have. */
    static final Parameter ROOM =
            Parameter.required("room", Parameter.Kind.WORD, "the name of the room, with or without #");

    static final Parameter REASON = Parameter.reason("why");

    private RoomAnswers() {}

    /** Uses a power over the room that it names. */
    static CompletionStage<Answer> with(Use use, Function<RoomName, CompletionStage<Answer>> then) {
        RoomName room;
        try {
            room = use.services().rooms().name(use.get("room"));
        } catch (IllegalArgumentException e) {
            return CompletableFuture.completedFuture(
                    Answer.refused(Answer.Reason.INVALID, String.valueOf(e.getMessage())));
        }
        return then.apply(room);
    }

    /** Does something to a room. {@code done} gets any reply but a refusal. */
    static CompletionStage<Answer> operate(
            Use use, RoomName room, RoomOperation what, Function<RoomReply, Answer> done) {
        return use.services().rooms().operate(room, what).thenApply(reply -> answer(reply, done));
    }

    static Answer answer(RoomReply reply, Function<RoomReply, Answer> done) {
        if (reply instanceof RoomReply.Refused refused) {
            return refused(refused.refusal());
        } else if (reply instanceof RoomReply.InDoubt) {
            return Answer.refused(
                    Answer.Reason.UNAVAILABLE, "the store does not answer: it may have been done, or may still be");
        }
        return done.apply(reply);
    }

    static Answer refused(Refusal refusal) {
        Answer.Reason reason = switch (refusal.reason()) {
            case NO_SUCH_ROOM, NO_SUCH_MEMBER -> Answer.Reason.NOT_FOUND;
            case STORE_AWAY, NOT_STORED, BUSY, TOO_MANY_ROOMS -> Answer.Reason.UNAVAILABLE;
            case CANNOT_RENAME, ROOM_NAME_IN_USE, LIST_FULL -> Answer.Reason.CONFLICT;
            default -> Answer.Reason.INVALID;
        };
        return Answer.refused(reason, refusal.text());
    }
}
