package io.teahouse.operator;

import io.teahouse.room.RoomOperation;
import java.util.concurrent.CompletionStage;

/** Takes a room from its owner. */
final class ReleasePower implements Power {
    private static final PowerSpec SPEC = PowerSpec.changing(
            "release",
            Privilege.ROOMS,
            "Ends the registration of a room: it belongs to nobody.",
            RoomAnswers.ROOM,
            RoomAnswers.REASON);

    @Override
    public PowerSpec spec() {
        return SPEC;
    }

    @Override
    public CompletionStage<Answer> run(Use use) {
        return RoomAnswers.with(
                use,
                room -> RoomAnswers.operate(
                        use,
                        room,
                        new RoomOperation.GiveTo(""),
                        any -> Answer.done(room + " is not registered any longer")));
    }
}
