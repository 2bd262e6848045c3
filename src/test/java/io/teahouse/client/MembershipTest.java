package io.teahouse.client;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestInbox;
import akka.actor.typed.ActorRef;
import io.teahouse.client.MembershipEffect.Departed;
import io.teahouse.client.MembershipEffect.Doubt;
import io.teahouse.client.MembershipEffect.Forget;
import io.teahouse.client.MembershipEffect.Join;
import io.teahouse.client.MembershipEffect.Locate;
import io.teahouse.client.MembershipEffect.Refuse;
import io.teahouse.client.MembershipEffect.RefuseRejoin;
import io.teahouse.client.MembershipEffect.RetryLater;
import io.teahouse.client.MembershipEffect.ShowGap;
import io.teahouse.client.MembershipEffect.ShowJoined;
import io.teahouse.client.MembershipEffect.ShowLeft;
import io.teahouse.client.MembershipEffect.SubscribeLater;
import io.teahouse.client.MembershipEffect.Tell;
import io.teahouse.client.MembershipEffect.Unwatch;
import io.teahouse.client.MembershipEffect.Watch;
import io.teahouse.client.MembershipEffect.Welcomed;
import io.teahouse.room.Batches;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.Ranks;
import io.teahouse.room.Refusal;
import io.teahouse.room.Refusal.Reason;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomEvent.Departure;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.room.Topic;
import io.teahouse.user.UserRoom;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** ann joins the room tea, sends messages, and sees the room fail. */
class MembershipTest {
    private static final RoomName TEA = RoomName.of("tea");
    private static final Nick ANN = Nick.of("ann");
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final ActorRef<RoomActor.Command> ROOM =
            TestInbox.<RoomActor.Command>create("tea").getRef();
    private static final ActorRef<RoomEvent> SELF =
            TestInbox.<RoomEvent>create("ann").getRef();
    private static final ActorRef<RoomReply> REPLIES =
            TestInbox.<RoomReply>create("replies").getRef();
    private static final Profile ANNS = Profile.APPLICATION.withAccount("ann");
    private static final CurrentUser ME =
            new CurrentUser(SELF, new Peer(new InetSocketAddress("192.0.2.1", 1), false, "irc"), ANNS);

    private final MembershipTotals totals = new MembershipTotals();
    private final List<String> told = new ArrayList<>();

    private Outcome outcome(String what) {
        return new Outcome() {
            @Override
            public void refused(RoomReply.Refused refused) {
                told.add(what + " refused: " + refused.refusal().reason());
            }

            @Override
            public void inDoubt(RoomReply.InDoubt doubt) {
                told.add(what + " in doubt");
            }
        };
    }

    /** Carries out the effects that call an outcome. */
    private List<MembershipEffect> carryOut(List<MembershipEffect> effects) {
        for (MembershipEffect effect : effects) {
            if (effect instanceof Refuse refuse) {
                refuse.outcome().refused(refuse.refused());
            } else if (effect instanceof Doubt doubt) {
                doubt.outcome().inDoubt(doubt.doubt());
            }
        }
        return effects;
    }

    private static RoomEvent.Welcome welcome(long seq) {
        return welcome(seq, true);
    }

    private static RoomEvent.Welcome welcome(long seq, boolean joined) {
        return new RoomEvent.Welcome(TEA, ROOM, ANN, seq, Topic.NONE, Ranks.OPERATOR, false, joined);
    }

    private Membership joining() {
        return Membership.joining(TEA, ANN, "sesame", outcome("join"), totals);
    }

    private Membership in() {
        Membership m = joining();
        m.begin();
        m.located(ROOM, ANN);
        m.welcomed(welcome(7));
        m.shown(Batches.causedBy(SELF, new RoomEvent.Joined(TEA, ANN, ANNS, NOON)), ME);
        return m;
    }

    private static RoomActor.Asking command(long number) {
        return new RoomActor.SetTopic(SELF, "green", number, REPLIES);
    }

    private static RoomEvent event(long seq, String by) {
        return new RoomEvent.TopicChanged(
                TEA, seq, "id" + seq, NOON, Nick.of(by), Profile.APPLICATION.withAccount(by), "green", "");
    }

    private Membership rejoined(long upTo) {
        Membership m = in();
        m.expect(command(1), outcome("first"));
        m.expect(command(2), outcome("second"));
        m.roomEnded();
        m.located(ROOM, ANN);
        m.welcomed(welcome(upTo));
        return m;
    }

    // Joining

    @Test
    void aRoomIsLocatedThenJoined() {
        Membership m = joining();
        assertThat(m.begin()).containsExactly(new Locate(TEA, true));
        assertThat(totals.joins).isEqualTo(1);
        assertThat(m.located(ROOM, ANN))
                .containsExactly(new Watch(ROOM), new Join(ROOM, ANN, "sesame", Optional.empty(), false));
        assertThat(m.isMember()).isFalse();
        assertThat(m.welcomed(welcome(7))).containsExactly(new Welcomed(welcome(7), 7));
        assertThat(m.isMember()).isTrue();
        assertThat(m.seq()).isEqualTo(7);
        assertThat(totals.joins).isZero();
        assertThat(totals.outstanding).as("its own Joined").isEqualTo(1);
    }

    @Test
    void aRefusedJoinIsForgottenAndItsOutcomeCalled() {
        Membership m = joining();
        m.begin();
        m.located(ROOM, ANN);
        Refusal why = new Refusal(Reason.BAD_KEY, "");
        assertThat(carryOut(m.joinRefused(new RoomReply.Refused(TEA, 1, "", why))))
                .startsWith(new Unwatch(ROOM), new Forget());
        assertThat(told).containsExactly("join refused: BAD_KEY");
        assertThat(totals.joins).isZero();
    }

    @Test
    void aRoomThatIsNotFoundIsForgotten() {
        Membership m = joining();
        m.begin();
        carryOut(m.notLocated(TEA, new Refusal(Reason.TOO_MANY_ROOMS, "")));
        assertThat(told).containsExactly("join refused: TOO_MANY_ROOMS");
        assertThat(totals.joins).isZero();
    }

    // Talking

    @Test
    void aDeliveryWithoutChangesHasNoEffectsAndAllocatesNoList() {
        Membership m = in();
        assertThat(m.shown(Batches.of(event(8, "bob")), ME)).isSameAs(List.of());
        assertThat(m.seq()).isEqualTo(8);
    }

    @Test
    void aReceiptSettlesTheOldestCommandAndARefusalTheOneWithItsNumber() {
        Membership m = in();
        m.expect(command(1), outcome("first"));
        m.expect(command(2), outcome("second"));
        m.expect(command(3), outcome("third"));
        assertThat(totals.outstanding).isEqualTo(3);
        carryOut(m.answered(new RoomReply.Refused(TEA, 2, "", new Refusal(Reason.BUSY, ""))));
        assertThat(told).containsExactly("second refused: BUSY");
        m.shown(Batches.causedBy(SELF, event(8, "ann")), ME);
        assertThat(m.hasAsked(1)).isFalse();
        assertThat(m.hasAsked(3)).isTrue();
        assertThat(totals.outstanding).isEqualTo(1);
    }

    /** The room has done it, and the event was lost on the way. */
    @Test
    void aCommandWhoseEventWasMissedIsNotExpectedAnyMore() {
        Membership m = in();
        m.expect(command(1), outcome("first"));
        carryOut(m.answered(new RoomReply.Done(TEA, 1)));
        assertThat(m.hasAsked(1)).isFalse();
        assertThat(totals.outstanding).isZero();
    }

    @Test
    void aCommandInDoubtDelaysNothingButIsStillExpected() {
        Membership m = in();
        m.expect(command(1), outcome("first"));
        carryOut(m.answered(new RoomReply.InDoubt(TEA, 1, "")));
        carryOut(m.answered(new RoomReply.InDoubt(TEA, 1, "")));
        assertThat(told).containsExactly("first in doubt");
        assertThat(totals.outstanding).isZero();
        assertThat(m.isExpecting()).isTrue();
        m.shown(Batches.causedBy(SELF, event(8, "ann")), ME);
        assertThat(m.isExpecting()).isFalse();
        assertThat(totals.outstanding).isZero();
    }

    // Failures

    @Test
    void aFailedRoomIsRejoinedAfterTheLastSeenEvent() {
        Membership m = in();
        assertThat(m.roomEnded()).containsExactly(new Locate(TEA, false));
        assertThat(totals.joins).isEqualTo(1);
        assertThat(m.located(ROOM, ANN)).contains(new Join(ROOM, ANN, "", Optional.of(7L), false));
        assertThat(m.welcomed(welcome(7))).isEmpty();
        assertThat(m.isIn()).isTrue();
        assertThat(totals.joins).isZero();
    }

    @Test
    void commandsFromBeforeTheFailureThatAreNotAmongTheMissedEventsAreLost() {
        Membership m = rejoined(9);
        assertThat(m.isCatchingUp()).isTrue();
        m.shown(Batches.of(event(8, "ann")), ME);
        m.expect(command(3), outcome("third"));
        carryOut(m.shown(Batches.of(event(9, "bob")), ME));
        assertThat(told).containsExactly("second refused: NOT_STORED");
        assertThat(m.hasAsked(3)).isTrue();
        assertThat(totals.outstanding).isEqualTo(1);
    }

    @Test
    void aGapEndsCatchingUp() {
        Membership m = rejoined(9);
        RoomEvent.Gap gap = new RoomEvent.Gap(TEA, 7, 10);
        assertThat(carryOut(m.gap(gap))).startsWith(new ShowGap(gap));
        assertThat(told).containsExactly("first refused: NOT_STORED", "second refused: NOT_STORED");
        assertThat(m.isIn()).isTrue();
    }

    @Test
    void aRoomThatCannotBeRejoinedIsAwayAndDelaysNothing() {
        Membership m = in();
        m.expect(command(1), outcome("first"));
        m.roomEnded();
        m.located(ROOM, ANN);
        Refusal away = new Refusal(Reason.STORE_AWAY, "the store is away");
        assertThat(carryOut(m.joinRefused(new RoomReply.Refused(TEA, 1, "", away))))
                .startsWith(new Unwatch(ROOM))
                .endsWith(new RetryLater());
        assertThat(told).containsExactly("first in doubt");
        assertThat(m.whyAway()).contains(away);
        assertThat(totals.joins).isZero();
        assertThat(totals.outstanding).isZero();
        assertThat(m.retry()).containsExactly(new Locate(TEA, false));
        m.located(ROOM, ANN);
        assertThat(m.whyAway()).isEmpty();
        assertThat(totals.joins).isEqualTo(1);
    }

    @Test
    void anyOtherRefusalToRejoinIsShownAsLeaving() {
        Membership m = in();
        m.roomEnded();
        m.located(ROOM, ANN);
        RoomReply.Refused banned = new RoomReply.Refused(TEA, 1, "", new Refusal(Reason.BANNED, "you are banned"));
        assertThat(m.joinRefused(banned))
                .containsExactly(
                        new ShowLeft(TEA, ANN, "you are banned"),
                        new Unwatch(ROOM),
                        new Forget(),
                        new Departed(TEA),
                        new RefuseRejoin(banned));
    }

    // Leaving

    @Test
    void aMembershipIsForgottenWhenTheLeaveIsShown() {
        Membership m = in();
        RoomActor.Leave leave = new RoomActor.Leave(SELF, Departure.PARTED, "bye");
        assertThat(m.part("bye", leave)).containsExactly(new Tell(ROOM, leave));
        assertThat(totals.outstanding).isEqualTo(1);
        RoomEvent left = new RoomEvent.Left(TEA, ANN, ANNS, Departure.PARTED, "bye", ANN, ANNS, 0, NOON);
        assertThat(m.shown(Batches.causedBy(SELF, left), ME))
                .containsExactly(new Unwatch(ROOM), new Forget(), new Departed(TEA));
        assertThat(totals.outstanding).isZero();
    }

    @Test
    void leavingARoomThatEndsIsALeave() {
        Membership m = in();
        m.part("bye", new RoomActor.Leave(SELF, Departure.PARTED, "bye"));
        assertThat(m.roomEnded()).containsExactly(new ShowLeft(TEA, ANN, "bye"), new Forget(), new Departed(TEA));
    }

    // Subscribing beside another connection of the user

    @Test
    void aSubscribingClientSeesTheJoinAndMissedEvents() {
        Membership m = Membership.subscribing(new UserRoom(TEA, 5), false, ANN, totals);
        assertThat(m.begin()).containsExactly(new Locate(TEA, false));
        assertThat(m.located(ROOM, ANN))
                .containsExactly(new Watch(ROOM), new Join(ROOM, ANN, "", Optional.of(5L), true));
        assertThat(m.isMember()).isFalse();
        assertThat(m.welcomed(welcome(6, false)))
                .containsExactly(new Welcomed(welcome(6, false), 0), new ShowJoined(welcome(6, false), ANN));
        assertThat(m.isCatchingUp()).isTrue();
    }

    @Test
    void aClientThatSubscribesFromNowOnIsInAtOnce() {
        Membership m = Membership.subscribing(new UserRoom(TEA, -1), false, ANN, totals);
        m.begin();
        m.located(ROOM, ANN);
        assertThat(m.welcomed(welcome(6, false))).startsWith(new Welcomed(welcome(6, false), 6));
        assertThat(m.isIn()).isTrue();
        assertThat(m.seq()).isEqualTo(6);
        assertThat(totals.joins).isZero();
    }

    @Test
    void historyIsShownOfARoomThatAnotherConnectionHasJustJoined() {
        Membership m = Membership.subscribing(new UserRoom(TEA, 5), true, ANN, totals);
        m.begin();
        m.located(ROOM, ANN);
        assertThat(m.welcomed(welcome(6, false))).startsWith(new Welcomed(welcome(6, false), 5));
        assertThat(m.isCatchingUp()).isTrue();
    }

    @Test
    void aClientThatJoinsAtTheSameTimeAsAnotherConnectionSeesTheJoin() {
        Membership m = joining();
        m.begin();
        m.located(ROOM, ANN);
        assertThat(m.welcomed(welcome(6, false))).contains(new ShowJoined(welcome(6, false), ANN));
        assertThat(totals.outstanding).isZero();
    }

    @Test
    void aRoomThatDoesNotKnowTheUserIsSubscribedToLater() {
        Membership m = Membership.subscribing(new UserRoom(TEA, 5), false, ANN, totals);
        m.begin();
        m.located(ROOM, ANN);
        Refusal why = new Refusal(Reason.NOT_A_MEMBER, "");
        assertThat(m.joinRefused(new RoomReply.Refused(TEA, 1, "", why)))
                .containsExactly(new Unwatch(ROOM), new Forget(), new SubscribeLater(new UserRoom(TEA, 5), false));
        assertThat(totals.joins).isZero();
    }

    @Test
    void aRoomThatCannotBeLocatedIsSubscribedToLater() {
        Membership m = Membership.subscribing(new UserRoom(TEA, 5), true, ANN, totals);
        m.begin();
        Refusal why = new Refusal(Reason.STORE_AWAY, "");
        assertThat(m.notLocated(TEA, why))
                .containsExactly(new Forget(), new SubscribeLater(new UserRoom(TEA, 5), true));
        assertThat(totals.joins).isZero();
    }
}
