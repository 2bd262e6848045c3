package io.teahouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.room.Anchor;
import io.teahouse.room.Attributes;
import io.teahouse.room.Audience;
import io.teahouse.room.HistoryRange;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomLog;
import io.teahouse.room.RoomName;
import io.teahouse.testkit.TestLog;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Writes to a store as a server's rooms would. Users without an account are identified by their nicks. */
public final class StoreFixture implements AutoCloseable {
    public static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    public static final RoomName TEA = RoomName.of("tea");

    private final Store store;
    private final Map<String, TestLog> logs = new HashMap<>();
    private final Map<String, Long> seqs = new HashMap<>();

    private StoreFixture(Store store) {
        this.store = store;
    }

    public static StoreFixture open(StoreSettings settings) throws StoreException {
        return new StoreFixture(Stores.open(settings));
    }

    /** Opens a store in that file. */
    public static StoreFixture open(Path sqlite) throws StoreException {
        return open(OpenStore.settings(sqlite));
    }

    static <T> T answer(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }

    public Store store() {
        return store;
    }

    TestLog log(RoomName room) {
        return logs.computeIfAbsent(room.key(), any -> new TestLog(store.logs().of(room)));
    }

    private long next(RoomName room) {
        long last = seqs.getOrDefault(room.key(), log(room).opened().lastSeq());
        seqs.put(room.key(), last + 1);
        return last + 1;
    }

    private void append(RoomName room, Recorded event) {
        assertThat(answer(log(room).append(List.of(event)))).isEqualTo(RoomLog.Outcome.STORED);
    }

    static Profile profile(String nick, String account) {
        return new Profile(nick, "192.0.2.7", "", account, "", false);
    }

    /** Returns the message's id. */
    public String say(RoomName room, String nick, String account, String text, Instant at) {
        long seq = next(room);
        String id = log(room).opened().id(seq);
        append(
                room,
                new RoomEvent.Said(
                        room,
                        seq,
                        id,
                        at,
                        Nick.of(nick),
                        profile(nick, account),
                        RoomEvent.Kind.MESSAGE,
                        text,
                        Attributes.NONE,
                        Audience.ALL,
                        ""));
        return id;
    }

    public String say(String nick, String text) {
        return say(TEA, nick, "", text, NOON);
    }

    void setTopic(RoomName room, String nick, String account, String text) {
        long seq = next(room);
        String id = log(room).opened().id(seq);
        append(room, new RoomEvent.TopicChanged(room, seq, id, NOON, Nick.of(nick), profile(nick, account), text, ""));
    }

    /** Lets bob redact the message with that seq in {@link #TEA}. */
    void redact(String target, long targetSeq) {
        long seq = next(TEA);
        String id = log(TEA).opened().id(seq);
        append(
                TEA,
                new RoomEvent.Redacted(
                        TEA, seq, id, NOON, Nick.of("bob"), profile("bob", ""), target, targetSeq, "", ""));
    }

    /** All events of a room. */
    List<Recorded> all(RoomName room) {
        return answer(log(room).read(HistoryRange.seqs(1, Long.MAX_VALUE, 10_000), event -> true))
                .events();
    }

    /** Whether the room knows the id that a client saw last. */
    boolean knows(RoomName room, String id) {
        HistoryRange after = HistoryRange.after(new Anchor.AtId(id), 10);
        return answer(log(room).read(after, event -> true)).known();
    }

    @Override
    public void close() {
        store.close();
    }
}
