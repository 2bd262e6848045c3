package io.teahouse.store;

import io.teahouse.room.Attributes;
import io.teahouse.room.Audience;
import io.teahouse.room.HistoryRange;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.RoomEvent.Kind;
import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomEvent.Said;
import io.teahouse.room.RoomLog;
import io.teahouse.room.RoomLog.Outcome;
import io.teahouse.room.RoomName;
import io.teahouse.testkit.TestLog;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Appends to and reads from one room, for tests. */
final class TestMessages {
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final RoomName TEA = RoomName.of("tea");

    private final RoomName room;
    private final TestLog log;
    private final RoomLog.Opened opened;

    TestMessages(Store store) {
        this(store, TEA);
    }

    TestMessages(Store store, RoomName room) {
        this.room = room;
        log = new TestLog(store.logs().of(room));
        opened = answer(log.open());
    }

    static <T> T answer(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }

    TestLog log() {
        return log;
    }

    RoomLog.Opened opened() {
        return opened;
    }

    Said said(long seq, String text) {
        return said(seq, text, NOON.plusMillis(seq));
    }

    Said said(long seq, String text, Instant at) {
        return new Said(
                room,
                seq,
                opened.id(seq),
                at,
                Nick.of("ann"),
                Profile.APPLICATION,
                Kind.MESSAGE,
                text,
                Attributes.NONE,
                Audience.ALL,
                "c" + seq);
    }

    CompletionStage<Outcome> append(long seq, String text) {
        return log.append(List.of(said(seq, text)));
    }

    List<String> texts() {
        return answer(log.read(HistoryRange.ALL, event -> true)).events().stream()
                .map(TestMessages::text)
                .toList();
    }

    List<String> tail(long from) {
        return answer(log.settle(from)).stream().map(TestMessages::text).toList();
    }

    private static String text(Recorded event) {
        return event instanceof Said said ? said.text() : "(no text)";
    }
}
