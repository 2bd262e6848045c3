package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.room.Refusal.Reason;
import io.teahouse.room.RoomEvent.Kind;
import io.teahouse.testkit.Some;
import io.teahouse.testkit.TestRoom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What the modes of a room allow and refuse. ann is its operator. */
class ModesTest {
    private final RoomPolicy policy = new StandardPolicy(TestRoom.limits(9, 99, 9));
    private final Room room = Some.room(TestRoom.TEA);
    private final Member ann = Some.register(room, "ann");
    private final Profile bobs = new Profile("b", "192.0.2.7", "Bob", "", "", false, UserId.ofGuest("bob~1"));
    private final Member bob = Some.register(room, "bob", bobs, Some.ref(), Ranks.NONE);

    private void set(Mode mode, String value) {
        ModeChange change = new ModeChange(true, mode, value);
        assertThat(policy.setMode(room, ann, change)).isEmpty();
        assertThat(room.modes().apply(change, "ann", Some.NOON)).isPresent();
    }

    private void invite(String name) {
        room.modes()
                .invitations()
                .add(new Invitation(UserId.ofGuest(name + "~1"), ann.profile().id(), Some.NOON));
    }

    private Optional<Reason> join(String name, String key) {
        return policy.join(room, Nick.of(name), bobs.withGuest(UserId.ofGuest(name + "~1")), key, false)
                .map(Refusal::reason);
    }

    private Optional<Reason> say(Member by, String text) {
        return policy.say(room, by, new OutgoingMessage(Kind.MESSAGE, text)).map(Refusal::reason);
    }

    private Optional<Reason> change(Member by, Mode mode, String value) {
        return policy.setMode(room, by, new ModeChange(true, mode, value)).map(Refusal::reason);
    }

    @Test
    void aBanBarsMatchingUsersWithoutExceptionOrInvitation() {
        set(Mode.BAN, "CYD!*@192.0.2.*");
        assertThat(join("cyd", "")).contains(Reason.BANNED);
        assertThat(join("dan", "")).isEmpty();
        set(Mode.EXCEPTION, "*!b@*");
        assertThat(join("cyd", "")).isEmpty();
        room.modes().reset(Set.of());
        set(Mode.BAN, "cyd");
        invite("cyd");
        assertThat(join("cyd", "")).isEmpty();
    }

    @Test
    void anAccountIsBarredUnderAnyNick() {
        set(Mode.BAN, "a:bob");
        assertThat(policy.join(room, Nick.of("x"), bobs.withAccount("Bob"), "", false))
                .isPresent();
        assertThat(join("bobby", "")).isEmpty();
    }

    @Test
    void masksCompareNamesLikeNicks() {
        Modes modes = new Modes(Set.of(), name -> name.replace('[', '{').replace(']', '}'));
        assertThat(modes.apply(new ModeChange(true, Mode.BAN, "Q[]!*@*"), "ann", Some.NOON))
                .isPresent();
        assertThat(modes.isBarred(new Nick("q{}", "q{}"), bobs, Instant.MIN)).isTrue();
        assertThat(modes.isBarred(new Nick("q()", "q()"), bobs, Instant.MIN)).isFalse();
        assertThat(modes.apply(new ModeChange(true, Mode.BAN, "q{]!*@*"), "ann", Some.NOON))
                .isEmpty();
        assertThat(modes.apply(new ModeChange(true, Mode.BAN, "a:x[y"), "ann", Some.NOON))
                .isPresent();
        assertThat(modes.isBarred(Nick.of("somebody"), bobs.withAccount("X{Y"), Instant.MIN))
                .isTrue();
    }

    @Test
    void aRoomIsOpenIfAnybodyMayJoin() {
        assertThat(room.modes().isOpen()).isTrue();
        set(Mode.BAN, "m:*!*@*");
        set(Mode.BAN, "a:*");
        assertThat(room.modes().isOpen()).as("a mute and a ban of accounts").isTrue();
        set(Mode.BAN, "***!?*@*.*");
        assertThat(room.modes().isOpen()).isFalse();
        ModeChange lifted = new ModeChange(false, Mode.BAN, "*!?*@*.*");
        assertThat(room.modes().apply(lifted, "ann", Some.NOON))
                .as("the same mask, spelt otherwise")
                .isPresent();
        assertThat(room.modes().isOpen()).isTrue();
        set(Mode.KEY, "k");
        assertThat(room.modes().isOpen()).isFalse();
        room.modes().reset(Set.of());
        assertThat(room.modes().isOpen()).isTrue();
        Modes other = new Modes(Set.of(Mode.INVITE_ONLY), UnaryOperator.identity());
        room.modes().restore(other.snapshot());
        assertThat(room.modes().isOpen()).isFalse();
    }

    @Test
    void aMutedMemberStaysMutedUnderAnotherNick() {
        set(Mode.BAN, "m:bob!*@*");
        room.rename(bob, Nick.of("rob"));
        assertThat(say(bob, "hi")).contains(Reason.MUTED);
        room.rename(bob, Nick.of("bert"));
        assertThat(say(bob, "hi")).contains(Reason.MUTED);
        set(Mode.EXCEPTION, "bert");
        assertThat(say(bob, "hi")).isEmpty();
        ModeChange lifted = new ModeChange(false, Mode.EXCEPTION, "bert");
        assertThat(room.modes().apply(lifted, "ann", Some.NOON)).isPresent();
        assertThat(say(bob, "hi")).contains(Reason.MUTED);
        assertThat(room.modes().apply(new ModeChange(false, Mode.BAN, "m:bob"), "ann", Some.NOON))
                .isPresent();
        assertThat(say(bob, "hi")).isEmpty();
        set(Mode.BAN, "m:bob");
        assertThat(say(bob, "hi")).as("of the name that he no longer has").isEmpty();
    }

    @Test
    void aBannedMemberStaysSilentUnderAnotherNickAndAccount() {
        set(Mode.BAN, "bob");
        room.rename(bob, Nick.of("rob"));
        assertThat(say(bob, "hi")).contains(Reason.MUTED);
        Member cyd = Some.register(room, "cyd", bobs.withAccount("cyd"), Some.ref(), Ranks.NONE);
        set(Mode.BAN, "m:a:cyd");
        assertThat(say(cyd, "hi")).contains(Reason.MUTED);
        room.changeProfile(cyd, bobs);
        assertThat(say(cyd, "hi")).as("logged out").contains(Reason.MUTED);
    }

    @Test
    void aMuteAppliesAsSoonAsAMemberTakesAMatchingNick() {
        set(Mode.BAN, "m:rob");
        assertThat(say(bob, "hi")).isEmpty();
        room.rename(bob, Nick.of("rob"));
        assertThat(say(bob, "hi")).contains(Reason.MUTED);
    }

    @Test
    void masksHaveAMaximumLength() {
        assertThat(policy.setMode(room, ann, new ModeChange(true, Mode.BAN, "x".repeat(251))))
                .hasValueSatisfying(refusal -> assertThat(refusal.text()).contains("at most 250 characters"));
    }

    @Test
    void aMutedMemberMaySpeakOnlyWithVoice() {
        set(Mode.BAN, "m:bob!*@*");
        assertThat(join("bob2", "")).isEmpty();
        assertThat(say(bob, "hi")).contains(Reason.MUTED);
        bob.ranks(Ranks.NONE.with(Mode.VOICE, true));
        assertThat(say(bob, "hi")).isEmpty();
    }

    @Test
    void inviteOnlyAdmitsInvitationsAndMasks() {
        set(Mode.INVITE_ONLY, "");
        assertThat(join("cyd", "")).contains(Reason.INVITE_ONLY);
        invite("cyd");
        assertThat(join("cyd", "")).isEmpty();
        set(Mode.INVITE_EXCEPTION, "dan");
        assertThat(join("dan", "")).isEmpty();
        assertThat(policy.invite(room, bob, Nick.of("eve")).map(Refusal::reason))
                .contains(Reason.NOT_OPERATOR);
        assertThat(policy.invite(room, ann, Nick.of("bob")).map(Refusal::reason))
                .contains(Reason.ALREADY_MEMBER);
    }

    @Test
    void theKeyAndTheLimitApply() {
        set(Mode.KEY, "sesame");
        assertThat(join("cyd", "")).contains(Reason.BAD_KEY);
        assertThat(join("cyd", "sesame")).isEmpty();
        set(Mode.LIMIT, "2");
        assertThat(join("cyd", "sesame")).contains(Reason.ROOM_FULL);
        invite("cyd");
        assertThat(join("cyd", "sesame")).isEmpty();
    }

    @Test
    void speakingDependsOnRankAndMembership() {
        Member outsider = Some.member("eve");
        assertThat(say(outsider, "hi")).isEmpty();
        set(Mode.NO_OUTSIDE, "");
        assertThat(say(outsider, "hi")).contains(Reason.NO_OUTSIDE);
        set(Mode.MODERATED, "");
        assertThat(say(bob, "hi")).contains(Reason.MODERATED);
        assertThat(say(ann, "hi")).isEmpty();
        set(Mode.NO_QUERIES, "");
        for (Kind kind : List.of(Kind.MESSAGE, Kind.NOTICE)) {
            OutgoingMessage query = new OutgoingMessage(kind, "version?", Attributes.NONE, Audience.ALL, "", true);
            assertThat(policy.say(room, ann, query).map(Refusal::reason)).contains(Reason.NO_QUERIES);
        }
        assertThat(policy.say(room, ann, new OutgoingMessage(Kind.ACTION, "waves")))
                .isEmpty();
    }

    @Test
    void anyMemberSetsTheTopicUntilItIsLocked() {
        assertThat(policy.setTopic(room, bob, "tea")).isEmpty();
        set(Mode.TOPIC_LOCKED, "");
        assertThat(policy.setTopic(room, bob, "tea")).isPresent();
        bob.ranks(Ranks.NONE.with(Mode.VOICE, true));
        assertThat(policy.setTopic(room, bob, "tea")).isPresent();
        bob.ranks(Ranks.NONE.with(Mode.HALF_OPERATOR, true));
        assertThat(policy.setTopic(room, bob, "tea")).isEmpty();
    }

    @Test
    void aHalfOperatorModeratesLowerRanks() {
        bob.ranks(Ranks.NONE.with(Mode.HALF_OPERATOR, true));
        Member cyd = Some.register(room, "cyd");
        assertThat(policy.kick(room, bob, cyd)).isEmpty();
        assertThat(policy.kick(room, bob, ann)).isPresent();
        assertThat(change(bob, Mode.VOICE, "cyd")).isEmpty();
        assertThat(change(bob, Mode.OPERATOR, "cyd")).contains(Reason.NOT_OPERATOR);
        assertThat(change(cyd, Mode.MODERATED, "")).contains(Reason.NOT_OPERATOR);
        ModeChange givesUp = new ModeChange(false, Mode.HALF_OPERATOR, "BOB");
        assertThat(policy.setMode(room, bob, givesUp)).isEmpty();
    }

    @Test
    void invalidValuesAreRefused() {
        assertThat(change(ann, Mode.KEY, "")).contains(Reason.BAD_VALUE);
        assertThat(change(ann, Mode.KEY, "two words")).contains(Reason.BAD_VALUE);
        assertThat(change(ann, Mode.KEY, "k".repeat(33))).contains(Reason.BAD_VALUE);
        assertThat(change(ann, Mode.LIMIT, "0")).contains(Reason.BAD_VALUE);
        assertThat(change(ann, Mode.LIMIT, "many")).contains(Reason.BAD_VALUE);
        assertThat(change(ann, Mode.BAN, "a b")).contains(Reason.BAD_VALUE);
        assertThat(change(ann, Mode.VOICE, "nobody")).contains(Reason.NO_SUCH_MEMBER);
        set(Mode.BAN, "a");
        set(Mode.BAN, "b");
        set(Mode.BAN, "c");
        assertThat(change(ann, Mode.BAN, "d")).contains(Reason.LIST_FULL);
    }

    @Test
    void settingAModeTwiceChangesNothing() {
        set(Mode.SECRET, "");
        set(Mode.BAN, "x");
        assertThat(room.modes().apply(new ModeChange(true, Mode.SECRET, ""), "ann", Some.NOON))
                .isEmpty();
        assertThat(room.modes().apply(new ModeChange(true, Mode.BAN, "X!*@*"), "ann", Some.NOON))
                .isEmpty();
        assertThat(room.modes().apply(new ModeChange(false, Mode.BAN, "y"), "ann", Some.NOON))
                .isEmpty();
    }

    @Test
    void aSnapshotRestoresAllModes() {
        set(Mode.BAN, "x");
        set(Mode.KEY, "k");
        set(Mode.LIMIT, "7");
        set(Mode.SECRET, "");
        invite("eve");
        Modes fresh = new Modes(Set.of(Mode.MODERATED), UnaryOperator.identity());
        fresh.restore(room.modes().snapshot());
        assertThat(fresh.snapshot()).isEqualTo(room.modes().snapshot());
        assertThat(fresh.has(Mode.MODERATED)).isFalse();
        assertThat(fresh.isInvited(Nick.of("eve"), bobs.withGuest(UserId.ofGuest("eve~1"))))
                .isTrue();
    }

    @Test
    void aRoomWithFewMasksMayAddSomeWhenTheBudgetIsExceeded() {
        RoomBudget all = new RoomBudget(100_000);
        Modes large = new Modes(Set.of(), UnaryOperator.identity(), all);
        Modes small = new Modes(Set.of(), UnaryOperator.identity(), all);
        ModeChange ban = new ModeChange(true, Mode.BAN, "bob!*@*");
        for (int i = 0; !large.isFullWith(ban.value()); i++) {
            large.apply(new ModeChange(true, Mode.BAN, "x".repeat(250) + i), "ann", Some.NOON);
        }
        assertThat(all.used()).isBetween(90_000L, 110_000L);
        assertThat(small.isFullWith(ban.value())).isFalse();
        small.apply(ban, "ann", Some.NOON);
        assertThat(large.isFullWith(ban.value())).isTrue();
        large.apply(new ModeChange(false, Mode.BAN, "x".repeat(250) + 1), "ann", Some.NOON);
        assertThat(large.isFullWith(ban.value())).isFalse();
        large.reset(Set.of());
        small.close();
        assertThat(all.used()).isZero();
    }

    @Test
    void changesThatNoMaskSeesCauseNoComparison() {
        room.modes().apply(new ModeChange(true, Mode.BAN, "bob!*@*"), "ann", Some.NOON);
        assertThat(ann.isSilenced(room.modes())).isFalse();
        Modes.Silence before = ann.silence;
        room.changeProfile(ann, ann.profile().withAway("tea"));
        assertThat(ann.silence).isSameAs(before);
        room.changeProfile(ann, ann.profile().withAccount("ann"));
        assertThat(ann.silence).isNotSameAs(before);
    }
}
