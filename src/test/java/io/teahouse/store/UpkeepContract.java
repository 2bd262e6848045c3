package io.teahouse.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.teahouse.account.Account;
import io.teahouse.account.AccountStore;
import io.teahouse.account.Credentials;
import io.teahouse.room.Archive;
import io.teahouse.room.Mode;
import io.teahouse.room.Modes;
import io.teahouse.room.Nick;
import io.teahouse.room.RegisteredState;
import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomEvent.Said;
import io.teahouse.room.RoomEvent.TopicChanged;
import io.teahouse.room.RoomLog;
import io.teahouse.room.RoomName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is erased, and what is deleted because it is old, whichever store it is. */
abstract class UpkeepContract {
    private static final RoomName MATE = RoomName.of("mate");
    private static final RoomName TALK = RoomName.conversation("a:Ann", "n:bob");
    private static final Predicate<String> IS_ANN = "ann"::equalsIgnoreCase;
    private static final Nick ANN = Nick.of("Ann");

    private StoreSettings settings;

    /** A store with nothing in it. */
    abstract StoreSettings create() throws Exception;

    @BeforeEach
    void name() throws Exception {
        settings = create();
    }

    private Upkeep.Erased erase() throws StoreException {
        return new Upkeep(settings).erase("ann", IS_ANN);
    }

    private static List<String> texts(List<Recorded> events) {
        return events.stream()
                .filter(Said.class::isInstance)
                .map(event -> ((Said) event).text())
                .toList();
    }

    private static List<Said> search(Scribe scribe, String text) {
        return Scribe.answer(scribe.store()
                        .archive()
                        .search(new Archive.Query(
                                List.of(Scribe.TEA, MATE, TALK),
                                text,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                10)))
                .said();
    }

    @Test
    void whatAnAccountSaidIsGoneAndIsNotFoundAndTheRestIsThere() throws Exception {
        String bobs;
        try (Scribe scribe = Scribe.open(settings)) {
            scribe.say(Scribe.TEA, "Ann", "Ann", "a secret plan", Scribe.NOON);
            bobs = scribe.say(Scribe.TEA, "bob", "", "no secret", Scribe.NOON);
            scribe.say(Scribe.TEA, "A|away", "ann", "one more secret", Scribe.NOON);
            scribe.say(Scribe.TEA, "bob", "bob", "bye", Scribe.NOON);
        }
        assertThat(erase().messages()).isEqualTo(2);
        try (Scribe scribe = Scribe.open(settings)) {
            assertThat(texts(scribe.all(Scribe.TEA))).containsExactly("no secret", "bye");
            assertThat(search(scribe, "secret")).extracting(Said::id).containsExactly(bobs);
            assertThat(search(scribe, "plan")).isEmpty();
        }
    }

    @Test
    void theSeqAndTheIdOfTheLastMessageAreNotGivenAgain() throws Exception {
        String last;
        try (Scribe scribe = Scribe.open(settings)) {
            scribe.say("bob", "hi");
            last = scribe.say(Scribe.TEA, "Ann", "Ann", "secret", Scribe.NOON);
        }
        erase();
        try (Scribe scribe = Scribe.open(settings)) {
            assertThat(scribe.knows(Scribe.TEA, last)).isTrue();
            assertThat(scribe.say("bob", "anybody here?")).isNotEqualTo(last);
            assertThat(scribe.all(Scribe.TEA)).extracting(Recorded::seq).containsExactly(1L, 2L, 3L);
            assertThat(texts(scribe.all(Scribe.TEA))).containsExactly("hi", "", "anybody here?");
            assertThat(scribe.all(Scribe.TEA).get(1).by().text()).isEqualTo("*");
        }
    }

    @Test
    void aCodeStandsInForAPasswordUntilAnotherOneIsSet() throws Exception {
        Credentials old = new Credentials.Scram("c2FsdA==", 4096, "b2xk", "b2xk");
        Credentials code = new Credentials.Scram("c2FsdA==", 4096, "Y29kZQ==", "Y29kZQ==");
        Account ann = new Account(ANN, Scribe.NOON, "", old);
        try (Scribe scribe = Scribe.open(settings)) {
            AccountStore accounts = scribe.store().accounts();
            Scribe.answer(accounts.create(ann));
            assertThat(new Upkeep(settings).resetPassword("ann", code, Scribe.NOON))
                    .isTrue();
            assertThat(new Upkeep(settings).resetPassword("bob", code, Scribe.NOON))
                    .isFalse();
            Account found = Scribe.answer(accounts.find("ann")).orElseThrow();
            assertThat(found.credentials()).isEqualTo(code);
            assertThat(found.reset()).contains(new Account.Reset(Scribe.NOON, false));
            assertThat(Scribe.answer(accounts.useReset("ann"))).isTrue();
            assertThat(Scribe.answer(accounts.useReset("ann"))).isFalse();
            assertThat(Scribe.answer(accounts.find("ann")).orElseThrow().reset())
                    .contains(new Account.Reset(Scribe.NOON, true));
            assertThat(Scribe.answer(accounts.replaceCredentials("ann", code, old)))
                    .isTrue();
            assertThat(Scribe.answer(accounts.find("ann"))).contains(ann);
        }
    }

    @Test
    void conversationsOfAnAccountAreGoneOnBothSides() throws Exception {
        try (Scribe scribe = Scribe.open(settings)) {
            scribe.say(TALK, "Ann", "Ann", "psst", Scribe.NOON);
            scribe.say(TALK, "bob", "", "psst yourself", Scribe.NOON);
            scribe.say(RoomName.conversation("a:bob", "n:ann"), "bob", "bob", "another ann", Scribe.NOON);
        }
        Upkeep.Erased erased = erase();
        assertThat(erased.conversations()).isEqualTo(1);
        assertThat(erased.messages()).isEqualTo(2);
        try (Scribe scribe = Scribe.open(settings)) {
            assertThat(scribe.all(TALK)).isEmpty();
            assertThat(texts(scribe.all(RoomName.conversation("a:bob", "n:ann"))))
                    .containsExactly("another ann");
            assertThat(Scribe.answer(
                            scribe.store().archive().latest("n:bob", List.of(), Instant.EPOCH, Instant.MAX, 10)))
                    .isEmpty();
        }
    }

    @Test
    void aTopicStaysWithoutItsAuthor() throws Exception {
        try (Scribe scribe = Scribe.open(settings)) {
            scribe.setTopic(Scribe.TEA, "Ann", "Ann", "green tea");
        }
        erase();
        try (Scribe scribe = Scribe.open(settings)) {
            assertThat(scribe.all(Scribe.TEA)).singleElement().satisfies(event -> {
                assertThat(((TopicChanged) event).text()).isEqualTo("green tea");
                assertThat(event.by().text()).isEqualTo("*");
                assertThat(event.profile().account()).isEmpty();
                assertThat(event.profile().host()).isEqualTo("*");
            });
        }
    }

    @Test
    void theAccountItselfAndItsMarkersAreGone() throws Exception {
        Account account =
                new Account(ANN, Scribe.NOON, "", new Credentials.Scram("c2FsdA==", 4096, "c3RvcmVk", "c2VydmVy"));
        try (Scribe scribe = Scribe.open(settings)) {
            Scribe.answer(scribe.store().accounts().create(account));
            Scribe.answer(scribe.store().markers().put("ann", "tea", Scribe.NOON));
            Scribe.answer(scribe.store().markers().put("bob", "tea", Scribe.NOON));
            Scribe.answer(scribe.store().markers().put("bob", "ann", Scribe.NOON));
        }
        assertThat(erase().registered()).isTrue();
        try (Scribe scribe = Scribe.open(settings)) {
            assertThat(Scribe.answer(scribe.store().accounts().find("ann"))).isEmpty();
            assertThat(Scribe.answer(scribe.store().markers().all("ann"))).isEmpty();
            assertThat(Scribe.answer(scribe.store().markers().all("bob"))).containsOnlyKeys("tea");
        }
    }

    @Test
    void whatRoomsListOfTheAccountDoesNotHoldForTheNextOneOfItsName() throws Exception {
        List<Modes.Entry> excepted = Stream.of("a:ANN", "a:bob", "m:a:Ann", "ann!*@*")
                .map(mask -> new Modes.Entry(mask, "bob", Scribe.NOON))
                .toList();
        Modes.Snapshot modes =
                new Modes.Snapshot(Set.of(), "a:ann", 0, Map.of(Mode.INVITE_EXCEPTION, excepted), Set.of());
        try (Scribe scribe = Scribe.open(settings)) {
            scribe.say("bob", "hi");
            RoomLog log = scribe.store().logs().of(Scribe.TEA);
            Scribe.answer(log.keep(Optional.of(new RegisteredState("Bob", Scribe.NOON, modes, Map.of()))));
        }
        erase();
        try (Scribe scribe = Scribe.open(settings)) {
            RegisteredState kept = Scribe.answer(
                            scribe.store().logs().of(Scribe.TEA).open())
                    .kept()
                    .orElseThrow();
            assertThat(kept.modes().key()).isEqualTo("a:ann");
            assertThat(kept.modes().lists().get(Mode.INVITE_EXCEPTION))
                    .extracting(Modes.Entry::mask)
                    .containsExactly("a:bob", "ann!*@*");
        }
    }

    @Test
    void roomsThatBelongedToTheAccountBelongToNobody() throws Exception {
        Modes.Snapshot modes = new Modes.Snapshot(Set.of(), "key", 0, Map.of(), Set.of());
        try (Scribe scribe = Scribe.open(settings)) {
            scribe.say("bob", "hi");
            RoomLog log = scribe.store().logs().of(Scribe.TEA);
            Scribe.answer(log.keep(Optional.of(new RegisteredState("Ann", Scribe.NOON, modes, Map.of()))));
        }
        assertThat(erase().released()).containsExactly("tea");
        try (Scribe scribe = Scribe.open(settings)) {
            assertThat(Scribe.answer(scribe.store().logs().of(Scribe.TEA).open())
                            .kept())
                    .isEmpty();
            assertThat(texts(scribe.all(Scribe.TEA))).containsExactly("hi");
        }
    }

    @Test
    void nothingIsErasedWhileAServerHoldsTheStore() throws Exception {
        try (Scribe scribe = Scribe.open(settings)) {
            scribe.say(Scribe.TEA, "Ann", "Ann", "secret", Scribe.NOON);
            assertThatThrownBy(this::erase)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("is in use by")
                    .hasNoCause();
            assertThat(texts(scribe.all(Scribe.TEA))).containsExactly("secret");
        }
    }

    @Test
    void whoSaidNothingIsNobody() throws Exception {
        try (Scribe scribe = Scribe.open(settings)) {
            scribe.say("ann", "without an account");
        }
        assertThat(erase().isNothing()).isTrue();
        try (Scribe scribe = Scribe.open(settings)) {
            assertThat(texts(scribe.all(Scribe.TEA))).containsExactly("without an account");
        }
    }

    private List<Upkeep.Deleted> expire(Duration rooms, Duration conversations, RoomClass... classes)
            throws StoreException {
        Instant now = Scribe.NOON.plus(Duration.ofDays(10));
        return new Upkeep(settings).expire(new Retention(rooms, conversations, List.of(classes)), now);
    }

    @Test
    void whatIsTooOldGoesWhileAServerRuns() throws Exception {
        try (Scribe scribe = Scribe.open(settings)) {
            for (int i = 0; i < 1200; i++) {
                scribe.say(Scribe.TEA, "bob", "", "old " + i, Scribe.NOON);
            }
            scribe.say(Scribe.TEA, "bob", "", "new", Scribe.NOON.plus(Duration.ofDays(5)));
            scribe.say(MATE, "bob", "", "of old", Scribe.NOON);
            scribe.say(TALK, "bob", "", "older", Scribe.NOON);
            assertThat(expire(
                            Duration.ofDays(5),
                            Duration.ZERO,
                            new RoomClass(List.of("ma*"), Durability.STORED, Optional.of(Duration.ZERO))))
                    .containsExactly(new Upkeep.Deleted(Scribe.TEA, 1200, Scribe.NOON.plus(Duration.ofDays(5))));
            assertThat(texts(scribe.all(Scribe.TEA))).containsExactly("new");
            assertThat(texts(scribe.all(MATE))).containsExactly("of old");
            assertThat(texts(scribe.all(TALK))).containsExactly("older");
            assertThat(search(scribe, "old")).extracting(Said::text).containsExactlyInAnyOrder("of old", "older");
            assertThat(expire(
                            Duration.ofDays(5),
                            Duration.ZERO,
                            new RoomClass(List.of("ma*"), Durability.STORED, Optional.of(Duration.ZERO))))
                    .isEmpty();
            scribe.say(Scribe.TEA, "bob", "", "newer", Scribe.NOON.plus(Duration.ofDays(6)));
            assertThat(texts(scribe.all(Scribe.TEA))).containsExactly("new", "newer");
        }
    }

    @Test
    void whatAnInterruptedRetentionHasLeftIsDeletedByTheNext() throws Exception {
        try (Scribe scribe = Scribe.open(settings)) {
            for (int i = 0; i < 5; i++) {
                scribe.say("bob", "old " + i);
            }
            scribe.say(Scribe.TEA, "bob", "", "new", Scribe.NOON.plus(Duration.ofDays(9)));
        }
        try (Database database = Stores.database(settings);
                Connection connection = database.openWriter();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("update rooms set first_kept = 6"); // its first transaction, and no other
            connection.commit();
        }
        assertThat(expire(Duration.ofDays(5), Duration.ZERO))
                .extracting(Upkeep.Deleted::messages)
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
    void aRoomOfWhichAllIsTooOldKeepsItsTopicAndGoesOn() throws Exception {
        String last;
        try (Scribe scribe = Scribe.open(settings)) {
            scribe.setTopic(Scribe.TEA, "ann", "", "green tea");
            scribe.say("bob", "one");
            last = scribe.say("bob", "two");
        }
        assertThat(expire(Duration.ofDays(1), Duration.ofDays(1)))
                .singleElement()
                .satisfies(deleted -> assertThat(deleted.messages()).isEqualTo(2));
        try (Scribe scribe = Scribe.open(settings)) {
            assertThat(scribe.all(Scribe.TEA)).isEmpty();
            RoomLog.Opened opened =
                    Scribe.answer(scribe.store().logs().of(Scribe.TEA).open());
            assertThat(opened.topic().orElseThrow().text()).isEqualTo("green tea");
            assertThat(opened.lastSeq()).isEqualTo(3);
            assertThat(search(scribe, "two")).isEmpty();
            assertThat(scribe.say("bob", "three")).isNotEqualTo(last);
            assertThat(texts(scribe.all(Scribe.TEA))).containsExactly("three");
        }
        assertThat(expire(Duration.ofDays(1), Duration.ofDays(1))).hasSize(1);
    }
}
