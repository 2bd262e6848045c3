package io.teahouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.account.Account;
import io.teahouse.account.AccountStore.Renamed;
import io.teahouse.account.Credentials;
import io.teahouse.room.Invitation;
import io.teahouse.room.Mode;
import io.teahouse.room.Modes;
import io.teahouse.room.Nick;
import io.teahouse.room.Ranks;
import io.teahouse.room.RegisteredState;
import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomName;
import io.teahouse.user.AlwaysOnUsers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What belongs to an account follows when it is renamed, for every database. */
abstract class RenamedAccountContract {
    private static final Nick ANN = new Nick("Ann", "ann");
    private static final Nick EVA = new Nick("Eva", "eva");
    private static final Instant LATER = Instant.parse("2126-01-01T00:00:00Z");
    private static final RoomName MATE = RoomName.of("mate");

    private StoreSettings settings;

    /** Settings of an empty store. */
    abstract StoreSettings create() throws Exception;

    @BeforeEach
    void name() throws Exception {
        settings = create();
        try (StoreFixture fixture = StoreFixture.open(settings)) {
            for (Nick each : List.of(ANN, new Nick("bob", "bob"))) {
                Credentials any = new Credentials.Scram("c2FsdA==", 4096, "c3RvcmVk", "c2VydmVy");
                StoreFixture.answer(fixture.store().accounts().create(new Account(each, Instant.EPOCH, "", any)));
            }
        }
    }

    void rename() throws StoreException {
        try (StoreFixture fixture = StoreFixture.open(settings)) {
            assertThat(StoreFixture.answer(fixture.store().accounts().rename("ann", EVA, LATER)))
                    .isEqualTo(Renamed.RENAMED);
        }
    }

    private static List<String> accounts(StoreFixture fixture, RoomName room) {
        return fixture.all(room).stream()
                .map((Recorded event) -> event.profile().account())
                .toList();
    }

    private List<String> accounts(RoomName room) throws StoreException {
        try (StoreFixture fixture = StoreFixture.open(settings)) {
            return accounts(fixture, room);
        }
    }

    @Test
    void itsMessagesInAllRooms() throws Exception {
        try (StoreFixture fixture = StoreFixture.open(settings)) {
            for (RoomName room : List.of(StoreFixture.TEA, MATE)) {
                fixture.say(room, "ann", "Ann", "one", StoreFixture.NOON);
                fixture.say(room, "bob", "bob", "two", StoreFixture.NOON);
                fixture.say(room, "ann", "", "not logged in", StoreFixture.NOON);
            }
            assertThat(StoreFixture.answer(fixture.store().accounts().rename("ann", EVA, LATER)))
                    .isEqualTo(Renamed.RENAMED);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
            while (accounts(fixture, MATE).contains("Ann") && System.nanoTime() < end) {
                StoreFixture.answer(fixture.store().probe()); // it takes some steps
            }
        }
        assertThat(accounts(StoreFixture.TEA)).containsExactly("Eva", "bob", "");
        assertThat(accounts(MATE)).containsExactly("Eva", "bob", "");
    }

    @Test
    void itsMessagesAlsoWhenTheServerIsStoppedMeanwhile() throws Exception {
        try (StoreFixture fixture = StoreFixture.open(settings)) {
            fixture.say(StoreFixture.TEA, "ann", "Ann", "one", StoreFixture.NOON);
            fixture.say(MATE, "ann", "Ann", "two", StoreFixture.NOON);
        }
        rename(); // and closes the store at once
        try (StoreFixture fixture = StoreFixture.open(settings)) {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
            while (accounts(fixture, MATE).contains("Ann") && System.nanoTime() < end) {
                StoreFixture.answer(fixture.store().probe());
            }
            assertThat(accounts(fixture, StoreFixture.TEA)).containsExactly("Eva");
            assertThat(accounts(fixture, MATE)).containsExactly("Eva");
        }
    }

    @Test
    void itsConversationsAlsoWithItself() throws Exception {
        try (StoreFixture fixture = StoreFixture.open(settings)) {
            fixture.say(RoomName.conversation("a:Ann", "a:bob"), "bob", "bob", "hi", StoreFixture.NOON);
            fixture.say(RoomName.conversation("a:Ann", "a:Ann"), "bob", "bob", "note", StoreFixture.NOON);
            fixture.say(RoomName.conversation("a:Annie", "a:bob"), "bob", "bob", "other", StoreFixture.NOON);
        }
        rename();
        assertThat(accounts(RoomName.conversation("a:Eva", "a:bob"))).hasSize(1);
        assertThat(accounts(RoomName.conversation("a:Eva", "a:Eva"))).hasSize(1);
        assertThat(accounts(RoomName.conversation("a:Annie", "a:bob"))).hasSize(1);
        assertThat(accounts(RoomName.conversation("a:Ann", "a:bob"))).isEmpty();
        try (StoreFixture fixture = StoreFixture.open(settings)) {
            assertThat(StoreFixture.answer(
                            fixture.store().archive().latest("a:Eva", List.of(), false, Instant.EPOCH, LATER, 9)))
                    .hasSize(2);
        }
    }

    @Test
    void itsRoomsInvitationsAndBans() throws Exception {
        try (StoreFixture fixture = StoreFixture.open(settings)) {
            fixture.say("bob", "hi");
            Modes.Snapshot modes = new Modes.Snapshot(
                    Set.of(),
                    "",
                    0,
                    Map.of(Mode.BAN, List.of(new Modes.Entry("a:Ann", "bob", Instant.EPOCH))),
                    Set.<Invitation>of());
            StoreFixture.answer(fixture.log(StoreFixture.TEA)
                    .keep(Optional.of(new RegisteredState("Ann", Instant.EPOCH, modes, Map.of()))));
        }
        rename();
        try (StoreFixture fixture = StoreFixture.open(settings)) {
            RegisteredState kept = fixture.log(StoreFixture.TEA).opened().kept().orElseThrow();
            assertThat(kept.founder()).isEqualTo("Eva");
            assertThat(kept.modes().lists().get(Mode.BAN))
                    .extracting(Modes.Entry::mask)
                    .containsExactly("a:Eva");
        }
    }

    @Test
    void itsReadMarkersAndItsAlwaysOnUser() throws Exception {
        RoomName talk = RoomName.conversation("a:Ann", "a:bob");
        try (StoreFixture fixture = StoreFixture.open(settings)) {
            fixture.say(talk, "bob", "bob", "hi", StoreFixture.NOON);
            StoreFixture.answer(fixture.store().markers().put("Ann", "#tea", StoreFixture.NOON));
            StoreFixture.answer(fixture.store().markers().put("bob", "ann", StoreFixture.NOON));
            StoreFixture.answer(fixture.store().markers().put("bob", "eva", Instant.EPOCH));
            StoreFixture.answer(fixture.store().alwaysOn().choose("Ann", true));
            StoreFixture.answer(fixture.store()
                    .alwaysOn()
                    .save(new AlwaysOnUsers.Stored(
                            "Ann",
                            ANN,
                            "ann",
                            "Real",
                            "",
                            StoreFixture.NOON,
                            Map.of("key", "value"),
                            List.of(
                                    new AlwaysOnUsers.Membership(StoreFixture.TEA, Ranks.OPERATOR, 3),
                                    new AlwaysOnUsers.Membership(talk, Ranks.NONE, 1)))));
        }
        rename();
        try (StoreFixture fixture = StoreFixture.open(settings)) {
            assertThat(StoreFixture.answer(fixture.store().markers().all("Eva")))
                    .containsKey("#tea");
            assertThat(StoreFixture.answer(fixture.store().markers().all("bob")))
                    .as("how far bob has read their conversation")
                    .containsExactly(Map.entry("eva", StoreFixture.NOON));
            assertThat(StoreFixture.answer(fixture.store().alwaysOn().choice("Eva")))
                    .contains(true);
            List<AlwaysOnUsers.Stored> users =
                    StoreFixture.answer(fixture.store().alwaysOn().all(9));
            assertThat(users).singleElement().satisfies(user -> {
                assertThat(user.account()).isEqualTo("Eva");
                assertThat(user.nick()).isEqualTo(EVA);
                assertThat(user.metadata()).containsEntry("key", "value");
                assertThat(user.memberships())
                        .extracting(each -> each.room().key())
                        .containsExactlyInAnyOrder(
                                "tea", RoomName.conversation("a:Eva", "a:bob").key());
            });
        }
    }
}
