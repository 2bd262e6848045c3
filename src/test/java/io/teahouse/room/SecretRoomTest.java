package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.room.Refusal.Reason;
import io.teahouse.room.RoomEvent.Kind;
import io.teahouse.testkit.InboxGuest;
import io.teahouse.testkit.TestRoom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Answers to outsiders, who must not learn that the room exists. */
class SecretRoomTest {
    private static final OutgoingMessage QUERY =
            new OutgoingMessage(Kind.MESSAGE, "version?", Attributes.NONE, Audience.ALL, "", true);

    private final TestRoom room = new TestRoom();
    private final InboxGuest ann = room.enter("ann");
    private final InboxGuest eve = new InboxGuest("eve");

    private void set(Mode... modes) {
        List<ModeChange> changes = List.of(modes).stream()
                .map(mode -> new ModeChange(true, mode, ""))
                .toList();
        room.ask(new RoomActor.SetModes(ann.member(), changes, ann.replyTo()));
    }

    private RoomActor.SayFromOutside fromOutside(String text) {
        return fromOutside(new OutgoingMessage(Kind.MESSAGE, text));
    }

    private RoomActor.SayFromOutside fromOutside(OutgoingMessage message) {
        return new RoomActor.SayFromOutside(eve.nick(), Profile.APPLICATION, eve.member(), message, eve.replyTo());
    }

    private Refusal refusal(RoomActor.Asking asked) {
        room.ask(asked);
        return eve.answer(RoomReply.Refused.class).refusal();
    }

    @Test
    void outsidersCannotTellItFromAMissingRoom() {
        set(Mode.SECRET, Mode.NO_OUTSIDE, Mode.MODERATED, Mode.NO_QUERIES);
        List<RoomActor.Asking> questions = List.of(
                fromOutside("hi"),
                fromOutside(""),
                fromOutside("x".repeat(9000)),
                fromOutside(QUERY),
                new RoomActor.Say(eve.member(), "hi", eve.replyTo()),
                new RoomActor.Signal(eve.member(), Attributes.NONE, Audience.ALL, eve.replyTo()),
                eve.topic("mine"),
                eve.kick("ann", ""),
                eve.kick("nobody", ""),
                eve.redact("id-1"),
                eve.rename("kid"),
                new RoomActor.ChangeProfile(eve.member(), Profile.APPLICATION, 0, eve.replyTo()),
                new RoomActor.TellMetadata(eve.member(), Map.of("url", "x"), 0, eve.replyTo()),
                eve.renameRoom("cha"),
                eve.history(1, 2, 3),
                new RoomActor.Invite(eve.member(), Nick.of("bob"), UserId.ofAccount("bob"), eve.replyTo()),
                new RoomActor.SetModes(eve.member(), List.of(), eve.replyTo()),
                new RoomActor.SetMetadata(eve.member(), "url", "x", eve.replyTo()),
                new RoomActor.ClearMetadata(eve.member(), eve.replyTo()),
                new RoomActor.GetMetadata(eve.member(), eve.replyTo()));
        for (RoomActor.Asking asked : questions) {
            assertThat(refusal(asked)).as("%s", asked).isEqualTo(Refusal.noSuchRoom(TestRoom.TEA));
        }
    }

    @Test
    void outsidersWhoMaySpeakAreHeard() {
        set(Mode.SECRET);
        room.ask(new RoomActor.SetModes(
                ann.member(), List.of(new ModeChange(false, Mode.NO_OUTSIDE, "")), ann.replyTo()));
        ann.heard();
        room.ask(fromOutside("hi"));
        assertThat(ann.lines()).containsExactly("1 eve: hi");
    }

    @Test
    void membersAndOutsidersOfAPublicRoomGetTheReason() {
        set(Mode.NO_OUTSIDE);
        assertThat(refusal(fromOutside("hi")).reason()).isEqualTo(Reason.NO_OUTSIDE);
        set(Mode.SECRET, Mode.NO_QUERIES);
        ann.answers();
        room.ask(new RoomActor.Say(ann.member(), QUERY, ann.replyTo()));
        ann.wasRefused(Reason.NO_QUERIES);
        room.ask(new RoomActor.Join(
                eve.nick(), Profile.APPLICATION, "", eve.member(), Delivery.EACH, Optional.empty(), eve.replyTo()));
        assertThat(eve.lines()).hasSize(2);
    }
}
