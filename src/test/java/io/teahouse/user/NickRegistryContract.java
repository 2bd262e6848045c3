package io.teahouse.user;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import io.teahouse.room.Nick;
import io.teahouse.room.UserId;
import io.teahouse.user.NickRegistry.Claim;
import io.teahouse.user.NickRegistry.Claimed;
import io.teahouse.user.NickRegistry.Command;
import io.teahouse.user.NickRegistry.Free;
import io.teahouse.user.NickRegistry.Lost;
import io.teahouse.user.NickRegistry.Release;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What every registry of nicks does; one test class per registry. */
abstract class NickRegistryContract {
    static final ActorTestKit AKKA = ActorTestKit.create();
    private static final NickRules RULES = new NickRules(32, CaseMapping.ASCII);
    private static final Nick ANN = nick("ann");
    private static final Nick CYRILLIC_ANN = nick("\u0430nn");

    /** A registry that no nick is taken in. */
    abstract ActorRef<Command> create();

    private final ActorRef<Command> registry = create();
    private final TestProbe<Claimed> answers = AKKA.createTestProbe();
    private final User ann = new User();
    private final User bob = new User();
    private long number;

    @AfterAll
    static void end() {
        AKKA.shutdownTestKit();
    }

    private static Nick nick(String text) {
        return ((NickRules.Accepted) RULES.check(text)).nick();
    }

    /** A user, and what its owner is told. */
    private record User(UserId id, TestProbe<Lost> owner) {
        User() {
            this(UserId.generate(), AKKA.createTestProbe());
        }

        /** The same user, spoken for by another actor. */
        User moved() {
            return new User(id, AKKA.createTestProbe());
        }
    }

    /** The nick that is in the way. */
    private Optional<Nick> claim(User user, Nick nick, boolean mine) {
        number++;
        registry.tell(new Claim(number, nick, mine, user.id, user.owner.ref(), answers.ref()));
        Claimed claimed = answers.receiveMessage();
        assertThat(claimed.number()).isEqualTo(number);
        assertThat(claimed.nick()).isEqualTo(nick);
        return claimed.obstacle();
    }

    private Optional<Nick> claim(User user, Nick nick) {
        return claim(user, nick, false);
    }

    private void awaitBobGetsAnn() {
        answers.awaitAssert(() -> {
            assertThat(claim(bob, ANN)).isEmpty();
            return true;
        });
    }

    @Test
    void aNickIsTakenInAnySpelling() {
        assertThat(claim(ann, ANN)).isEmpty();
        assertThat(claim(bob, nick("ANN"))).contains(ANN);
    }

    @Test
    void aNickThatLooksLikeAnotherIsTaken() {
        claim(ann, ANN);
        assertThat(claim(bob, CYRILLIC_ANN)).contains(ANN);
    }

    @Test
    void aNewNickReplacesTheOldOne() {
        claim(ann, ANN);
        assertThat(claim(ann, nick("anna"))).isEmpty();
        assertThat(claim(bob, ANN)).isEmpty();
    }

    @Test
    void aRefusedUserKeepsTheirNick() {
        claim(ann, ANN);
        claim(bob, nick("bob"));
        assertThat(claim(bob, ANN)).contains(ANN);
        assertThat(claim(ann, nick("bob"))).contains(nick("bob"));
    }

    @Test
    void aUserMayChangeTheSpelling() {
        claim(ann, ANN);
        assertThat(claim(ann, nick("Ann"))).isEmpty();
        assertThat(claim(ann, CYRILLIC_ANN)).as("and may take a look-alike").isEmpty();
    }

    @Test
    void aReleasedNickIsFree() {
        claim(ann, ANN);
        registry.tell(new Release(ann.id, ann.owner.ref()));
        assertThat(claim(bob, ANN)).isEmpty();
    }

    @Test
    void aUserWithoutNickReleasesNothing() {
        claim(ann, ANN);
        registry.tell(new Release(bob.id, bob.owner.ref()));
        assertThat(claim(bob, ANN)).contains(ANN);
    }

    @Test
    void aNickIsFreeWhenItsOwnerEnds() {
        claim(ann, ANN);
        ann.owner.stop();
        awaitBobGetsAnn();
    }

    @Test
    void aUserWhoReturnsAfterAReleaseIsWatchedAgain() {
        claim(ann, ANN);
        registry.tell(new Release(ann.id, ann.owner.ref()));
        claim(ann, ANN);
        ann.owner.stop();
        awaitBobGetsAnn();
    }

    @Test
    void theFormerOwnerOfAUserReleasesNothing() {
        claim(ann, ANN);
        User moved = ann.moved();
        assertThat(claim(moved, ANN)).isEmpty();
        registry.tell(new Release(ann.id, ann.owner.ref()));
        ann.owner.stop();
        assertThat(claim(bob, ANN)).contains(ANN);
        moved.owner.stop();
        awaitBobGetsAnn();
    }

    @Test
    void anOwnerOfTwoUsersIsWatchedForTheLatest() {
        claim(new User(UserId.generate(), ann.owner), nick("anna"));
        assertThat(claim(ann, ANN)).isEmpty();
        ann.owner.stop();
        awaitBobGetsAnn();
    }

    @Test
    void whoseAccountHasTheNickTakesItFromOthers() {
        claim(ann, ANN);
        assertThat(claim(bob, ANN, true)).isEmpty();
        Lost lost = ann.owner.receiveMessage();
        assertThat(lost.nick()).isEqualTo(ANN);
        assertThat(NickRegistry.isGuest(lost.instead())).isTrue();
        assertThat(claim(ann, ANN)).contains(ANN);
        assertThat(claim(bob, lost.instead())).as("the nick given instead").contains(lost.instead());
    }

    @Test
    void freeingANickRenamesItsUserAndLookAlikes() {
        claim(ann, CYRILLIC_ANN);
        registry.tell(new Free(ANN, bob.id));
        assertThat(ann.owner.receiveMessage().nick()).isEqualTo(CYRILLIC_ANN);
        assertThat(claim(bob, ANN)).isEmpty();
    }

    @Test
    void freeingANickLeavesItToTheUserWhoAsks() {
        claim(bob, ANN);
        registry.tell(new Free(ANN, bob.id));
        assertThat(claim(ann, ANN)).contains(ANN);
        bob.owner.expectNoMessage(Duration.ZERO);
    }

    @Test
    void theLatestOwnerIsToldOfALostNick() {
        claim(ann, ANN);
        User moved = ann.moved();
        claim(moved, ANN);
        registry.tell(new Free(ANN, bob.id));
        assertThat(moved.owner.receiveMessage().nick()).isEqualTo(ANN);
    }
}
