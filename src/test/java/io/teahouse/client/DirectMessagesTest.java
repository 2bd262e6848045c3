package io.teahouse.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DirectMessagesTest {
    private static String summary(boolean complete, String... names) {
        return DirectMessages.by(List.of(names), complete).summary();
    }

    @Test
    void theSummaryHasCountsAndSenders() {
        assertThat(summary(true, "bob")).isEqualTo("1 direct message from bob");
        assertThat(summary(true, "bob", "bob")).isEqualTo("2 direct messages from bob");
        assertThat(summary(true, "bob", "eve", "bob")).isEqualTo("3 direct messages: 2 from bob, 1 from eve");
    }

    @Test
    void theSummaryNamesOnlyTheFirstSenders() {
        assertThat(summary(true, "a", "b", "c", "d", "e", "f"))
                .isEqualTo("6 direct messages: 1 from a, 1 from b, 1 from c, 1 from d, 1 from e, and others");
        assertThat(summary(false, "bob", "bob")).isEqualTo("at least 2 direct messages from bob");
    }

    @Test
    void noneAreEmpty() {
        assertThat(DirectMessages.by(List.of(), true).isEmpty()).isTrue();
        assertThat(DirectMessages.by(List.of("bob"), true).isEmpty()).isFalse();
    }
}
