package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.room.Refusal.Reason;
import io.teahouse.room.RoomEvent.Kind;
import io.teahouse.testkit.Some;
import io.teahouse.testkit.TestRoom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoomPolicyTest {
    private final RoomPolicy policy = new StandardPolicy(TestRoom.limits(2, 5, 9));
    private final Room room = Some.room(TestRoom.TEA);
    private final Member ann = register("ann");

    private Member register(String name) {
        return Some.register(room, name);
    }

    private Optional<Refusal> join(Nick nick) {
        return policy.join(room, nick, Profile.APPLICATION, "", false);
    }

    private static void refused(Optional<Refusal> answer, Reason reason) {
        assertThat(answer).isPresent();
        assertThat(answer.get().reason()).isEqualTo(reason);
        assertThat(answer.get().text()).isNotBlank().doesNotContain("\n", "\r");
    }

    @Test
    void anybodyMayJoinWithAFreeNickWithinTheLimit() {
        assertThat(join(Nick.of("bob"))).isEmpty();
        refused(join(Nick.of("ANN")), Reason.NICK_IN_USE);
        register("bob");
        refused(join(Nick.of("cyd")), Reason.ROOM_FULL);
    }

    private Optional<Refusal> say(String text) {
        return policy.say(room, ann, new OutgoingMessage(Kind.MESSAGE, text));
    }

    @Test
    void emptyAndTooLongMessagesAreRefused() {
        assertThat(say("12345")).isEmpty();
        refused(say("123456"), Reason.TOO_LONG);
        refused(say(""), Reason.EMPTY);
    }

    @Test
    void tooLongAttributesAreRefused() {
        Attributes some = new Attributes(Map.of("+a", "x".repeat(4094)));
        Attributes longOne = new Attributes(Map.of("+a", "x".repeat(40_000)));
        Map<String, String> many = new HashMap<>();
        for (int i = 0; i < 500; i++) {
            many.put("+" + i, "");
        }
        assertThat(policy.signal(room, ann, some)).isEmpty();
        for (Attributes tooMuch : List.of(longOne, Attributes.of(many))) {
            refused(policy.signal(room, ann, tooMuch), Reason.TOO_LONG);
            OutgoingMessage message = new OutgoingMessage(Kind.MESSAGE, "hi", tooMuch, Audience.ALL, "", false);
            refused(policy.say(room, ann, message), Reason.TOO_LONG);
        }
    }

    @Test
    void aTopicMayBeEmptyButNotTooLong() {
        Member bob = register("bob");
        assertThat(policy.setTopic(room, bob, "")).isEmpty();
        assertThat(policy.setTopic(room, bob, "12345")).isEmpty();
        refused(policy.setTopic(room, bob, "123456"), Reason.TOO_LONG);
    }

    @Test
    void aMemberWhoMayNotSpeakSetsNoTopic() {
        Member bob = register("bob");
        room.modes().apply(new ModeChange(true, Mode.BAN, "m:bob!*@*"), "ann", Some.NOON);
        refused(policy.setTopic(room, bob, "buy"), Reason.MUTED);
        room.rename(bob, Nick.of("rob"));
        refused(policy.setTopic(room, bob, "buy"), Reason.MUTED);
        Member cyd = register("cyd");
        assertThat(policy.setTopic(room, cyd, "tea")).isEmpty();
        room.modes().apply(new ModeChange(true, Mode.MODERATED, ""), "ann", Some.NOON);
        refused(policy.setTopic(room, cyd, "tea"), Reason.MODERATED);
        cyd.ranks(new Ranks(false, false, true));
        assertThat(policy.setTopic(room, cyd, "tea")).isEmpty();
    }

    @Test
    void aNewNickIsFreeOrAnotherSpellingOfTheOwnOne() {
        Member bob = register("bob");
        assertThat(policy.rename(room, bob, Nick.of("rob"))).isEmpty();
        assertThat(policy.rename(room, bob, Nick.of("BOB"))).isEmpty();
        refused(policy.rename(room, bob, Nick.of("Ann")), Reason.NICK_IN_USE);
    }

    @Test
    void onlyAnOperatorMayKick() {
        Member bob = register("bob");
        assertThat(policy.kick(room, ann, bob)).isEmpty();
        refused(policy.kick(room, bob, ann), Reason.NOT_OPERATOR);
    }
}
