package io.teahouse.store;

import static io.teahouse.store.TestMessages.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.room.Archive.Found;
import io.teahouse.room.Archive.Query;
import io.teahouse.room.RoomEvent.Said;
import io.teahouse.room.RoomLog.Outcome;
import io.teahouse.room.RoomName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store while all its searches hang. */
class ReaderPoolsTest {
    private static final RoomName TEA = RoomName.of("tea");

    /** The searches that run or wait in {@link FaultyDatabase}. */
    private static final int SEARCHES = 1 + 3;

    @TempDir
    private Path folder;

    private FaultyDatabase.Opened opened;
    private TestMessages tea;

    @BeforeEach
    void open() {
        opened = FaultyDatabase.open(folder.resolve("tea.db"));
        tea = new TestMessages(opened.store());
        answer(tea.append(1, "green tea"));
        opened.database().haveSearchesHang();
    }

    @AfterEach
    void close() {
        opened.database().haveSearchesGoOn();
        opened.close();
    }

    private CompletionStage<Found> search() {
        List<RoomName> rooms = List.of(TEA, RoomName.of("garden"));
        return opened.store()
                .archive()
                .search(new Query(rooms, "green", Optional.empty(), Optional.empty(), Optional.empty(), 9));
    }

    /**
     * Starts twice as many searches as fit. How many the thread has taken by now is unknown, and so is which are
     * refused.
     */
    private Stream<CompletionStage<Found>> searches() {
        return Stream.generate(this::search).limit(2 * SEARCHES).toList().stream();
    }

    @Test
    void roomsOpenUsersLogInAndHistoryIsReadWhileSearchHangs() {
        List<CompletionStage<Found>> all = searches().toList();
        assertThat(new TestMessages(opened.store(), RoomName.of("garden"))
                        .opened()
                        .lastSeq())
                .isZero();
        assertThat(answer(opened.store().accounts().find("ann"))).isEmpty();
        assertThat(answer(opened.store().markers().all("ann"))).isEmpty();
        assertThat(tea.texts()).containsExactly("green tea");
        assertThat(answer(opened.store().archive().latest("n:ann", List.of(TEA), Instant.EPOCH, Instant.MAX, 9)))
                .hasSize(1);
        assertThat(answer(tea.append(2, "goes on"))).isEqualTo(Outcome.STORED);
        assertThat(all).anyMatch(each -> !each.toCompletableFuture().isDone());
    }

    @Test
    void searchesBeyondTheLimitAreRefusedAtOnce() {
        List<CompletionStage<Found>> refused = searches()
                .filter(each -> each.toCompletableFuture().isCompletedExceptionally())
                .toList();
        assertThat(refused).hasSizeBetween(SEARCHES, SEARCHES + 1);
        assertThat(refused)
                .allSatisfy(each -> assertThat(each)
                        .failsWithin(Duration.ofSeconds(30))
                        .withThrowableThat()
                        .withCauseInstanceOf(RejectedExecutionException.class));
    }

    @Test
    void searchContinuesWhenTheStoreDoes() {
        CompletionStage<Found> waiting = search();
        opened.database().haveSearchesGoOn();
        assertThat(answer(waiting).said()).extracting(Said::text).containsExactly("green tea");
    }
}
