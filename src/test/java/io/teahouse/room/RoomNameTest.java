package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoomNameTest {
    private static final String FACE = "\ud83d\ude00";

    @Test
    void twoSpellingsHaveOneKey() {
        assertThat(RoomName.of("Tea").key()).isEqualTo(RoomName.of("tEA").key()).isEqualTo("tea");
        assertThat(RoomName.of("Tea").text()).isEqualTo("Tea");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a b",
                "a,b",
                "a\nb",
                "a\u200bb",
                "\u0007",
                "lobby\ufe0f",
                "lobby\u034f",
                "lobby\u3164",
                "lobby\u115f",
                "lobby\u2800",
                "lobby\u17b4",
                "\u0301lobby",
                "lobby\udb40\udc61",
                "a，b",
                "\ue000"
            })
    void whatADoorCouldNotSpellIsRefused(String text) {
        assertThatThrownBy(() -> RoomName.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the name of a room");
    }

    @Test
    void lengthCountsCharactersNotCodeUnits() {
        assertThat(RoomName.of(FACE.repeat(50)).text()).hasSize(100);
        assertThatThrownBy(() -> RoomName.of("x".repeat(51))).hasMessageContaining("50");
    }

    @Test
    void aConversationIsTheSameForBothUsers() {
        RoomName mine = RoomName.conversation("n:ann", "n:bob");
        RoomName yours = RoomName.conversation("n:bob", "n:ann");

        assertThat(mine).isEqualTo(yours);
        assertThat(mine.isConversation()).isTrue();
        assertThat(RoomName.of("tea").isConversation()).isFalse();
        assertThat(mine.partner("n:ann")).isEqualTo("n:bob");
        assertThat(mine.partner("n:bob")).isEqualTo("n:ann");
        assertThat(mine).isNotEqualTo(RoomName.conversation("n:ann", "n:cyd"));
    }

    @Test
    void noIdentityCanForgeAnotherConversation() {
        RoomName odd = RoomName.conversation("n:a@n:b", "n:c%40");
        assertThat(odd).isNotEqualTo(RoomName.conversation("n:a", "n:b@n:c%40"));
        assertThat(odd.partner("n:a@n:b")).isEqualTo("n:c%40");
        assertThat(odd.partner("n:c%40")).isEqualTo("n:a@n:b");
        assertThat(RoomName.conversation("a:ann", "n:bob")).isNotEqualTo(RoomName.conversation("n:ann", "n:bob"));
        assertThat(RoomName.conversation("n:ann", "n:ann").partner("n:ann")).isEqualTo("n:ann");
    }
}
