package io.teahouse.tool.crash;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordingTest {
    private static final String TEXT = Wording.text("r-1-2");

    @Test
    void aMessageTellsItsId() {
        assertThat(Wording.id("r", TEXT)).contains("r-1-2");
        assertThat(Wording.isWhole(TEXT)).isTrue();
    }

    @Test
    void aLetterLessIsNoticed() {
        assertThat(Wording.isWhole(TEXT.substring(0, TEXT.length() - 1))).isFalse();
        assertThat(Wording.isWhole("r-1-2")).isFalse();
    }

    @Test
    void anotherRunsMessageIsNone() {
        assertThat(Wording.id("s", TEXT)).isEmpty();
        assertThat(Wording.id("r", "r-1-2")).isEmpty();
    }
}
