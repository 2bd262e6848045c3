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

/** What comes out of a store, whichever it is. */
abstract class ExportContract {
    private static final RoomName MATE = RoomName.of("Mate");

    private StoreSettings settings;
    private Scribe scribe;

    /** A store with nothing in it. */
    abstract StoreSettings create() throws Exception;

    @BeforeEach
    void open() throws Exception {
        settings = create();
        scribe = Scribe.open(settings);
    }

    @AfterEach
    void close() {
        scribe.close();
    }

    private List<Recorded> exported(Optional<RoomName> room, Instant since) throws Exception {
        List<Recorded> events = new ArrayList<>();
        List<Long> done = new ArrayList<>();
        try (Exporting exporting = new Upkeep(settings).export(room, since, false)) {
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
    void everythingComesOutRoomByRoomAsItWas() throws Exception {
        scribe.say(Scribe.TEA, "ann", "ann", "one", Scribe.NOON);
        scribe.say(MATE, "bob", "", "two \u0000 \ud83c 茶", Scribe.NOON.plusMillis(1));
        scribe.say(Scribe.TEA, "bob", "", "three", Scribe.NOON.plusMillis(2));
        List<Recorded> all = exported(Optional.empty(), Instant.EPOCH);
        List<Recorded> rooms = new ArrayList<>(scribe.all(MATE));
        rooms.addAll(scribe.all(Scribe.TEA));
        assertThat(all).isEqualTo(rooms);
    }

    @Test
    void oneRoomComesOutAlone() throws Exception {
        scribe.say("ann", "one");
        scribe.say(MATE, "bob", "", "two", Scribe.NOON);
        assertThat(texts(exported(Optional.of(RoomName.of("MATE")), Instant.EPOCH)))
                .containsExactly("two");
    }

    @Test
    void aRoomOfWhichNothingWasKeptIsNamed() {
        assertThatThrownBy(() -> exported(Optional.of(MATE), Instant.EPOCH))
                .isInstanceOf(StoreException.class)
                .hasMessage("nothing was ever kept of a room Mate");
    }

    @Test
    void whatIsOlderStaysAndWhatIsAsOldComesOut() throws Exception {
        scribe.say(Scribe.TEA, "ann", "", "old", Scribe.NOON);
        scribe.say(Scribe.TEA, "ann", "", "new", Scribe.NOON.plusMillis(1));
        scribe.say(MATE, "ann", "", "old", Scribe.NOON);
        assertThat(texts(exported(Optional.empty(), Scribe.NOON.plusMillis(1)))).containsExactly("new");
    }

    @Test
    void manyComeOut() throws Exception {
        for (int i = 0; i < 2500; i++) {
            scribe.say("ann", "line " + i);
        }
        List<String> lines = texts(exported(Optional.empty(), Instant.EPOCH));
        assertThat(lines).hasSize(2500).startsWith("line 0").endsWith("line 2499");
    }

    @Test
    void anEmptyStoreHasNothing() throws Exception {
        assertThat(exported(Optional.empty(), Instant.EPOCH)).isEmpty();
    }

    @Test
    void whatIsSaidMeanwhileStaysOut() throws Exception {
        scribe.say("ann", "one");
        List<Recorded> events = new ArrayList<>();
        try (Exporting exporting = new Upkeep(settings).export(Optional.empty(), Instant.EPOCH, false)) {
            scribe.say("ann", "two");
            exporting.run((event, done) -> events.add(event));
        }
        assertThat(texts(events)).containsExactly("one");
    }
}
