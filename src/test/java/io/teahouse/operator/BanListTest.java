package io.teahouse.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.testkit.MovableClock;
import io.teahouse.user.CaseMapping;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class BanListTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final MovableClock clock = new MovableClock(NOON);
    private final ServerBans stored = new MemoryServerBans();
    private final BanList bans = new BanList(stored, CaseMapping.ASCII, clock);

    private static <T> T answer(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private void ban(String target, Duration duration) {
        Instant now = clock.instant();
        answer(bans.put(new Ban(
                BanTarget.parse(target).orElseThrow(),
                "spam",
                "boss",
                now,
                duration.isZero() ? Optional.empty() : Optional.of(now.plus(duration)))));
    }

    private static InetAddress address(int last) {
        try {
            return InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, (byte) last});
        } catch (java.net.UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private Optional<String> refusal(String nick, String account) {
        Profile profile = new Profile("u", "cloak.ip", "Real", account, "", false).withAddress("192.0.2.7");
        return bans.refusal(Nick.of(nick), profile);
    }

    @Test
    void anAddressInABannedNetworkIsRefusedWithTheReason() {
        ban("192.0.2.0/28", Duration.ofHours(2));
        assertThat(bans.refusal(address(7))).contains("you are banned from this server for 2h: spam");
        assertThat(bans.refusal(address(16))).isEmpty();
        assertThat(refusal("bob", "")).as("behind a door that asks later").isPresent();
    }

    @Test
    void aBanEndsAtItsTime() {
        ban("192.0.2.7", Duration.ofMinutes(10));
        clock.move(Duration.ofMinutes(9));
        assertThat(bans.refusal(address(7))).contains("you are banned from this server for 1m: spam");
        clock.move(Duration.ofMinutes(1));
        assertThat(bans.refusal(address(7))).isEmpty();
        assertThat(bans.all()).isEmpty();
    }

    @Test
    void aBanEndsAtItsTimeAlsoAfterARestart() {
        ban("192.0.2.7", Duration.ofMinutes(10));
        ban("192.0.2.8", Duration.ZERO);
        clock.move(Duration.ofMinutes(9));
        BanList next = answer(new BanList(stored, CaseMapping.ASCII, clock).load());
        assertThat(next.refusal(address(7))).isPresent();
        clock.move(Duration.ofMinutes(1));
        assertThat(next.refusal(address(7))).isEmpty();
        assertThat(next.refusal(address(8))).contains("you are banned from this server: spam");
    }

    @Test
    void whatIsOverIsForgottenAtTheNextChange() {
        ban("192.0.2.7", Duration.ofMinutes(10));
        clock.move(Duration.ofMinutes(10));
        ban("192.0.2.8", Duration.ofMinutes(10));
        assertThat(answer(stored.all())).extracting(ban -> ban.target().text()).containsExactly("192.0.2.8");
    }

    @Test
    void theSameTargetInAnotherSpellingIsTheSameBan() {
        ban("account:Ann", Duration.ofMinutes(10));
        ban("account:aNN", Duration.ZERO);
        assertThat(bans.all()).hasSize(1);
        assertThat(answer(stored.all())).hasSize(1);
        assertThat(answer(bans.remove(BanTarget.parse("account:ANN").orElseThrow())))
                .isTrue();
        assertThat(answer(stored.all())).isEmpty();
    }

    @Test
    void anAccountIsBannedUnderAnyNick() {
        ban("account:Ann", Duration.ZERO);
        assertThat(refusal("bob", "ann")).isPresent();
        assertThat(refusal("ann", "")).isEmpty();
    }

    @Test
    void theNameOfABannedAccountIsNoPattern() {
        for (String name : List.of("*", "a*")) { // of earlier versions, which took them
            BanTarget target = new BanTarget(BanTarget.Kind.ACCOUNT, name);
            answer(bans.put(new Ban(target, "", "boss", clock.instant(), Optional.empty())));
        }
        assertThat(refusal("bob", "ann")).isEmpty();
    }

    @Test
    void aMaskMatchesWhatOthersSeeAndTheRealAddress() {
        ban("BOB!*@cloak.*", Duration.ZERO);
        assertThat(refusal("bob", "")).isPresent();
        assertThat(refusal("eve", "")).isEmpty();
        ban("eve!u@192.0.2.*", Duration.ZERO);
        assertThat(refusal("eve", "")).isPresent();
    }

    /** A store that answers as it was when it was asked, when the test wants it to. */
    private final class SlowBans implements ServerBans {
        private final Deque<CompletableFuture<Void>> asked = new ArrayDeque<>();

        @Override
        public CompletionStage<List<Ban>> all() {
            List<Ban> now = answer(stored.all());
            CompletableFuture<Void> answers = new CompletableFuture<>();
            asked.add(answers);
            return answers.thenApply(any -> now);
        }

        @Override
        public CompletionStage<Void> put(Ban ban) {
            return stored.put(ban);
        }

        @Override
        public CompletionStage<Boolean> remove(BanTarget target) {
            return stored.remove(target);
        }

        void answerFirst() {
            asked.remove().complete(null);
        }
    }

    @Test
    void aBanOfWhileTheListIsLoadedStays() {
        ban("192.0.2.1", Duration.ZERO);
        SlowBans slow = new SlowBans();
        BanList list = new BanList(slow, CaseMapping.ASCII, clock);
        CompletionStage<BanList> loaded = list.load();
        answer(list.put(
                new Ban(BanTarget.parse("192.0.2.7").orElseThrow(), "", "boss", clock.instant(), Optional.empty())));
        slow.answerFirst();
        assertThat(list.refusal(address(7))).isPresent();
        slow.answerFirst();
        assertThat(answer(loaded).all()).hasSize(2);
    }

    @Test
    void aBanThatIsNotStoredIsNotInForce() {
        ServerBans away = new ServerBans() {
            @Override
            public CompletionStage<List<Ban>> all() {
                return stored.all();
            }

            @Override
            public CompletionStage<Void> put(Ban ban) {
                return CompletableFuture.failedFuture(new IllegalStateException("away"));
            }

            @Override
            public CompletionStage<Boolean> remove(BanTarget target) {
                return stored.remove(target);
            }
        };
        BanList list = new BanList(away, CaseMapping.ASCII, clock);
        Ban ban = new Ban(BanTarget.parse("192.0.2.7").orElseThrow(), "", "boss", NOON, Optional.empty());
        assertThat(list.put(ban).toCompletableFuture()).isCompletedExceptionally();
        assertThat(list.refusal(address(7))).isEmpty();
    }
}
