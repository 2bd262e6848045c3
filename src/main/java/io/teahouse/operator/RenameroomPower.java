package io.teahouse.operator;

import io.teahouse.room.RoomName;
import io.teahouse.room.RoomOperation;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Gives a room another name. */
final class RenameroomPower implements Power {
    private static final PowerSpec SPEC = PowerSpec.changing(
            "renameroom",
            Privilege.ROOMS,
            "Gives a room another name; its members and its messages stay.",
            RoomAnswers.ROOM,
            Parameter.required("to", Parameter.Kind.WORD, "the new name"),
            RoomAnswers.REASON);

    @Override
    public PowerSpec spec() {
        return SPEC;
    }

    @Override
    public CompletionStage<Answer> run(Use use) {
        return RoomAnswers.with(use, room -> {
            RoomName to;
            try {
                to = use.services().rooms().name(use.get("to"));
            } catch (IllegalArgumentException e) {
                return CompletableFuture.completedFuture(
                        Answer.refused(Answer.Reason.INVALID, String.valueOf(e.getMessage())));
            }
            return RoomAnswers.operate(
                    use,
                    room,
                    new RoomOperation.Rename(to, use.reason()),
                    any -> Answer.done(room + " is called " + to + " now"));
        });
    }
}
