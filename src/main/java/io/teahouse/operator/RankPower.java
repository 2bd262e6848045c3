package io.teahouse.operator;

import io.teahouse.room.Mode;
import io.teahouse.room.ModeChange;
import io.teahouse.room.RoomOperation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Grants a rank to a member of a room, or takes it from them. */
final class RankPower implements Power {
    private static final Map<String, Mode> RANKS = Map.of(
            "operator",
            Mode.OPERATOR,
            "o",
            Mode.OPERATOR,
            "halfoperator",
            Mode.HALF_OPERATOR,
            "h",
            Mode.HALF_OPERATOR,
            "voice",
            Mode.VOICE,
            "v",
            Mode.VOICE);

    private final PowerSpec spec;
    private final boolean grants;

    private RankPower(String name, boolean grants, String help) {
        this.grants = grants;
        this.spec = PowerSpec.changing(
                name,
                Privilege.ROOMS,
                help,
                RoomAnswers.ROOM,
                Parameter.required("nick", Parameter.Kind.WORD, "of the member"),
                Parameter.required("rank", Parameter.Kind.WORD, "operator, halfoperator or voice"),
                RoomAnswers.REASON);
    }

    static Power grant() {
        return new RankPower("grant", true, "Grants a rank to a member of a room.");
    }

    static Power revoke() {
        return new RankPower("revoke", false, "Takes a rank from a member of a room.");
    }

    @Override
    public PowerSpec spec() {
        return spec;
    }

    @Override
    public CompletionStage<Answer> run(Use use) {
        Optional<Mode> rank = Optional.ofNullable(RANKS.get(use.get("rank")));
        if (rank.isEmpty()) {
            return CompletableFuture.completedFuture(
                    Answer.refused(Answer.Reason.INVALID, "a rank is operator, halfoperator or voice"));
        }
        ModeChange change = new ModeChange(grants, rank.get(), use.get("nick"));
        return RoomAnswers.with(
                use,
                room -> RoomAnswers.operate(
                        use, room, new RoomOperation.SetModes(List.of(change)), RoommodePower::answer));
    }
}
