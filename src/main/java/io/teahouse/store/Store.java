package io.teahouse.store;

import io.teahouse.account.AccountStore;
import io.teahouse.account.Cloak;
import io.teahouse.account.ReadMarkers;
import io.teahouse.room.Archive;
import io.teahouse.room.RoomLogs;

/** What outlives a restart, behind the ports of those who use it. */
public interface Store extends AutoCloseable {
    RoomLogs logs();

    Archive archive();

    AccountStore accounts();

    ReadMarkers markers();

    /** Hosts that were stored as addresses are read like that from now on; what is stored stays as it is. */
    default void cloak(Cloak cloak) {}

    /** Ends when everything that was asked before is done; takes some seconds at the most. */
    @Override
    void close();
}
