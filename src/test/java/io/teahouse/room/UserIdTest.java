package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UserIdTest {
    @Test
    void generatedIdsAreDifferentAndShort() {
        assertThat(Stream.generate(UserId::generate).limit(1000))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.value().matches("u[0-9a-v]{13}"));
    }

    @Test
    void anEmbedderMayHaveIdsOfItsOwn() {
        assertThat(new UserId("staff:4711")).hasToString("staff:4711");
    }

    @Test
    void anIdIsVisibleAscii() {
        for (String bad : List.of("", "a b", "a\n", "\u00e4", "x".repeat(UserId.MAX_LENGTH + 1))) {
            assertThatThrownBy(() -> new UserId(bad)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
