package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.room.Archive.Latest;
import io.teahouse.room.Archive.Query;
import io.teahouse.room.RoomEvent.Kind;
import io.teahouse.testkit.Some;
import io.teahouse.testkit.TestLog;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Queries over the stored history of all rooms; one test class per store. */
public abstract class ArchiveContract {
    private static final RoomName TEA = RoomName.of("Tea");
    private static final RoomName GARDEN = RoomName.of("garden");
    private static final RoomName ANN_AND_BOB = RoomName.conversation("a:ann", "n:bob");
    private static final RoomName ANN_AND_CYD = RoomName.conversation("a:ann", "a:cyd");
    private static final RoomName BOB_AND_CYD = RoomName.conversation("a:cyd", "n:bob");
    private static final Instant NOON = Some.NOON;
    private static final Instant EVER = NOON.plusSeconds(3600);

    /** Empty logs of rooms. */
    protected abstract RoomLogs logs();

    /** The archive of those logs. */
    protected abstract Archive archive();

    private static <T> T answer(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    private void say(RoomName room, String by, String text, int second) {
        say(room, by, text, second, Kind.MESSAGE, Audience.ALL);
    }

    private void say(RoomName room, String by, String text, int second, Kind kind, Audience audience) {
        TestLog log = new TestLog(logs().of(room));
        RoomLog.Opened opened = answer(log.open());
        long seq = opened.lastSeq() + 1;
        RoomEvent.Said said = new RoomEvent.Said(
                room,
                seq,
                opened.id(seq),
                NOON.plusSeconds(second),
                Nick.of(by),
                Profile.APPLICATION,
                kind,
                text,
                Attributes.NONE,
                audience,
                "");
        assertThat(answer(log.append(List.of(said)))).isEqualTo(RoomLog.Outcome.STORED);
    }

    private List<String> found(List<RoomName> rooms, String text) {
        return found(new Query(rooms, text, Optional.empty(), Optional.empty(), Optional.empty(), 10));
    }

    private List<String> found(Query query) {
        return answer(archive().search(query)).said().stream()
                .map(said -> said.room().text() + ": " + said.text())
                .toList();
    }

    private List<String> latest(String identity, List<RoomName> rooms, Instant after, Instant before, int limit) {
        return answer(archive().latest(identity, rooms, after, before, limit)).stream()
                .map(each -> each.room().key() + " " + (each.at().getEpochSecond() - NOON.getEpochSecond()))
                .toList();
    }

    @Test
    void searchIgnoresCaseInAllLanguages() {
        say(TEA, "ann", "Green TEA, please", 1);
        say(TEA, "bob", "我喜歡喝綠茶。", 2);
        say(GARDEN, "ann", "no tea here", 3);
        assertThat(found(List.of(TEA), "tea")).containsExactly("Tea: Green TEA, please");
        assertThat(found(List.of(TEA), "綠茶")).containsExactly("Tea: 我喜歡喝綠茶。");
        assertThat(found(List.of(TEA), "茶")).containsExactly("Tea: 我喜歡喝綠茶。");
        assertThat(found(List.of(TEA, GARDEN), "tea")).containsExactly("Tea: Green TEA, please", "garden: no tea here");
        assertThat(found(List.of(), "tea")).isEmpty();
        assertThat(found(List.of(RoomName.of("nowhere")), "tea")).isEmpty();
    }

    @Test
    void textsAreFoldedLikeNames() {
        say(TEA, "ann", "Stra\u00dfe 1", 1);
        say(TEA, "ann", "STRASSE 2", 2);
        say(TEA, "ann", "\uff23afe\u0301 \u039f\u0394\u039f\u03a3", 3);
        for (String street : List.of("STRASSE", "stra\u00dfe", "strasse", "\uff33TRASSE")) {
            assertThat(found(List.of(TEA), street)).as(street).containsExactly("Tea: Stra\u00dfe 1", "Tea: STRASSE 2");
        }
        for (String part : List.of("caf\u00e9", "CAF\u00c9", "\u03bf\u03b4\u03bf\u03c2", "\u03bf\u03b4\u03bf\u03c3")) {
            assertThat(found(List.of(TEA), part)).as(part).hasSize(1);
        }
    }

    @Test
    void wildcardsAndQuotesAreSearchedLiterally() {
        say(TEA, "ann", "100% \"sure\" it's_here* \\o/", 1);
        say(TEA, "ann", "100 sure its-here", 2);
        assertThat(found(List.of(TEA), "100%")).hasSize(1);
        assertThat(found(List.of(TEA), "\"sure\"")).hasSize(1);
        assertThat(found(List.of(TEA), "it's_here*")).hasSize(1);
        assertThat(found(List.of(TEA), "\\o/")).hasSize(1);
        assertThat(found(List.of(TEA), "sure OR here")).isEmpty();
    }

    @Test
    void theNewestMatchesAreReturnedOldestFirst() {
        for (int i = 1; i <= 5; i++) {
            say(TEA, "ann", "cup " + i, i);
        }
        Query two = new Query(List.of(TEA), "cup", Optional.empty(), Optional.empty(), Optional.empty(), 2);
        assertThat(found(two)).containsExactly("Tea: cup 4", "Tea: cup 5");
    }

    @Test
    void authorAndTimesRestrictTheSearch() {
        say(TEA, "ann", "one cup", 1);
        say(TEA, "bob", "two cups", 2);
        say(TEA, "ann", "three cups", 3);
        say(TEA, "ann", "four cups", 4);
        Query query = new Query(
                List.of(TEA),
                "cup",
                Optional.of("ann"),
                Optional.of(NOON.plusSeconds(1)),
                Optional.of(NOON.plusSeconds(4)),
                9);
        assertThat(found(query)).containsExactly("Tea: three cups");
        Query any = new Query(List.of(TEA), "", Optional.of("bob"), Optional.empty(), Optional.empty(), 9);
        assertThat(found(any)).containsExactly("Tea: two cups");
    }

    @Test
    void onlyMessagesToAllMembersAreFound() {
        say(TEA, "ann", "tea for all", 1);
        say(TEA, "ann", "tea for some", 2, Kind.MESSAGE, Audience.OPERATORS);
        say(TEA, "ann", "tea for programs", 3, Kind.SIGNAL, Audience.ALL);
        say(TEA, "ann", "pours tea", 4, Kind.ACTION, Audience.ALL);
        assertThat(found(List.of(TEA), "tea")).containsExactly("Tea: tea for all", "Tea: pours tea");
    }

    @Test
    void redactedMessagesAreNotFound() {
        say(TEA, "ann", "secret tea", 1);
        TestLog log = new TestLog(logs().of(TEA));
        RoomLog.Opened opened = answer(log.open());
        answer(log.append(List.of(new RoomEvent.Redacted(
                TEA,
                2,
                opened.id(2),
                NOON.plusSeconds(2),
                Nick.of("ann"),
                Profile.APPLICATION,
                opened.id(1),
                1,
                "tea",
                ""))));
        assertThat(found(List.of(TEA), "tea")).isEmpty();
    }

    @Test
    void latestRoomsAndConversationsAreSortedByTheirNewestMessage() {
        say(TEA, "ann", "1", 1);
        say(ANN_AND_BOB, "bob", "2", 2);
        say(ANN_AND_CYD, "cyd", "3", 3);
        say(BOB_AND_CYD, "cyd", "4", 4);
        say(GARDEN, "bob", "5", 5);
        say(TEA, "bob", "6", 6);
        List<RoomName> rooms = List.of(TEA, RoomName.of("empty"));
        assertThat(latest("a:ann", rooms, Instant.EPOCH, EVER, 9))
                .containsExactly(ANN_AND_BOB.key() + " 2", ANN_AND_CYD.key() + " 3", "tea 6");
        assertThat(latest("n:bob", List.of(), Instant.EPOCH, EVER, 9))
                .containsExactly(ANN_AND_BOB.key() + " 2", BOB_AND_CYD.key() + " 4");
        assertThat(latest("n:ann", List.of(), Instant.EPOCH, EVER, 9)).isEmpty();
    }

    @Test
    void bothTimesAreExcluded() {
        say(TEA, "ann", "1", 1);
        say(ANN_AND_BOB, "ann", "2", 2);
        say(ANN_AND_CYD, "ann", "3", 3);
        List<RoomName> rooms = List.of(TEA);
        assertThat(latest("a:ann", rooms, NOON.plusSeconds(1), NOON.plusSeconds(3), 9))
                .containsExactly(ANN_AND_BOB.key() + " 2");
        assertThat(latest("a:ann", rooms, Instant.EPOCH, EVER, 2)).containsExactly("tea 1", ANN_AND_BOB.key() + " 2");
        say(TEA, "ann", "4", 4);
        assertThat(latest("a:ann", rooms, Instant.EPOCH, NOON.plusSeconds(4), 9))
                .containsExactly(ANN_AND_BOB.key() + " 2", ANN_AND_CYD.key() + " 3");
    }

    /** Such as a reaction: it counts for clients that can show it. */
    @Test
    void signalsCountOnRequest() {
        say(ANN_AND_BOB, "ann", "1", 1);
        say(ANN_AND_BOB, "bob", "", 2, Kind.SIGNAL, Audience.ALL);
        say(ANN_AND_CYD, "cyd", "", 3, Kind.SIGNAL, Audience.ALL);
        say(TEA, "ann", "", 4, Kind.SIGNAL, Audience.OPERATORS);
        List<RoomName> rooms = List.of(TEA);
        assertThat(latest("a:ann", rooms, Instant.EPOCH, EVER, 9)).containsExactly(ANN_AND_BOB.key() + " 1");
        assertThat(answer(archive().latest("a:ann", rooms, true, Instant.EPOCH, EVER, 9)))
                .containsExactly(
                        new Latest(ANN_AND_BOB, NOON.plusSeconds(2)), new Latest(ANN_AND_CYD, NOON.plusSeconds(3)));
    }

    /** For {@link Latest}. */
    @Test
    void aRoomHasItsCurrentSpelling() {
        say(TEA, "ann", "1", 1);
        assertThat(answer(archive().latest("n:x", List.of(TEA), Instant.EPOCH, EVER, 9)))
                .containsExactly(new Latest(TEA, NOON.plusSeconds(1)));
    }
}
