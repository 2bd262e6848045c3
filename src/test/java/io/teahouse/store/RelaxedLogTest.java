package io.teahouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomEvent.Redacted;
import io.teahouse.room.RoomLog;
import io.teahouse.room.RoomLog.Outcome;
import io.teahouse.room.RoomName;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Appends that race with the end of a write. Tests with a database cover the rest. */
class RelaxedLogTest {
    private static final Recorded EVENT = new Redacted(
            RoomName.of("tea"), 2, "b", TestMessages.NOON, Nick.of("ann"), Profile.APPLICATION, "a", 1, "", "");

    /** All appends that reached the store. */
    private final List<CompletableFuture<Outcome>> appends = new ArrayList<>();

    private final ByteBudget budget = new ByteBudget(3 * EVENT.bytes());
    private final RelaxedLog log = new RelaxedLog(store(), 9, budget, Duration.ofSeconds(1));

    private RoomLog store() {
        return (RoomLog) Proxy.newProxyInstance(
                RoomLog.class.getClassLoader(), new Class<?>[] {RoomLog.class}, (proxy, method, arguments) -> {
                    CompletableFuture<Outcome> answer = new CompletableFuture<>();
                    appends.add(answer);
                    return answer;
                });
    }

    @Test
    void anAppendBetweenTheLastWriteAndItsCompletionIsStored() {
        log.append(1, RoomLog.FOR_ALL, List.of(EVENT));
        CompletableFuture<Void> first = log.goOn(-1).orElseThrow();
        log.append(1, RoomLog.FOR_ALL, List.of(EVENT));
        first.complete(null);
        assertThat(appends).hasSize(2);
        assertThat(log.isIdle()).isFalse();
        appends.get(1).complete(Outcome.STORED);
        assertThat(log.isIdle()).isTrue();
    }

    @Test
    void anAppendDuringAWriteIsStoredAfterIt() {
        log.append(1, RoomLog.FOR_ALL, List.of(EVENT));
        log.append(1, RoomLog.FOR_ALL, List.of(EVENT));
        assertThat(appends).hasSize(1);
        appends.get(0).complete(Outcome.STORED);
        assertThat(appends).hasSize(2);
        assertThat(log.isIdle()).isFalse();
        appends.get(1).complete(Outcome.STORED);
        assertThat(log.isIdle()).isTrue();
    }

    @Test
    void whatAllRelaxedRoomsHaveInMemoryIsBoundedInBytes() {
        RelaxedLog other = new RelaxedLog(store(), 9, budget, Duration.ofSeconds(1));
        assertThat(log.append(1, RoomLog.FOR_ALL, List.of(EVENT, EVENT)).toCompletableFuture())
                .isCompletedWithValue(Outcome.STORED);
        assertThat(other.append(1, RoomLog.FOR_ALL, List.of(EVENT, EVENT)).toCompletableFuture())
                .isCompletedWithValue(Outcome.NOT_STORED);
        assertThat(other.append(1, RoomLog.FOR_ALL, List.of(EVENT)).toCompletableFuture())
                .isCompletedWithValue(Outcome.STORED);
        appends.get(0).complete(Outcome.STORED);
        assertThat(other.append(1, RoomLog.FOR_ALL, List.of(EVENT, EVENT)).toCompletableFuture())
                .isCompletedWithValue(Outcome.STORED);
    }
}
