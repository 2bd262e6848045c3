package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.room.RoomEvent.Said;
import io.teahouse.testkit.Some;
import io.teahouse.testkit.TestRoom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Messages of a closed room, in every store; one test class per store. */
public abstract class VisibilitySessionContract {
    protected static final RoomName TEA = TestRoom.TEA;

    protected abstract RoomLogs logs();

    protected abstract Archive archive();

    protected static <T> T answer(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    /** The session of the current members. */
    private long session = 1;

    private RoomLog.Opened open(RoomLog log) {
        RoomLog.Opened opened = answer(log.open(session));
        session = opened.session();
        log.readableBy(session);
        return opened;
    }

    private RoomLog.Outcome append(RoomLog log, RoomEvent.Recorded event, RoomLog.Opened opened, long forWhom) {
        return answer(log.append(opened.generation(), forWhom, List.of(event)));
    }

    /** Sends a message for that session. */
    protected void say(String text, long forWhom) {
        say(text, forWhom, Profile.APPLICATION);
    }

    private void say(String text, long forWhom, Profile by) {
        RoomLog log = logs().of(TEA);
        RoomLog.Opened opened = open(log);
        long seq = opened.lastSeq() + 1;
        Said said = new Said(
                TEA,
                seq,
                opened.id(seq),
                Some.NOON.plusSeconds(seq),
                Nick.of("ann"),
                by,
                RoomEvent.Kind.MESSAGE,
                text,
                Attributes.NONE,
                Audience.ALL,
                "id of " + text);
        assertThat(append(log, said, opened, forWhom)).isEqualTo(RoomLog.Outcome.STORED);
    }

    private void setTopic(String text, long forWhom) {
        RoomLog log = logs().of(TEA);
        RoomLog.Opened opened = open(log);
        long seq = opened.lastSeq() + 1;
        RoomEvent.TopicChanged topic = new RoomEvent.TopicChanged(
                TEA, seq, opened.id(seq), Some.NOON, Nick.of("ann"), Profile.APPLICATION, text, "");
        append(log, topic, opened, forWhom);
    }

    /** Sends a message for the current session. */
    protected void sayAmongUs(String text) {
        say(text, session);
    }

    private RoomLog.Excerpt read(HistoryRange span) {
        return answer(logs().of(TEA).read(session, span, event -> true));
    }

    protected List<String> texts() {
        return read(HistoryRange.ALL).events().stream()
                .map(event -> ((Said) event).text())
                .toList();
    }

    protected List<String> found(String text) {
        return answer(archive()
                        .search(new Archive.Query(
                                List.of(TEA), text, Optional.empty(), Optional.empty(), Optional.empty(), 10)))
                .said()
                .stream()
                .map(Said::text)
                .toList();
    }

    protected List<Archive.Latest> latest() {
        return answer(archive().latest("n:ann", List.of(TEA), Instant.EPOCH, Instant.MAX, 9));
    }

    protected void beginSession() {
        session++;
        logs().of(TEA).readableBy(session);
    }

    @Test
    void membersOfTheSessionReadItsMessages() {
        say("open tea", RoomLog.FOR_ALL);
        sayAmongUs("secret tea");
        assertThat(texts()).containsExactly("open tea", "secret tea");
        assertThat(read(HistoryRange.ALL).gap()).isFalse();
        assertThat(found("tea")).containsExactly("open tea", "secret tea");
        assertThat(latest()).containsExactly(new Archive.Latest(TEA, Some.NOON.plusSeconds(2)));
    }

    @Test
    void laterMembersSeeAGap() {
        say("open tea", RoomLog.FOR_ALL);
        sayAmongUs("secret tea");
        beginSession();
        say("new tea", RoomLog.FOR_ALL);
        assertThat(texts()).containsExactly("open tea", "new tea");
        assertThat(read(HistoryRange.ALL).gap()).isTrue();
        assertThat(read(HistoryRange.seqs(3, 3, 9)).gap()).isFalse();
        assertThat(read(HistoryRange.latest(1)).gap()).isFalse();
        assertThat(read(HistoryRange.after(new Anchor.AtSeq(1), 1)).gap()).isTrue();
        assertThat(found("tea")).containsExactly("open tea", "new tea");
        assertThat(found("secret")).isEmpty();
    }

    @Test
    void theLatestMessageIsThatWhichTheReaderMaySee() {
        say("open tea", RoomLog.FOR_ALL);
        sayAmongUs("secret tea");
        beginSession();
        assertThat(latest()).containsExactly(new Archive.Latest(TEA, Some.NOON.plusSeconds(1)));
    }

    @Test
    void messagesThatAreStoredLateBelongToTheEarlierSession() {
        long before = session;
        beginSession();
        say("secret tea", before);
        assertThat(texts()).isEmpty();
        assertThat(answer(logs().of(TEA).settle(1)))
                .hasSize(1)
                .allMatch(event -> ((Said) event).text().equals("secret tea"));
    }

    @Test
    void theTopicEndsWithTheSession() {
        setTopic("for all", RoomLog.FOR_ALL);
        setTopic("for us", session);
        RoomLog.Opened now = open(logs().of(TEA));
        assertThat(now.topic().orElseThrow().text()).isEqualTo("for us");
        assertThat(now.openTopic().orElseThrow().text()).isEqualTo("for all");
        beginSession();
        assertThat(open(logs().of(TEA)).topic().orElseThrow().text()).isEqualTo("for all");
    }

    @Test
    void seqsContinueAndOnlyAccountsAreRecognizedAsAuthors() {
        say("ann's own", session, Profile.APPLICATION.withAccount("Ann"));
        sayAmongUs("somebody's");
        beginSession();
        RoomLog.Opened opened = open(logs().of(TEA));
        assertThat(opened.lastSeq()).isEqualTo(2);
        assertThat(opened.lastTime()).isEqualTo(Some.NOON.plusSeconds(2));
        assertThat(opened.recent()).extracting(RoomEvent.Recorded::clientId).containsExactly("id of ann's own", "");
    }

    @Test
    void messagesOfTheSessionAreRedactedLikeOthers() {
        sayAmongUs("secret tea");
        RoomLog log = logs().of(TEA);
        RoomLog.Opened opened = open(log);
        append(
                log,
                new RoomEvent.Redacted(
                        TEA, 2, opened.id(2), Some.NOON, Nick.of("ann"), Profile.APPLICATION, opened.id(1), 1, "", ""),
                opened,
                session);
        assertThat(read(HistoryRange.ALL).events()).hasSize(1);
        beginSession();
        assertThat(read(HistoryRange.ALL).events()).isEmpty();
    }

    @Test
    void aRegisteredRoomHasASingleSession() {
        sayAmongUs("before it was registered");
        keep(Optional.of(new RegisteredState("Ann", Some.NOON, Modes.Snapshot.NONE, Map.of())));
        sayAmongUs("secret tea");
        openAnew();
        assertThat(texts()).containsExactly("before it was registered", "secret tea");

        keep(Optional.empty());
        assertThat(texts()).hasSize(2);
        openAnew();
        assertThat(texts()).isEmpty();
    }

    protected void keep(Optional<RegisteredState> state) {
        RoomLog log = logs().of(TEA);
        answer(log.keep(open(log).generation(), session, state));
    }

    /** Opens the log like a room that is located. */
    protected void openAnew() {
        session++;
        open(logs().of(TEA));
    }
}
