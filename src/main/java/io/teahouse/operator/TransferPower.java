package io.teahouse.operator;

import io.teahouse.account.Account;
import io.teahouse.account.Result;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomOperation;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Gives a room to an account. */
final class TransferPower implements Power {
    private static final PowerSpec SPEC = PowerSpec.changing(
            "transfer",
            Privilege.ROOMS,
            "Gives a room to an account: registers it, or takes it from its owner.",
            RoomAnswers.ROOM,
            AccountAnswers.ACCOUNT,
            RoomAnswers.REASON);

    @Override
    public PowerSpec spec() {
        return SPEC;
    }

    @Override
    public CompletionStage<Answer> run(Use use) {
        return RoomAnswers.with(
                use,
                room -> use.services()
                        .accounts()
                        .find(use.get("account"))
                        .thenCompose(found -> found instanceof Result.Done<Account> account
                                ? give(use, room, account.value().name().text())
                                : CompletableFuture.completedFuture(
                                        AccountAnswers.refused((Result.Refused<Account>) found))));
    }

    private static CompletionStage<Answer> give(Use use, RoomName room, String account) {
        return RoomAnswers.operate(
                use, room, new RoomOperation.GiveTo(account), any -> Answer.done(room + " belongs to " + account));
    }
}
