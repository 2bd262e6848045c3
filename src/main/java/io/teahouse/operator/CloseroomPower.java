package io.teahouse.operator;

import io.teahouse.room.RoomOperation;
import java.util.concurrent.CompletionStage;

/** Removes everybody from a room. */
final class CloseroomPower implements Power {
    private static final PowerSpec SPEC = PowerSpec.changing(
            "closeroom",
            Privilege.ROOMS,
            "Removes everybody from a room. A registered room stays registered, and users can join it again as before.",
            RoomAnswers.ROOM,
            RoomAnswers.REASON);

    @Override
    public PowerSpec spec() {
        return SPEC;
    }

    @Override
    public CompletionStage<Answer> run(Use use) {
        String text = use.reason().isEmpty() ? "this room was closed by an operator" : use.reason();
        return RoomAnswers.with(
                use,
                room -> RoomAnswers.operate(
                        use, room, new RoomOperation.Close(text), any -> Answer.done(room + " is closed")));
    }
}
