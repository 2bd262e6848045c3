package io.teahouse.store;

import io.teahouse.account.AccountStore;
import io.teahouse.account.Cloak;
import io.teahouse.account.ReadMarkers;
import io.teahouse.hook.HookQueue;
import io.teahouse.operator.OperatorStores;
import io.teahouse.room.Archive;
import io.teahouse.room.RoomLogs;
import io.teahouse.user.AlwaysOnUsers;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A server's store, as the ports of its users. */
public interface Store extends AutoCloseable {
    RoomLogs logs();

    Archive archive();

    AccountStore accounts();

    ReadMarkers markers();

    AlwaysOnUsers alwaysOn();

    /** What is stored for operators of the server. */
    OperatorStores operators();

    /** What waits for the receivers of webhooks. */
    HookQueue hooks();

    /** Sets how stored addresses are read from now on; stored data does not change. */
    default void cloak(Cloak cloak) {}

    /** Asks whether the store can be written to. The stage fails if it cannot, and may take as long as a write. */
    default CompletionStage<Boolean> probe() {
        return CompletableFuture.completedFuture(true);
    }

    /** What its writer has done; empty: there is none. */
    default Optional<StoreTotals> totals() {
        return Optional.empty();
    }

    /** Returns when all earlier calls are done, or after some seconds. */
    @Override
    void close();
}
