package io.teahouse.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomEvent.Said;
import io.teahouse.room.RoomName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The export, for every store. */
abstract class ExportContract {
    private static final RoomName MATE = RoomName.of("Mate");

    private StoreSettings settings;
    private StoreFixture fixture;

    /** Settings of an empty store. */
    abstract StoreSettings create() throws Exception;

    @BeforeEach
    void open() throws Exception {
        settings = create();
        fixture = StoreFixture.open(settings);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private List<Recorded> exported(Optional<RoomName> room, Instant since) throws Exception {
        List<Recorded> events = new ArrayList<>();
        List<Long> done = new ArrayList<>();
        try (ExportReader exporting = new StoreMaintenance(settings).export(room, since, false)) {
            exporting.run((event, reached) -> {
                events.add(event);
                done.add(reached);
            });
            assertThat(done).isSorted().doesNotHaveDuplicates();
            assertThat(done.isEmpty() ? 0 : done.get(done.size() - 1)).isEqualTo(exporting.total());
        }
        return events;
    }

    private static List<String> texts(List<Recorded> events) {
        return events.stream().map(event -> ((Said) event).text()).toList();
    }

    @Test
    void everythingIsExportedRoomByRoomAsItWasStored() throws Exception {
        fixture.say(StoreFixture.TEA, "ann", "ann", "one", StoreFixture.NOON);
        fixture.say(MATE, "bob", "", "two \u0000 \ud83c 茶", StoreFixture.NOON.plusMillis(1));
        fixture.say(StoreFixture.TEA, "bob", "", "three", StoreFixture.NOON.plusMillis(2));
        List<Recorded> all = exported(Optional.empty(), Instant.EPOCH);
        List<Recorded> rooms = new ArrayList<>(fixture.all(MATE));
        rooms.addAll(fixture.all(StoreFixture.TEA));
        assertThat(all).isEqualTo(rooms);
    }

    @Test
    void oneRoomCanBeExportedAlone() throws Exception {
        fixture.say("ann", "one");
        fixture.say(MATE, "bob", "", "two", StoreFixture.NOON);
        assertThat(texts(exported(Optional.of(RoomName.of("MATE")), Instant.EPOCH)))
                .containsExactly("two");
    }

    @Test
    void anUnknownRoomIsNamedInTheError() {
        assertThatThrownBy(() -> exported(Optional.of(MATE), Instant.EPOCH))
                .isInstanceOf(StoreException.class)
                .hasMessage("no messages are stored of room Mate");
    }

    @Test
    void sinceIsInclusive() throws Exception {
        fixture.say(StoreFixture.TEA, "ann", "", "old", StoreFixture.NOON);
        fixture.say(StoreFixture.TEA, "ann", "", "new", StoreFixture.NOON.plusMillis(1));
        fixture.say(MATE, "ann", "", "old", StoreFixture.NOON);
        assertThat(texts(exported(Optional.empty(), StoreFixture.NOON.plusMillis(1))))
                .containsExactly("new");
    }

    @Test
    void manyComeOut() throws Exception {
        for (int i = 0; i < 2500; i++) {
            fixture.say("ann", "line " + i);
        }
        List<String> lines = texts(exported(Optional.empty(), Instant.EPOCH));
        assertThat(lines).hasSize(2500).startsWith("line 0").endsWith("line 2499");
    }

    @Test
    void anEmptyStoreExportsNothing() throws Exception {
        assertThat(exported(Optional.empty(), Instant.EPOCH)).isEmpty();
    }

    @Test
    void messagesSentDuringTheExportAreNotExported() throws Exception {
        fixture.say("ann", "one");
        List<Recorded> events = new ArrayList<>();
        try (ExportReader exporting = new StoreMaintenance(settings).export(Optional.empty(), Instant.EPOCH, false)) {
            fixture.say("ann", "two");
            exporting.run((event, done) -> events.add(event));
        }
        assertThat(texts(events)).containsExactly("one");
    }
}
