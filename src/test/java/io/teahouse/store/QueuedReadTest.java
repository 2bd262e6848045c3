package io.teahouse.store;

import static io.teahouse.store.Lines.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomLog;
import io.teahouse.room.RoomName;
import io.teahouse.room.Span;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is read late, because others read before. */
class QueuedReadTest {
    private static final RoomName TEA = OpenStore.room(0);

    private final OpenStore opened = OpenStore.sqlite();
    private final CountDownLatch others = new CountDownLatch(1);

    @AfterEach
    void close() {
        others.countDown();
        opened.close();
    }

    private void keepReadersBusy() {
        SqlStore store = (SqlStore) opened.store();
        for (int i = 0; i < store.settings().lanes().history(); i++) {
            store.history().read(session -> {
                try {
                    others.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return true;
            });
        }
    }

    @Test
    void aRoomThatIsRenamedMeanwhileIsReadAllTheSame() {
        Lines tea = new Lines(opened.store());
        answer(tea.append(1, "green"));
        keepReadersBusy();
        CompletionStage<RoomLog.Excerpt> past = tea.log().read(Span.ALL, event -> true);
        answer(opened.store().logs().rename(TEA, RoomName.of("rice")));

        others.countDown();

        assertThat(answer(past).events())
                .hasSize(1)
                .allMatch(event -> ((RoomEvent.Said) event).text().equals("green"));
    }
}
