package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestInbox;
import io.teahouse.room.Refusal.Reason;
import io.teahouse.testkit.InboxGuest;
import io.teahouse.testkit.TestRoom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The metadata of a room, with three keys at most. ann is its operator, bob is a member, and eve is not. */
class RoomMetadataTest {
    private final TestRoom room =
            new TestRoom(new RoomParts(TestRoom.TEA, new MemoryRoomLog(100), TestRoom.limits(9, 99, 9)));
    private final InboxGuest ann = room.enter("ann");
    private final InboxGuest bob = room.enter("bob");
    private final TestInbox<RoomReply> replies = TestInbox.create();

    private RoomReply set(InboxGuest by, String key, String value) {
        room.ask(new RoomActor.SetMetadata(by.member(), key, value, replies.getRef()));
        return replies.receiveMessage();
    }

    private RoomReply get(InboxGuest by) {
        room.ask(new RoomActor.GetMetadata(by.member(), replies.getRef()));
        return replies.receiveMessage();
    }

    private static RoomReply notes(Map<String, String> entries) {
        return new RoomReply.Metadata(TestRoom.TEA, 0, entries);
    }

    private static Optional<Reason> why(RoomReply reply) {
        return reply instanceof RoomReply.Refused refused
                ? Optional.of(refused.refusal().reason())
                : Optional.empty();
    }

    @Test
    void aChangeIsAnsweredAndPublishedInOrder() {
        ann.heard();
        assertThat(set(ann, "url", "x")).isEqualTo(notes(Map.of("url", "x")));
        assertThat(bob.lines()).containsExactly("ann notes {url=x}");
        assertThat(get(bob)).isEqualTo(notes(Map.of("url", "x")));
    }

    @Test
    void aChangeWithoutEffectIsAnsweredAndNotPublished() {
        set(ann, "url", "x");
        bob.heard();
        assertThat(set(ann, "url", "x")).isEqualTo(notes(Map.of("url", "x")));
        assertThat(set(ann, "mood", "")).isEqualTo(notes(Map.of("mood", "")));
        assertThat(bob.lines()).isEmpty();
    }

    @Test
    void othersMayReadAndChangeNothing() {
        assertThat(why(set(bob, "url", "x"))).contains(Reason.NOT_OPERATOR);
        assertThat(why(set(new InboxGuest("eve"), "url", "x"))).contains(Reason.NOT_A_MEMBER);
        assertThat(get(new InboxGuest("eve"))).isEqualTo(notes(Map.of()));
    }

    @Test
    void theNumberOfKeysIsLimited() {
        set(ann, "a", "1");
        set(ann, "b", "2");
        set(ann, "c", "3");
        assertThat(why(set(ann, "d", "4"))).contains(Reason.LIST_FULL);
        assertThat(why(set(ann, "c", "5"))).isEmpty();
        set(ann, "c", "");
        assertThat(why(set(ann, "d", "4"))).isEmpty();
    }

    @Test
    void allMetadataIsClearedAtOnce() {
        set(ann, "a", "1");
        set(ann, "b", "2");
        bob.heard();
        room.ask(new RoomActor.ClearMetadata(ann.member(), replies.getRef()));
        assertThat(replies.receiveMessage()).isEqualTo(notes(Map.of("a", "", "b", "")));
        assertThat(bob.lines()).containsExactly("ann notes {a=, b=}");
        assertThat(get(ann)).isEqualTo(notes(Map.of()));
    }

    @Test
    void outsidersSeeNoMetadataOfAClosedRoom() {
        room.ask(new RoomActor.SetModes(
                ann.member(), List.of(new ModeChange(true, Mode.INVITE_ONLY, "")), replies.getRef()));
        replies.receiveMessage();
        assertThat(why(get(new InboxGuest("eve")))).contains(Reason.NO_SUCH_ROOM);
        assertThat(why(get(bob))).isEmpty();
    }
}
