package io.teahouse.tool.crash;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MessageTextTest {
    private static final String TEXT = MessageText.text("r-1-2");

    @Test
    void aTextContainsItsId() {
        assertThat(MessageText.id("r", TEXT)).contains("r-1-2");
        assertThat(MessageText.isWhole(TEXT)).isTrue();
    }

    @Test
    void aMissingCharacterIsDetected() {
        assertThat(MessageText.isWhole(TEXT.substring(0, TEXT.length() - 1))).isFalse();
        assertThat(MessageText.isWhole("r-1-2")).isFalse();
    }

    @Test
    void aTextOfAnotherRunIsIgnored() {
        assertThat(MessageText.id("s", TEXT)).isEmpty();
        assertThat(MessageText.id("r", "r-1-2")).isEmpty();
    }
}
