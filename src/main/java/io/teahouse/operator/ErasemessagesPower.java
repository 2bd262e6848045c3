package io.teahouse.operator;

import io.teahouse.room.RoomName;
import io.teahouse.room.RoomOperation;
import io.teahouse.room.RoomReply;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Redacts what a user has said in a room in a span of time. */
final class ErasemessagesPower implements Power {
    private static final PowerSpec SPEC = PowerSpec.changing(
            "erasemessages",
            Privilege.ROOMS,
            "Erases what a user has said in a room lately; clients that know redaction take it off the screen.",
            RoomAnswers.ROOM,
            Parameter.required("user", Parameter.Kind.WORD, "their account; of a guest, the nick"),
            Parameter.required("last", Parameter.Kind.DURATION, "how far back"),
            Parameter.optional(
                    "until", Parameter.Kind.DURATION, "where to stop: with 1h, what was said in the last hour is kept"),
            RoomAnswers.REASON);

    @Override
    public PowerSpec spec() {
        return SPEC;
    }

    @Override
    public CompletionStage<Answer> run(Use use) {
        Instant now = use.services().clock().instant();
        Duration last = use.duration("last").orElse(Durations.FOREVER);
        RoomOperation.Erase erase = new RoomOperation.Erase(
                use.get("user"),
                last.equals(Durations.FOREVER) ? Instant.EPOCH : now.minus(last),
                use.duration("until").map(now::minus).orElse(Instant.MAX), // a room's clock may be ahead a little
                use.reason());
        return RoomAnswers.with(use, room -> step(use, room, erase, 0));
    }

    /** @param before how many have been erased */
    private static CompletionStage<Answer> step(Use use, RoomName room, RoomOperation.Erase erase, int before) {
        return use.services().rooms().operate(room, erase).thenCompose(reply -> {
            int count = reply instanceof RoomReply.Erased erased ? before + erased.count() : before;
            return reply instanceof RoomReply.Erased erased && erased.more()
                    ? step(use, room, erase, count)
                    : CompletableFuture.completedFuture(RoomAnswers.answer(
                            reply,
                            any -> Answer.done("Messages of " + erase.user() + " erased in " + room + ": " + count)));
        });
    }
}
