package io.teahouse.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.room.Nick;
import io.teahouse.room.Ranks;
import io.teahouse.room.RoomName;
import io.teahouse.user.AlwaysOnUsers.Membership;
import io.teahouse.user.AlwaysOnUsers.Stored;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store of always-on users does; one test class per store. */
public abstract class AlwaysOnUsersContract {
    /** The accounts that the store has. */
    protected static final List<String> ACCOUNTS = List.of("Ann", "bob", "小明");

    protected static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123Z");

    /** A store without always-on users, for {@link #ACCOUNTS}. */
    protected abstract AlwaysOnUsers create();

    /** The same store, as the server that starts next sees it. */
    protected abstract AlwaysOnUsers reopen(AlwaysOnUsers users);

    private AlwaysOnUsers users = create();

    protected static <T> T answer(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }

    protected static Stored user(String account, Instant lastConnected, Membership... memberships) {
        return new Stored(account, Nick.of(account), "user", "", "", lastConnected, Map.of(), List.of(memberships));
    }

    protected static Membership member(String room) {
        return new Membership(RoomName.of(room), Ranks.NONE, 0);
    }

    /** All that is stored, with memberships in the order of the rooms' keys. */
    protected static List<Stored> all(AlwaysOnUsers users, int most) {
        return answer(users.all(most)).stream()
                .map(AlwaysOnUsersContract::sorted)
                .toList();
    }

    private List<Stored> all() {
        return all(users, 100);
    }

    private static Stored sorted(Stored user) {
        List<Membership> memberships = new ArrayList<>(user.memberships());
        memberships.sort(Comparator.comparing(each -> each.room().key()));
        return new Stored(
                user.account(),
                user.nick(),
                user.user(),
                user.realName(),
                user.away(),
                user.lastConnected(),
                user.metadata(),
                memberships);
    }

    @Test
    void nobodyIsStoredAndNobodyHasChosen() {
        assertThat(all()).isEmpty();
        assertThat(answer(users.choice("Ann"))).isEmpty();
        assertThat(answer(users.choice("nobody"))).isEmpty();
    }

    @Test
    void aUserIsStoredWithAllThatBelongsToThem() {
        Stored ann = new Stored(
                "Ann",
                new Nick("Ann_", "ann_"),
                "ann",
                "Ann \u0000 O'Hara",
                "asleep; \ud800",
                NOON,
                Map.of("url", "https://example.net/?a=b", "avatar", "\u0010"),
                List.of(
                        new Membership(RoomName.conversation("a:Ann", "a:bob"), Ranks.NONE, 3),
                        new Membership(new RoomName("Tea", "tea"), Ranks.OPERATOR, Long.MAX_VALUE),
                        new Membership(RoomName.of("小明"), new Ranks(false, true, true), 0)));
        answer(users.save(ann));
        answer(users.save(user("bob", NOON, member("coffee"))));
        users = reopen(users);
        assertThat(answer(users.find("Ann")).map(AlwaysOnUsersContract::sorted)).contains(ann);
        assertThat(answer(users.find("小明"))).isEmpty();
        answer(users.remove("bob"));
        assertThat(all()).containsExactly(ann);
    }

    @Test
    void timesCountInMilliseconds() {
        answer(users.save(user("Ann", NOON.plusNanos(999_999))));
        assertThat(all()).containsExactly(user("Ann", NOON));
    }

    @Test
    void aLaterSaveReplacesAllOfAnEarlierOne() {
        answer(users.save(new Stored(
                "Ann",
                Nick.of("ann"),
                "ann",
                "Ann",
                "asleep",
                NOON.plusSeconds(5),
                Map.of("a", "1", "b", "2"),
                List.of(
                        new Membership(RoomName.of("mate"), Ranks.NONE, 1),
                        new Membership(RoomName.of("tea"), Ranks.OPERATOR, 9)))));
        answer(users.save(user("bob", NOON.plusSeconds(1), member("tea"))));
        Stored later = new Stored(
                "Ann",
                Nick.of("ann2"),
                "ann2",
                "",
                "",
                NOON,
                Map.of("b", "3"),
                List.of(
                        new Membership(RoomName.of("coffee"), Ranks.NONE, 2),
                        new Membership(new RoomName("TEA", "tea"), Ranks.NONE, 10)));
        answer(users.save(later));
        users = reopen(users);
        assertThat(all()).containsExactly(user("bob", NOON.plusSeconds(1), member("tea")), later);
        answer(users.save(user("Ann", NOON)));
        assertThat(all()).containsExactly(user("bob", NOON.plusSeconds(1), member("tea")), user("Ann", NOON));
    }

    @Test
    void theSameAgainChangesNothing() {
        Stored ann = user("Ann", NOON, member("mate"), member("tea"));
        answer(users.save(ann));
        answer(users.save(ann));
        assertThat(all()).containsExactly(ann);
    }

    @Test
    void theLatestConnectedComeFirstAndNoMoreThanWereAskedFor() {
        Stored ann = user("Ann", NOON.plusSeconds(1), member("tea"));
        Stored bob = user("bob", NOON.plusSeconds(3), member("mate"));
        Stored ming = user("小明", NOON.plusSeconds(2), member("tea"));
        List.of(ann, bob, ming).forEach(each -> answer(users.save(each)));
        assertThat(all()).containsExactly(bob, ming, ann);
        assertThat(all(users, 2)).containsExactly(bob, ming);
        assertThat(all(users, 0)).isEmpty();
    }

    @Test
    void whoIsRemovedIsGoneAndTheOthersAndTheChoiceStay() {
        answer(users.choose("Ann", true));
        answer(users.save(user("Ann", NOON, member("tea"))));
        answer(users.save(user("bob", NOON, member("tea"))));
        answer(users.remove("Ann"));
        answer(users.remove("Ann"));
        answer(users.remove("nobody"));
        users = reopen(users);
        assertThat(all()).containsExactly(user("bob", NOON, member("tea")));
        assertThat(answer(users.choice("Ann"))).contains(true);
        answer(users.save(user("Ann", NOON.plusSeconds(1))));
        assertThat(all().get(0)).as("nothing has come back").isEqualTo(user("Ann", NOON.plusSeconds(1)));
    }

    @Test
    void manyMembershipsAreStoredAndReplaced() {
        int count = 500;
        for (long seen : new long[] {1, 2}) {
            Stored ann = sorted(new Stored(
                    "Ann",
                    Nick.of("ann"),
                    "ann",
                    "",
                    "",
                    NOON,
                    Map.of(),
                    IntStream.range(0, count)
                            .mapToObj(i -> new Membership(
                                    new RoomName("Room" + seen * i, "room" + seen * i), Ranks.OPERATOR, seen))
                            .toList()));
            answer(users.save(ann));
            assertThat(all()).containsExactly(ann);
        }
    }

    @Test
    void ofSavesThatAreUnderWayTheLastWins() {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 1; i <= 200; i++) {
            String account = ACCOUNTS.get(i % 2);
            all.add(users.save(user(account, NOON.plusSeconds(i), member("tea" + i % 7), member("mate" + i)))
                    .toCompletableFuture());
            if (i % 50 == 0) {
                all.add(users.remove(account).toCompletableFuture());
                all.add(users.save(user(account, NOON.plusSeconds(i))).toCompletableFuture());
            }
        }
        all.forEach(AlwaysOnUsersContract::answer);
        users = reopen(users);
        assertThat(all())
                .containsExactly(
                        user("Ann", NOON.plusSeconds(200)),
                        user("bob", NOON.plusSeconds(199), member("mate199"), member("tea3")));
    }

    @Test
    void aChoiceIsStoredAndChanged() {
        answer(users.choose("Ann", true));
        answer(users.choose("bob", false));
        users = reopen(users);
        assertThat(answer(users.choice("Ann"))).contains(true);
        assertThat(answer(users.choice("bob"))).contains(false);
        assertThat(answer(users.choice("小明"))).isEmpty();
        answer(users.choose("Ann", false));
        assertThat(answer(users.choice("Ann"))).contains(false);
        assertThat(all()).isEmpty();
    }
}
