package io.teahouse.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.teahouse.account.Account;
import io.teahouse.account.AccountStore;
import io.teahouse.account.Credentials;
import io.teahouse.account.LoginToken;
import io.teahouse.room.Archive;
import io.teahouse.room.Mode;
import io.teahouse.room.Modes;
import io.teahouse.room.Nick;
import io.teahouse.room.Ranks;
import io.teahouse.room.RegisteredState;
import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomEvent.Said;
import io.teahouse.room.RoomEvent.TopicChanged;
import io.teahouse.room.RoomLog;
import io.teahouse.room.RoomName;
import io.teahouse.testkit.TestLog;
import io.teahouse.user.AlwaysOnUsers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Erasing accounts and deleting expired messages, for every store. */
abstract class MaintenanceContract {
    private static final RoomName MATE = RoomName.of("mate");
    private static final RoomName TALK = RoomName.conversation("a:Ann", "n:bob");
    private static final BiPredicate<String, String> IS_SPELLING = String::equalsIgnoreCase;
    private static final Nick ANN = Nick.of("Ann");

    private StoreSettings settings;

    /** Settings of an empty store. */
    abstract StoreSettings create() throws Exception;

    @BeforeEach
    void name() throws Exception {
        settings = create();
    }

    private MaintenanceResult.Erased erase() throws StoreException {
        return new StoreMaintenance(settings).erase("ann", IS_SPELLING);
    }

    private static List<String> texts(List<Recorded> events) {
        return events.stream()
                .filter(Said.class::isInstance)
                .map(event -> ((Said) event).text())
                .toList();
    }

    private static List<Said> search(StoreFixture fixture, String text) {
        return StoreFixture.answer(fixture.store()
                        .archive()
                        .search(new Archive.Query(
                                List.of(StoreFixture.TEA, MATE, TALK),
                                text,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                10)))
                .said();
    }

    @Test
    void messagesOfAnErasedAccountAreGoneAndOthersStay() throws Exception {
        String bobs;
        try (StoreFixture fixture = StoreFixture.open(settings)) {
            fixture.say(StoreFixture.TEA, "Ann", "Ann", "a secret plan", StoreFixture.NOON);
            bobs = fixture.say(StoreFixture.TEA, "bob", "", "no secret", StoreFixture.NOON);
            fixture.say(StoreFixture.TEA, "A|away", "ann", "one more secret", StoreFixture.NOON);
            fixture.say(StoreFixture.TEA, "bob", "bob", "bye", StoreFixture.NOON);
        }
        assertThat(erase().messages()).isEqualTo(2);
        try (StoreFixture fixture = StoreFixture.open(settings)) {
            assertThat(texts(fixture.all(StoreFixture.TEA))).containsExactly("no secret", "bye");
            assertThat(search(fixture, "secret")).extracting(Said::id).containsExactly(bobs);
            assertThat(search(fixture, "plan")).isEmpty();
        }
    }

    @Test
    void theSeqAndIdOfTheLastMessageAreNotReused() throws Exception {
        String last;
        try (StoreFixture fixture = StoreFixture.open(settings)) {
            fixture.say("bob", "hi");
            last = fixture.say(StoreFixture.TEA, "Ann", "Ann", "secret", StoreFixture.NOON);
        }
        erase();
        try (StoreFixture fixture = StoreFixture.open(settings)) {
            assertThat(fixture.knows(StoreFixture.TEA, last)).isTrue();
            assertThat(fixture.say("bob", "anybody here?")).isNotEqualTo(last);
            assertThat(fixture.all(StoreFixture.TEA)).extracting(Recorded::seq).containsExactly(1L, 2L, 3L);
            assertThat(texts(fixture.all(StoreFixture.TEA))).containsExactly("hi", "", "anybody here?");
            assertThat(fixture.all(StoreFixture.TEA).get(1).by().text()).isEqualTo("*");
        }
    }

    @Test
    void aResetCodeReplacesThePasswordUntilANewOneIsSet() throws Exception {
        Credentials old = new Credentials.Scram("c2FsdA==", 4096, "b2xk", "b2xk");
        Credentials code = new Credentials.Scram("c2FsdA==", 4096, "Y29kZQ==", "Y29kZQ==");
        Account ann = new Account(ANN, StoreFixture.NOON, "", old);
        try (StoreFixture fixture = StoreFixture.open(settings)) {
            AccountStore accounts = fixture.store().accounts();
            StoreFixture.answer(accounts.create(ann));
            LoginToken token = new LoginToken("id", "ann", 0, "hash", "", StoreFixture.NOON, StoreFixture.NOON);
            StoreFixture.answer(accounts.tokens().add(token, 1, StoreFixture.NOON));
            assertThat(new StoreMaintenance(settings).resetPassword("ann", code, StoreFixture.NOON))
                    .isTrue();
            assertThat(new StoreMaintenance(settings).resetPassword("bob", code, StoreFixture.NOON))
                    .isFalse();
            Account found = StoreFixture.answer(accounts.find("ann")).orElseThrow();
            assertThat(found.credentials()).isEqualTo(code);
            assertThat(StoreFixture.answer(accounts.tokens().find("id"))).isEmpty();
            assertThat(found.reset()).contains(new Account.Reset(StoreFixture.NOON, false));
            assertThat(StoreFixture.answer(accounts.useReset("ann"))).isTrue();
            assertThat(StoreFixture.answer(accounts.useReset("ann"))).isFalse();
            assertThat(StoreFixture.answer(accounts.find("ann")).orElseThrow().reset())
                    .contains(new Account.Reset(StoreFixture.NOON, true));
            assertThat(StoreFixture.answer(accounts.replaceCredentials("ann", code, old)))
                    .isTrue();
            assertThat(StoreFixture.answer(accounts.find("ann"))).contains(ann);
        }
    }

    @Test
    void conversationsOfAnErasedAccountAreGoneOnBothSides() throws Exception {
        try (StoreFixture fixture = StoreFixture.open(settings)) {
            fixture.say(TALK, "Ann", "Ann", "psst", StoreFixture.NOON);
            fixture.say(TALK, "bob", "", "psst yourself", StoreFixture.NOON);
            fixture.say(RoomName.conversation("a:bob", "n:ann"), "bob", "bob", "another ann", StoreFixture.NOON);
        }
        MaintenanceResult.Erased erased = erase();
        assertThat(erased.conversations()).isEqualTo(1);
        assertThat(erased.messages()).isEqualTo(2);
        try (StoreFixture fixture = StoreFixture.open(settings)) {
            assertThat(fixture.all(TALK)).isEmpty();
            assertThat(texts(fixture.all(RoomName.conversation("a:bob", "n:ann"))))
                    .containsExactly("another ann");
            assertThat(StoreFixture.answer(
                            fixture.store().archive().latest("n:bob", List.of(), Instant.EPOCH, Instant.MAX, 10)))
                    .isEmpty();
        }
    }

    @Test
    void aTopicStaysWithoutItsAuthor() throws Exception {
        try (StoreFixture fixture = StoreFixture.open(settings)) {
            fixture.setTopic(StoreFixture.TEA, "Ann", "Ann", "green tea");
        }
        erase();
        try (StoreFixture fixture = StoreFixture.open(settings)) {
            assertThat(fixture.all(StoreFixture.TEA)).singleElement().satisfies(event -> {
                assertThat(((TopicChanged) event).text()).isEqualTo("green tea");
                assertThat(event.by().text()).isEqualTo("*");
                assertThat(event.profile().account()).isEmpty();
                assertThat(event.profile().host()).isEqualTo("*");
            });
        }
    }

    @Test
    void theAccountAndItsReadMarkersAreGone() throws Exception {
        Account account = new Account(
                ANN, StoreFixture.NOON, "", new Credentials.Scram("c2FsdA==", 4096, "c3RvcmVk", "c2VydmVy"));
        try (StoreFixture fixture = StoreFixture.open(settings)) {
            StoreFixture.answer(fixture.store().accounts().create(account));
            StoreFixture.answer(fixture.store().markers().put("Ann", "tea", StoreFixture.NOON));
            StoreFixture.answer(fixture.store().markers().put("bob", "tea", StoreFixture.NOON));
            StoreFixture.answer(fixture.store().markers().put("bob", "ann", StoreFixture.NOON));
        }
        assertThat(erase().registered()).isTrue();
        try (StoreFixture fixture = StoreFixture.open(settings)) {
            assertThat(StoreFixture.answer(fixture.store().accounts().find("ann")))
                    .isEmpty();
            assertThat(StoreFixture.answer(fixture.store().markers().all("Ann")))
                    .isEmpty();
            assertThat(StoreFixture.answer(fixture.store().markers().all("bob")))
                    .containsOnlyKeys("tea");
        }
    }

    @Test
    void theAlwaysOnUserOfTheAccountAndTheirConversationsAreGone() throws Exception {
        Account account = new Account(
                ANN, StoreFixture.NOON, "", new Credentials.Scram("c2FsdA==", 4096, "c3RvcmVk", "c2VydmVy"));
        try (StoreFixture fixture = StoreFixture.open(settings)) {
            AccountStore accounts = fixture.store().accounts();
            StoreFixture.answer(accounts.create(account));
            StoreFixture.answer(
                    accounts.create(new Account(Nick.of("bob"), account.registeredAt(), "", account.credentials())));
            StoreFixture.answer(fixture.store().alwaysOn().save(alwaysOn("Ann", StoreFixture.TEA, TALK)));
            StoreFixture.answer(fixture.store().alwaysOn().save(alwaysOn("bob", StoreFixture.TEA, TALK)));
            StoreFixture.answer(fixture.store().alwaysOn().choose("Ann", true));
        }
        erase();
        try (StoreFixture fixture = StoreFixture.open(settings)) {
            AlwaysOnUsers users = fixture.store().alwaysOn();
            assertThat(StoreFixture.answer(users.all(9))).containsExactly(alwaysOn("bob", StoreFixture.TEA));
            assertThat(StoreFixture.answer(users.choice("Ann"))).isEmpty();
        }
    }

    private static AlwaysOnUsers.Stored alwaysOn(String account, RoomName... rooms) {
        return new AlwaysOnUsers.Stored(
                account,
                Nick.of(account),
                "user",
                "",
                "",
                StoreFixture.NOON,
                Map.of("url", "x"),
                Stream.of(rooms)
                        .map(room -> new AlwaysOnUsers.Membership(room, Ranks.NONE, 1))
                        .toList());
    }

    @Test
    void aLaterOwnerOfTheNameInheritsNoListEntries() throws Exception {
        List<Modes.Entry> excepted = Stream.of("a:ANN", "a:bob", "m:a:Ann", "ann!*@*")
                .map(mask -> new Modes.Entry(mask, "bob", StoreFixture.NOON))
                .toList();
        Modes.Snapshot modes =
                new Modes.Snapshot(Set.of(), "a:ann", 0, Map.of(Mode.INVITE_EXCEPTION, excepted), Set.of());
        try (StoreFixture fixture = StoreFixture.open(settings)) {
            fixture.say("bob", "hi");
            TestLog log = fixture.log(StoreFixture.TEA);
            StoreFixture.answer(log.keep(Optional.of(new RegisteredState("Bob", StoreFixture.NOON, modes, Map.of()))));
        }
        erase();
        try (StoreFixture fixture = StoreFixture.open(settings)) {
            RegisteredState kept = StoreFixture.answer(
                            fixture.log(StoreFixture.TEA).open())
                    .kept()
                    .orElseThrow();
            assertThat(kept.modes().key()).isEqualTo("a:ann");
            assertThat(kept.modes().lists().get(Mode.INVITE_EXCEPTION))
                    .extracting(Modes.Entry::mask)
                    .containsExactly("a:bob", "ann!*@*");
        }
    }

    @Test
    void roomsOfTheAccountAreNoLongerRegistered() throws Exception {
        Modes.Snapshot modes = new Modes.Snapshot(Set.of(), "key", 0, Map.of(), Set.of());
        try (StoreFixture fixture = StoreFixture.open(settings)) {
            fixture.say("bob", "hi");
            TestLog log = fixture.log(StoreFixture.TEA);
            StoreFixture.answer(log.keep(Optional.of(new RegisteredState("Ann", StoreFixture.NOON, modes, Map.of()))));
        }
        assertThat(erase().released()).containsExactly("tea");
        try (StoreFixture fixture = StoreFixture.open(settings)) {
            assertThat(StoreFixture.answer(fixture.log(StoreFixture.TEA).open()).kept())
                    .isEmpty();
            assertThat(texts(fixture.all(StoreFixture.TEA))).containsExactly("hi");
        }
    }

    @Test
    void nothingIsErasedWhileAServerHoldsTheStore() throws Exception {
        try (StoreFixture fixture = StoreFixture.open(settings)) {
            fixture.say(StoreFixture.TEA, "Ann", "Ann", "secret", StoreFixture.NOON);
            assertThatThrownBy(this::erase)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("is in use by")
                    .hasNoCause();
            assertThat(texts(fixture.all(StoreFixture.TEA))).containsExactly("secret");
        }
    }

    @Test
    void erasingAnUnknownAccountChangesNothing() throws Exception {
        try (StoreFixture fixture = StoreFixture.open(settings)) {
            fixture.say("ann", "without an account");
        }
        assertThat(erase().isNothing()).isTrue();
        try (StoreFixture fixture = StoreFixture.open(settings)) {
            assertThat(texts(fixture.all(StoreFixture.TEA))).containsExactly("without an account");
        }
    }

    private List<MaintenanceResult.Deleted> expire(Duration rooms, Duration conversations, RoomClass... classes)
            throws StoreException {
        Instant now = StoreFixture.NOON.plus(Duration.ofDays(10));
        return new StoreMaintenance(settings)
                .expire(Retention.FOR_EVER.withTimes(rooms, conversations).withClasses(List.of(classes)), now);
    }

    @Test
    void expiredMessagesAreDeletedWhileAServerRuns() throws Exception {
        try (StoreFixture fixture = StoreFixture.open(settings)) {
            for (int i = 0; i < 1200; i++) {
                fixture.say(StoreFixture.TEA, "bob", "", "old " + i, StoreFixture.NOON);
            }
            fixture.say(StoreFixture.TEA, "bob", "", "new", StoreFixture.NOON.plus(Duration.ofDays(5)));
            fixture.say(MATE, "bob", "", "of old", StoreFixture.NOON);
            fixture.say(TALK, "bob", "", "older", StoreFixture.NOON);
            assertThat(expire(
                            Duration.ofDays(5),
                            Duration.ZERO,
                            new RoomClass(List.of("ma*"), Durability.STORED, Optional.of(Duration.ZERO))))
                    .containsExactly(new MaintenanceResult.Deleted(
                            StoreFixture.TEA, 1200, StoreFixture.NOON.plus(Duration.ofDays(5))));
            assertThat(texts(fixture.all(StoreFixture.TEA))).containsExactly("new");
            assertThat(texts(fixture.all(MATE))).containsExactly("of old");
            assertThat(texts(fixture.all(TALK))).containsExactly("older");
            assertThat(search(fixture, "old")).extracting(Said::text).containsExactlyInAnyOrder("of old", "older");
            assertThat(expire(
                            Duration.ofDays(5),
                            Duration.ZERO,
                            new RoomClass(List.of("ma*"), Durability.STORED, Optional.of(Duration.ZERO))))
                    .isEmpty();
            fixture.say(StoreFixture.TEA, "bob", "", "newer", StoreFixture.NOON.plus(Duration.ofDays(6)));
            assertThat(texts(fixture.all(StoreFixture.TEA))).containsExactly("new", "newer");
        }
    }

    @Test
    void aLaterRunFinishesAnInterruptedRetention() throws Exception {
        try (StoreFixture fixture = StoreFixture.open(settings)) {
            for (int i = 0; i < 5; i++) {
                fixture.say("bob", "old " + i);
            }
            fixture.say(StoreFixture.TEA, "bob", "", "new", StoreFixture.NOON.plus(Duration.ofDays(9)));
        }
        try (Database database = Stores.database(settings);
                Connection connection = database.openWriter();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("update rooms set first_kept = 6"); // only its first transaction
            connection.commit();
        }
        assertThat(expire(Duration.ofDays(5), Duration.ZERO))
                .extracting(MaintenanceResult.Deleted::messages)
                .containsExactly(5L);
        try (Database database = Stores.database(settings);
                Connection connection = database.openReader();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from messages")) {
            row.next();
            assertThat(row.getLong(1)).isEqualTo(1);
        }
        assertThat(expire(Duration.ofDays(5), Duration.ZERO)).isEmpty();
    }

    @Test
    void aRoomWithOnlyExpiredMessagesKeepsItsTopicAndContinues() throws Exception {
        String last;
        try (StoreFixture fixture = StoreFixture.open(settings)) {
            fixture.setTopic(StoreFixture.TEA, "ann", "", "green tea");
            fixture.say("bob", "one");
            last = fixture.say("bob", "two");
        }
        assertThat(expire(Duration.ofDays(1), Duration.ofDays(1)))
                .singleElement()
                .satisfies(deleted -> assertThat(deleted.messages()).isEqualTo(2));
        try (StoreFixture fixture = StoreFixture.open(settings)) {
            assertThat(fixture.all(StoreFixture.TEA)).isEmpty();
            RoomLog.Opened opened =
                    StoreFixture.answer(fixture.log(StoreFixture.TEA).open());
            assertThat(opened.topic().orElseThrow().text()).isEqualTo("green tea");
            assertThat(opened.lastSeq()).isEqualTo(3);
            assertThat(search(fixture, "two")).isEmpty();
            assertThat(fixture.say("bob", "three")).isNotEqualTo(last);
            assertThat(texts(fixture.all(StoreFixture.TEA))).containsExactly("three");
        }
        assertThat(expire(Duration.ofDays(1), Duration.ofDays(1))).hasSize(1);
    }
}
