package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.room.RoomEvent.Departure;
import io.teahouse.room.RoomEvent.Kind;
import io.teahouse.testkit.InboxGuest;
import io.teahouse.testkit.Some;
import io.teahouse.testkit.TestRoom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A room knows the addresses of its members for its bans, and never publishes them. */
class RoomAddressTest {
    private static final String ADDRESS = "192.0.2.7";
    private static final Profile BOBS = new Profile("b", "aa.bb.cc.ip", "Bob", "", "", false).withAddress(ADDRESS);

    private final MemoryRoomLog log = new MemoryRoomLog(100);
    private final TestRoom room = new TestRoom(log);
    private final InboxGuest ann = room.enter("ann");
    private final InboxGuest bob = new InboxGuest("bob");

    private void enter() {
        room.ask(
                new RoomActor.Join(bob.nick(), BOBS, "", bob.member(), Delivery.EACH, Optional.empty(), bob.replyTo()));
    }

    private void ban(String mask) {
        room.ask(new RoomActor.SetModes(ann.member(), List.of(new ModeChange(true, Mode.BAN, mask)), ann.replyTo()));
        ann.answers();
        ann.heard();
    }

    @Test
    void theAddressOfAMemberIsNotPublished() {
        enter();
        room.ask(
                bob.say("hi"),
                bob.topic("tea"),
                bob.rename("rob"),
                new RoomActor.ChangeProfile(bob.member(), BOBS.withAway("out"), 0, bob.replyTo()),
                ann.names(),
                new RoomActor.SayFromOutside(
                        Nick.of("cyd"), BOBS, ann.member(), new OutgoingMessage(Kind.MESSAGE, "x"), ann.replyTo()),
                bob.leave(Departure.QUIT, "bye"));
        assertThat(ann.heard())
                .hasSizeGreaterThanOrEqualTo(7)
                .allSatisfy(event -> assertThat(event.toString()).doesNotContain(ADDRESS));
        assertThat(bob.heard())
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.toString()).doesNotContain(ADDRESS));
        assertThat(ann.answers())
                .isNotEmpty()
                .allSatisfy(reply -> assertThat(reply.toString()).doesNotContain(ADDRESS));
    }

    @Test
    void aBanOfTheAddressKeepsItsUserOut() {
        ban("*!*@::ffff:192.0.2.7");
        enter();
        bob.wasRefused(Refusal.Reason.BANNED);
    }

    @Test
    void aBanOfTheAddressStillAppliesAfterAChangeOfProfile() {
        enter();
        ban("*!*@192.0.2.7");
        room.ask(
                new RoomActor.ChangeProfile(bob.member(), BOBS.shown().withAway("out"), 0, bob.replyTo()),
                bob.say("hi"));
        bob.wasRefused(Refusal.Reason.MUTED);
    }

    @Test
    void anAddressIsBannedOnceInAnySpelling() {
        Modes modes = new Modes(Set.of(), UnaryOperator.identity());
        assertThat(modes.apply(new ModeChange(true, Mode.BAN, "*!*@::1"), "ann", Some.NOON))
                .isPresent();
        assertThat(modes.apply(new ModeChange(true, Mode.BAN, "*!*@0:0:0:0:0:0:0:1"), "ann", Some.NOON))
                .isEmpty();
        assertThat(modes.apply(new ModeChange(false, Mode.BAN, "*!*@0::1"), "ann", Some.NOON))
                .contains(new ModeChange(false, Mode.BAN, "*!*@::1"));
    }
}
