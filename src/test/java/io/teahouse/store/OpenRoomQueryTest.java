package io.teahouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.room.Attributes;
import io.teahouse.room.Audience;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomLog;
import io.teahouse.testkit.TestLog;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a room remembers after a restart. */
class OpenRoomQueryTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    static Stream<Named<Supplier<OpenStore>>> stores() {
        return Stream.of(Named.of("SQLite", OpenStore::sqlite), Named.of("PostgreSQL", OpenStore::postgresql));
    }

    private static Recorded said(RoomLog.Opened opened, long seq, String clientId) {
        return said(opened, seq, "ann", clientId);
    }

    private static Recorded said(RoomLog.Opened opened, long seq, String by, String clientId) {
        return new RoomEvent.Said(
                OpenStore.room(0),
                seq,
                opened.id(seq),
                NOON.plusMillis(seq),
                Nick.of(by),
                Profile.APPLICATION,
                RoomEvent.Kind.MESSAGE,
                "hi",
                Attributes.NONE,
                Audience.ALL,
                clientId);
    }

    /** The room counts messages with a client id, not those without. */
    @ParameterizedTest
    @MethodSource("stores")
    void manyMessagesWithoutAnIdDoNotHideOneWithAnId(Supplier<OpenStore> kind) {
        try (OpenStore store = kind.get()) {
            TestLog log = new TestLog(store.store().logs().of(OpenStore.room(0)));
            RoomLog.Opened opened = log.open().toCompletableFuture().join();
            Recorded first = said(opened, 1, "x1");
            List<Recorded> more = LongStream.rangeClosed(2, 2_000)
                    .mapToObj(seq -> said(opened, seq, ""))
                    .toList();
            log.append(List.of(first)).toCompletableFuture().join();
            log.append(more).toCompletableFuture().join();

            TestLog again = new TestLog(store.reopen().logs().of(OpenStore.room(0)));

            RoomLog.Opened known = again.open().toCompletableFuture().join();
            assertThat(known.lastSeq()).isEqualTo(2_000);
            assertThat(known.recent()).contains(first);
        }
    }

    /** The room remembers a number of ids for each sender. */
    @ParameterizedTest
    @MethodSource("stores")
    void manyIdsOfOthersDoNotHideOne(Supplier<OpenStore> kind) {
        try (OpenStore store = kind.get()) {
            TestLog log = new TestLog(store.store().logs().of(OpenStore.room(0)));
            RoomLog.Opened opened = log.open().toCompletableFuture().join();
            Recorded first = said(opened, 1, "x1");
            List<Recorded> more = LongStream.rangeClosed(2, 2_000)
                    .mapToObj(seq -> said(opened, seq, "bob", "y" + seq))
                    .toList();
            log.append(List.of(first)).toCompletableFuture().join();
            log.append(more).toCompletableFuture().join();

            TestLog again = new TestLog(store.reopen().logs().of(OpenStore.room(0)));

            RoomLog.Opened known = again.open().toCompletableFuture().join();
            assertThat(known.recent())
                    .contains(first, more.get(more.size() - 1))
                    .hasSize(1 + 1024);
        }
    }
}
