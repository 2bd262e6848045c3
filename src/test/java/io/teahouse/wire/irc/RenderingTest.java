package io.teahouse.wire.irc;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestInbox;
import akka.actor.typed.ActorRef;
import io.teahouse.client.LineForm;
import io.teahouse.client.Viewer;
import io.teahouse.room.Attributes;
import io.teahouse.room.Audience;
import io.teahouse.room.Batches;
import io.teahouse.room.EventBatch;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomEvent.Departure;
import io.teahouse.room.RoomEvent.Kind;
import io.teahouse.room.RoomName;
import io.teahouse.room.UserId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The parts that are cut out of a batch for ann, who has two connections (desk and phone), and for bob. */
class RenderingTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final RoomName TEA = RoomName.of("tea");
    private static final Nick ANN = Nick.of("ann");
    private static final Nick BOB = Nick.of("bob");
    private static final Profile ANNS = new Profile("a", "h", "", "ann", "", false);
    private static final Profile BOBS = new Profile("b", "h", "", "bob", "", false);
    private static final ActorRef<RoomEvent> DESK =
            TestInbox.<RoomEvent>create("desk").getRef();
    private static final ActorRef<RoomEvent> PHONE =
            TestInbox.<RoomEvent>create("phone").getRef();
    private static final Viewer AT_DESK = new Viewer(DESK, ANNS, ANN);
    private static final Viewer ON_PHONE = new Viewer(PHONE, ANNS.withGuest(UserId.ofGuest("ann~2")), ANN);
    private static final Viewer AT_BOBS =
            new Viewer(TestInbox.<RoomEvent>create("bob").getRef(), BOBS, BOB);

    private static RoomEvent.Said said(Nick by, Profile profile, String text) {
        return new RoomEvent.Said(
                TEA, 1, "id", NOON, by, profile, Kind.MESSAGE, text, Attributes.NONE, Audience.ALL, "");
    }

    private static Rendering rendering(EventBatch batch) {
        return new Rendering(batch, new Rendering.Variant(Capabilities.NONE, LineForm.CRLF), "#tea");
    }

    private static EventBatch talk() {
        return Batches.causedBy(
                List.of(DESK, PHONE, AT_BOBS.subscriber(), DESK),
                said(ANN, ANNS, "1"),
                said(ANN, ANNS, "2"),
                said(BOB, BOBS, "3"),
                said(ANN, ANNS, "4"));
    }

    private static List<String> texts(Rendering rendering, Viewer viewer, boolean own) {
        return rendering
                .shownTo(viewer, own, false)
                .utf8String()
                .lines()
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .toList();
    }

    @Test
    void aMessageIsCutOutForTheConnectionThatSentIt() {
        Rendering rendering = rendering(talk());
        assertThat(texts(rendering, AT_DESK, true)).containsExactly(":2", ":3");
        assertThat(texts(rendering, ON_PHONE, true)).containsExactly(":1", ":3", ":4");
        assertThat(texts(rendering, AT_BOBS, true)).containsExactly(":1", ":2", ":4");
    }

    @Test
    void clientsFromWhomNothingIsHiddenShareTheBytes() {
        Rendering rendering = rendering(talk());
        assertThat(texts(rendering, AT_BOBS, false)).containsExactly(":1", ":2", ":3", ":4");
        assertThat(rendering.shownTo(ON_PHONE, false, false)).isSameAs(rendering.shownTo(AT_BOBS, false, false));
        assertThat(rendering.shownTo(AT_DESK, true, true)).isSameAs(rendering.shownTo(AT_BOBS, false, false));
        Viewer eve = new Viewer(TestInbox.<RoomEvent>create("eve").getRef(), BOBS.withAccount("eve"), Nick.of("eve"));
        assertThat(rendering.shownTo(eve, true, false)).isSameAs(rendering.shownTo(AT_BOBS, false, false));
        Rendering quit = rendering(Batches.of(
                new RoomEvent.Left(TEA, ANN, ANNS, Departure.QUIT, "", ANN, ANNS, 1, NOON), said(BOB, BOBS, "3")));
        assertThat(quit.shownTo(eve, true, false)).isSameAs(quit.shownTo(AT_BOBS, false, false));
        assertThat(texts(quit, ON_PHONE, false)).containsExactly(":3");
    }

    @Test
    void ofMissedMessagesTheUsersOwnAreCutOutForAConnectionThatWaitsForReceipts() {
        Rendering rendering = rendering(Batches.of(talk().events().toArray(RoomEvent[]::new)));
        assertThat(texts(rendering, AT_DESK, true)).containsExactly(":3");
        assertThat(texts(rendering, AT_DESK, false)).containsExactly(":1", ":2", ":3", ":4");
    }

    @Test
    void anAuthorWithoutIdentityIsKnownByNick() {
        Profile unknown = new Profile("a", "h", "", "", "", false);
        Rendering rendering = rendering(Batches.of(said(ANN, unknown, "1"), said(BOB, unknown, "2")));
        assertThat(texts(rendering, AT_DESK, true)).containsExactly(":2");
    }

    @Test
    void anotherUserOfTheSameNickIsShown() {
        Rendering rendering = rendering(Batches.of(
                said(ANN, ANNS.withAccount(""), "1"),
                said(ANN, ANNS.withAccount("").withGuest(UserId.ofGuest("ann~7")), "2")));
        assertThat(texts(rendering, AT_DESK, true)).containsExactly(":2");
    }
}
