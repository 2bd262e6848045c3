package io.teahouse.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.room.RoomDirectory.Opener;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomQuotas;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Two rooms for each user, and three for each address. */
class RoomOpeningsTest {
    private static final RoomName TEA = RoomName.of("tea");
    private static final RoomName CHA = RoomName.of("cha");
    private static final RoomName OTHER = RoomName.of("other");
    private static final Opener ANN = new Opener("ann", "192.0.2.1");
    private static final Opener BOB = new Opener("bob", "192.0.2.1");
    private static final long LATER = Duration.ofMinutes(1).toNanos();

    private final RoomOpenings openings =
            new RoomOpenings(RoomQuotas.of(100).withRooms(new RoomQuotas.Quota(100, 2, 3)));

    private void open(RoomName room, Opener opener) {
        openings.add(new RoomOpenings.Opening(room, opener), false, 0);
    }

    @Test
    void aUserMayOpenSoManyOnAllNodes() {
        open(TEA, ANN);
        assertThat(openings.exhausted(OTHER, ANN, 0)).isEmpty();
        openings.add(new RoomOpenings.Opening(CHA, ANN), true, 0);
        assertThat(openings.exhausted(OTHER, ANN, 0)).contains(2);
        assertThat(openings.exhausted(OTHER, BOB, 0)).isEmpty();
        assertThat(openings.exhausted(RoomName.conversation("a:ann", "a:bob"), ANN, 0))
                .isEmpty();
        open(OTHER, BOB);
        assertThat(openings.exhausted(RoomName.of("fourth"), BOB, 0))
                .as("of one address")
                .contains(3);
        assertThat(openings.all()).extracting(RoomOpenings.Opening::room).containsExactlyInAnyOrder(TEA, CHA, OTHER);
    }

    @Test
    void aRoomCountsAsLongAsItHasMembers() {
        open(TEA, ANN);
        open(CHA, ANN);
        openings.used("tea");
        assertThat(openings.exhausted(OTHER, ANN, LATER))
                .as("nobody has joined cha")
                .isEmpty();
        assertThat(openings.isOpen(TEA, LATER)).isTrue();
        assertThat(openings.isOpen(CHA, LATER)).isFalse();
        open(CHA, ANN);
        openings.used("cha");
        openings.emptied("tea");
        assertThat(openings.exhausted(OTHER, ANN, LATER)).isEmpty();
        assertThat(openings.isOpen(TEA, LATER)).isFalse();
    }

    @Test
    void aRoomThatIsAboutToBeJoinedIsNotEmpty() {
        open(TEA, ANN);
        openings.emptied("tea");
        assertThat(openings.isOpen(TEA, 0)).isTrue();
    }

    /** {@link System#nanoTime} may be negative. */
    @Test
    void aRenameEndsNoRoomThatIsAboutToBeJoined() {
        open(TEA, ANN);
        openings.used("tea");
        openings.add(new RoomOpenings.Opening(CHA, ANN), false, -LATER);
        openings.renamed("tea", OTHER);
        assertThat(openings.isOpen(CHA, -LATER)).isTrue();
    }

    @Test
    void aRenamedRoomCountsOnce() {
        open(TEA, ANN);
        openings.used("tea");
        openings.renamed("tea", CHA);
        assertThat(openings.isOpen(TEA, 0)).isFalse();
        assertThat(openings.isOpen(CHA, 0)).isTrue();
        open(OTHER, ANN);
        assertThat(openings.exhausted(TEA, ANN, 0)).contains(2);
        openings.emptied("cha");
        assertThat(openings.exhausted(TEA, ANN, 0)).isEmpty();
    }
}
