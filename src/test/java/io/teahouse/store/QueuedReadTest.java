package io.teahouse.store;

import static io.teahouse.store.TestMessages.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.room.Archive;
import io.teahouse.room.HistoryRange;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomLog;
import io.teahouse.room.RoomName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Reads that wait because all readers are busy. */
class QueuedReadTest {
    private static final RoomName TEA = OpenStore.room(0);
    private static final RoomName RICE = RoomName.of("rice");

    private final OpenStore opened = OpenStore.sqlite();
    private final CountDownLatch others = new CountDownLatch(1);

    @AfterEach
    void close() {
        others.countDown();
        opened.close();
    }

    private void keepReadersBusy() {
        SqlStore store = (SqlStore) opened.store();
        for (ReaderPool readers :
                List.of(store.threads().history(), store.threads().searching())) {
            for (int i = 0; i < store.settings().readers().history(); i++) {
                readers.read(session -> {
                    try {
                        others.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return true;
                });
            }
        }
    }

    /** Asks, renames the room, and only then lets the readers answer. */
    private <T> T whileRenamed(Supplier<CompletionStage<T>> question) {
        TestMessages tea = new TestMessages(opened.store());
        answer(tea.append(1, "green"));
        keepReadersBusy();
        CompletionStage<T> asked = question.get();
        answer(opened.store().logs().rename(TEA, RICE));
        others.countDown();
        return answer(asked);
    }

    @Test
    void aRoomThatIsRenamedWhileAReadWaitsIsRead() {
        RoomLog.Excerpt past = whileRenamed(
                () -> opened.store().logs().of(TEA).read(RoomLog.FOR_ALL, HistoryRange.ALL, event -> true));
        assertThat(past.events())
                .hasSize(1)
                .allMatch(event -> ((RoomEvent.Said) event).text().equals("green"));
    }

    @Test
    void aRoomThatIsRenamedWhileASearchWaitsIsFoundUnderItsNewName() {
        Archive.Query query =
                new Archive.Query(List.of(TEA), "green", Optional.empty(), Optional.empty(), Optional.empty(), 9);
        Archive.Found found = whileRenamed(() -> opened.store().archive().search(query));
        assertThat(found.said())
                .singleElement()
                .satisfies(said -> assertThat(said.room()).isEqualTo(RICE));
    }

    @Test
    void aRoomThatIsRenamedWhileAListWaitsIsListedUnderItsNewName() {
        List<Archive.Latest> found = whileRenamed(
                () -> opened.store().archive().latest("n:ann", List.of(TEA), Instant.EPOCH, Instant.MAX, 9));
        assertThat(found).extracting(Archive.Latest::room).containsExactly(RICE);
    }
}
