package io.teahouse.tool.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IrcSessionTest {
    private final IrcSession session = new IrcSession("ann", "", List.of("#tea", "#cake"));

    private void registered() throws RefusedException {
        assertThat(session.answer(":srv 001 ann :Welcome")).isEqualTo("JOIN #tea,#cake\r\n");
    }

    @Test
    void aClientHasEnteredWhenItHasTheNamesOfAllItsChannels() throws RefusedException {
        assertThat(session.start()).isEqualTo("NICK ann\r\nUSER ann 0 * :test\r\n");
        registered();
        session.answer(":srv 366 ann #tea :End of NAMES list");
        assertThat(session.hasEntered()).isFalse();
        session.answer("@time=2026-11-24T12:00:00.000Z :srv 366 ann #cake :End of NAMES list");
        assertThat(session.hasEntered()).isTrue();
    }

    @Test
    void capabilitiesAreRequestedBeforeRegistrationEnds() {
        assertThat(new IrcSession("ann", "batch server-time", List.of("#tea")).start())
                .startsWith("CAP REQ :batch server-time\r\nNICK ann\r\n")
                .endsWith("\r\nCAP END\r\n");
    }

    @Test
    void aPingIsAnswered() throws RefusedException {
        assertThat(session.answer("PING :x y")).isEqualTo("PONG :x y\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {":srv 433 * ann :Nickname is already in use", "ERROR :Closing Link", ":srv 465 * :Banned"})
    void registrationMayBeRefused(String line) {
        assertThatThrownBy(() -> session.answer(line))
                .isInstanceOf(RefusedException.class)
                .hasMessage(line);
    }

    @ParameterizedTest
    @ValueSource(strings = {":srv 471 ann #tea :Channel is full", "FAIL JOIN TEMPORARILY_UNAVAILABLE #tea :Later"})
    void aJoinMayBeRefused(String line) throws RefusedException {
        registered();
        assertThatThrownBy(() -> session.answer(line)).isInstanceOf(RefusedException.class);
    }

    @Test
    void aServerNeedNotHaveAMessageOfTheDay() throws RefusedException {
        registered();
        assertThat(session.answer(":srv 422 ann :MOTD File is missing")).isEmpty();
    }

    @Test
    void errorsAfterEnteringAreNotRefusals() throws RefusedException {
        aClientHasEnteredWhenItHasTheNamesOfAllItsChannels();
        assertThat(session.answer(":srv 404 ann #tea :Cannot send to channel")).isEmpty();
    }
}
