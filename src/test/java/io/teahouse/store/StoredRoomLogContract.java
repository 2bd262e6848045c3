package io.teahouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.room.Attributes;
import io.teahouse.room.Audience;
import io.teahouse.room.HistoryRange;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomLog;
import io.teahouse.room.RoomLogContract;
import io.teahouse.room.RoomName;
import io.teahouse.testkit.TestLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A room's log in a database; one test class per database. */
abstract class StoredRoomLogContract extends RoomLogContract {
    private OpenStore opened;
    private int rooms;

    /** Creates an empty store. */
    abstract OpenStore open();

    @Override
    protected RoomLog create() {
        opened = opened == null ? open() : opened;
        return opened.store().logs().of(OpenStore.room(rooms++));
    }

    @Override
    protected RoomLog reopen(RoomLog log) {
        RoomName room = ((SqlRoomLog) log).room().name();
        return opened.reopen().logs().of(room);
    }

    /** Results wait in memory until they are written to a client, however many clients ask at a time. */
    @Test
    void veryLongMessagesAreReadUpToALimitAndTheGapIsReported() {
        TestLog log = new TestLog(create());
        String text = "x".repeat(100_000);
        int count = 30;
        List<RoomEvent.Recorded> batch = new ArrayList<>();
        for (int seq = 1; seq <= count; seq++) {
            batch.add(new RoomEvent.Said(
                    OpenStore.room(rooms - 1),
                    seq,
                    "id" + seq,
                    Instant.EPOCH,
                    Nick.of("ann"),
                    Profile.APPLICATION,
                    RoomEvent.Kind.MESSAGE,
                    text,
                    Attributes.NONE,
                    Audience.ALL,
                    ""));
        }
        assertThat(log.append(batch)).succeedsWithin(Duration.ofSeconds(30));
        RoomLog.Excerpt newest = log.read(HistoryRange.latest(100), event -> true)
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
        assertThat(newest.events()).hasSize(1 + HistoryQuery.MOST_TEXT / text.length());
        assertThat(newest.events().get(newest.events().size() - 1).seq()).isEqualTo(count);
        assertThat(newest.gap()).isTrue();
    }
}
