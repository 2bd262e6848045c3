package io.teahouse.room;

import static io.teahouse.testkit.Some.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.testkit.Some;
import io.teahouse.testkit.TestRoom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DuplicateDetectorTest {
    private final DuplicateDetector repeats =
            new DuplicateDetector(new RepeatLimits(3, 8, Duration.ofMinutes(10)), RoomBudget.unlimited());

    private static RoomEvent.Said said(long seq, String by, String clientId, Instant at) {
        return Some.said(seq, by, "hi", clientId, at);
    }

    private Optional<RoomEvent.Recorded> original(String by, String clientId, Instant now) {
        return repeats.original(identity(by), clientId, now);
    }

    private static UserId identity(String name) {
        return Profile.APPLICATION.senderId(Nick.of(name));
    }

    @Test
    void theOriginalIsFoundInAnySpellingOfItsSender() {
        RoomEvent.Said first = said(1, "ann", "c1", NOON);
        repeats.remember(first, RoomLog.FOR_ALL);
        assertThat(original("ANN", "c1", NOON)).contains(first);
    }

    @Test
    void anotherSenderOrAnotherIdIsNoRetry() {
        repeats.remember(said(1, "ann", "c1", NOON), RoomLog.FOR_ALL);
        assertThat(original("bob", "c1", NOON)).isEmpty();
        assertThat(original("ann", "c2", NOON)).isEmpty();
    }

    @Test
    void anAccountIsOneSenderUnderAnyNick() {
        Profile withAccount = Profile.APPLICATION.withAccount("ann");
        assertThat(withAccount.senderId(Nick.of("a1")))
                .isEqualTo(withAccount.senderId(Nick.of("a2")))
                .isNotEqualTo(identity("ann"));
    }

    @Test
    void aMessageWithoutIdIsNeverARetry() {
        repeats.remember(said(1, "ann", "", NOON), RoomLog.FOR_ALL);
        assertThat(original("ann", "", NOON)).isEmpty();
    }

    @Test
    void theOldestIdsAreDroppedBeyondTheLimit() {
        for (int i = 1; i <= 4; i++) {
            repeats.remember(said(i, "ann", "c" + i, NOON), RoomLog.FOR_ALL);
        }
        assertThat(original("ann", "c1", NOON)).isEmpty();
        assertThat(original("ann", "c2", NOON)).isPresent();
        assertThat(original("ann", "c4", NOON)).isPresent();
    }

    @Test
    void messagesOfOthersDoNotPushOutTheIdsOfAnAbsentSender() {
        repeats.remember(said(1, "ann", "a1", NOON), RoomLog.FOR_ALL);
        for (int i = 2; i <= 1000; i++) {
            repeats.remember(said(i, "bob" + i % 4, "b" + i, NOON.plusMillis(i)), RoomLog.FOR_ALL);
        }
        assertThat(original("ann", "a1", NOON.plusSeconds(1))).isPresent();
        assertThat(original("bob0", "b1000", NOON.plusSeconds(1))).isPresent();
    }

    @Test
    void sendersWithTheMostIdsLoseSomeBeyondTheRoomsLimit() {
        repeats.remember(said(1, "ann", "a1", NOON), RoomLog.FOR_ALL);
        for (int i = 2; i <= 10; i++) {
            repeats.remember(said(i, "bob" + i % 3, "b" + i, NOON), RoomLog.FOR_ALL);
            assertThat(repeats.count()).isLessThanOrEqualTo(8);
        }
        assertThat(original("ann", "a1", NOON)).isPresent();
        assertThat(original("bob2", "b2", NOON)).isEmpty();
        assertThat(original("bob1", "b10", NOON)).isPresent();
    }

    @Test
    void aUserWithManyNicksCannotExceedTheLimit() {
        for (int i = 1; i <= 10_000; i++) {
            repeats.remember(said(i, "bob" + i, "b", NOON), RoomLog.FOR_ALL);
            assertThat(repeats.count()).isLessThanOrEqualTo(8);
        }
        assertThat(original("bob10000", "b", NOON)).isPresent();
    }

    @Test
    void expiredIdsAreDroppedWhileOthersSpeak() {
        repeats.remember(said(1, "ann", "a1", NOON), RoomLog.FOR_ALL);
        repeats.remember(said(2, "bob", "b1", NOON.plus(Duration.ofMinutes(11))), RoomLog.FOR_ALL);
        assertThat(repeats.count()).isEqualTo(1);
    }

    @Test
    void anIdIsRememberedForTheWindow() {
        repeats.remember(said(1, "ann", "c1", NOON), RoomLog.FOR_ALL);
        Instant end = NOON.plus(Duration.ofMinutes(10));
        assertThat(original("ann", "c1", end)).isPresent();
        assertThat(original("ann", "c1", end.plusMillis(1))).isEmpty();
    }

    @Test
    void anIdThatIsReusedAfterTheWindowMeansTheNewMessage() {
        RoomEvent.Said second = said(2, "ann", "c1", NOON.plus(Duration.ofHours(1)));
        repeats.remember(said(1, "ann", "c1", NOON), RoomLog.FOR_ALL);
        repeats.remember(second, RoomLog.FOR_ALL);
        assertThat(original("ann", "c1", second.at())).contains(second);
    }

    @Test
    void zeroRemembersNothing() {
        DuplicateDetector none =
                new DuplicateDetector(new RepeatLimits(0, 8, Duration.ofMinutes(10)), RoomBudget.unlimited());
        none.remember(said(1, "ann", "c1", NOON), RoomLog.FOR_ALL);
        assertThat(none.original(identity("ann"), "c1", NOON)).isEmpty();
    }

    @Test
    void onlyAccountsAreRememberedBeyondTheSession() {
        Profile withAccount = Profile.APPLICATION.withAccount("Bob");
        RoomEvent.Said bobs = new RoomEvent.Said(
                TestRoom.TEA,
                2,
                "id-2",
                NOON,
                Nick.of("bob"),
                withAccount,
                RoomEvent.Kind.MESSAGE,
                "hi",
                Attributes.NONE,
                Audience.ALL,
                "c1");
        repeats.remember(said(1, "ann", "c1", NOON), 7);
        repeats.remember(bobs, 7);
        RoomEvent.Said open = said(3, "cyd", "c1", NOON);
        repeats.remember(open, RoomLog.FOR_ALL);

        repeats.forgetSession();

        assertThat(original("ann", "c1", NOON)).isEmpty();
        assertThat(repeats.original(withAccount.senderId(Nick.of("bob")), "c1", NOON))
                .contains(bobs);
        assertThat(original("cyd", "c1", NOON)).contains(open);
    }

    @Test
    void roomsBeyondTheirShareDropIdsWhenTheBudgetIsExceeded() {
        RoomBudget all = new RoomBudget(100_000);
        RepeatLimits limits = new RepeatLimits(1000, 4000, Duration.ofMinutes(10));
        DuplicateDetector small = new DuplicateDetector(limits, all);
        DuplicateDetector large = new DuplicateDetector(limits, all);
        small.remember(said(1, "bob", "c1", NOON), RoomLog.FOR_ALL);
        for (int i = 1; i <= 1000; i++) {
            large.remember(Some.said(i, "ann", "x".repeat(4000), "c" + i, NOON), RoomLog.FOR_ALL);
        }
        small.remember(said(2, "bob", "c2", NOON), RoomLog.FOR_ALL);
        assertThat(all.used()).isLessThan(110_000);
        assertThat(small.original(identity("bob"), "c1", NOON)).isPresent();
        assertThat(large.original(identity("ann"), "c1000", NOON)).isPresent();
        large.close();
        small.close();
        assertThat(all.used()).isZero();
    }
}
