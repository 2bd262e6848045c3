package io.teahouse.tool.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainSessionTest {
    @Test
    void aNameIsEnough() {
        PlainSession session = new PlainSession("ann", "", "");
        assertThat(session.start()).isEqualTo("ann\n");
        assertThat(session.hasEntered()).isTrue();
    }

    @Test
    void anAcknowledgementIsAwaited() {
        PlainSession session = new PlainSession("ann", "/join tea", "joined");
        assertThat(session.start()).isEqualTo("ann\n/join tea\n");
        session.answer("-- welcome");
        assertThat(session.hasEntered()).isFalse();
        session.answer("ann has joined the room");
        assertThat(session.hasEntered()).isTrue();
    }
}
