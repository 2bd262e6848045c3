package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.typed.Behavior;
import io.teahouse.cluster.ClusterRooms;
import io.teahouse.cluster.OneNode;
import io.teahouse.room.RoomDirectory.Command;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The rooms of a cluster, which has one node. Its rooms do not end for those who use them. */
class ClusterRoomsContractTest extends RoomDirectoryContract {
    ClusterRoomsContractTest() {
        super(OneNode.start());
    }

    @AfterEach
    void stop() {
        akka.shutdownTestKit();
    }

    @Override
    Behavior<Command> create(RoomLogs logs, RoomSettings settings) {
        return ClusterRooms.builder(logs).settings(settings).maxRooms(MAX_ROOMS).create();
    }

    // Renames, as far as they do not differ from those of one process

    private void rename(String to) {
        found("tea").tell(ann.renameRoom(to));
    }

    private void enterTea() {
        found("tea").tell(ann.join());
        ann.hears("welcome ann after 0", "+ann");
    }

    @Test
    void aRenamedRoomKeepsItsHistoryAndItsOperator() {
        enterTea();
        found("tea").tell(ann.say("before"));
        ann.hears("1 ann: before");
        rename("cha");
        ann.hears("ann calls tea cha");
        found("cha").tell(bob.join());
        ann.hears("+bob");
        found("cha").tell(bob.renameRoom("other"));
        bob.wasRefused(Refusal.Reason.NOT_OPERATOR);
        found("cha").tell(ann.say("after"));
        ann.hears("2 ann: after");
        assertThat(logs.rooms()).containsExactlyInAnyOrder("cha");
        lists("cha 2 ");
    }

    @Test
    void aNameWithStoredHistoryIsRefused() {
        enterTea();
        logs.renaming(CompletableFuture.completedFuture(RoomLog.Outcome.NOT_STORED));
        rename("cha");
        ann.wasRefused(Refusal.Reason.ROOM_NAME_IN_USE);
        found("tea").tell(ann.say("still here"));
        ann.hears("1 ann: still here");
    }

    @Test
    void renamingTheLogsIsRetried() {
        enterTea();
        logs.renaming(CompletableFuture.failedFuture(new IllegalStateException("connection reset")));
        rename("cha");
        found("tea").tell(ann.names());
        ann.replies().expectMessageClass(RoomReply.NameList.class);
        logs.renaming(CompletableFuture.completedFuture(RoomLog.Outcome.STORED));
        ann.hears("ann calls tea cha");
    }
}
