package io.teahouse.wire.irc.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The longest text of a message. Of the 512 bytes of a line, {@code :ann!ann@192.0.2.1 PRIVMSG  :} and the line end
 * take 31.
 */
class MessageSenderTest {
    private static final int REST = 31;

    private static List<String> said(String target, int length) {
        List<String> seen = CommandTest.play(List.of("> PRIVMSG #" + target + " :" + "x".repeat(length)));
        return seen.subList(1, seen.size());
    }

    private static List<String> saying(String target, int length) {
        return List.of("? say " + target + " MESSAGE '" + "x".repeat(length) + "'");
    }

    private static final List<String> REFUSED = List.of("< :irc.test 417 ann :Input line was too long");

    @Test
    void aTextThatDoesNotFitIntoTheRecipientsLineIsRefused() {
        int holds = 512 - REST - "#tea".length();
        assertThat(said("tea", holds)).isEqualTo(saying("tea", holds));
        assertThat(said("tea", holds + 1)).isEqualTo(REFUSED);
    }

    @Test
    void theTargetCountsInBytes() {
        String target = "é".repeat(40);
        int holds = 512 - REST - 1 - 80;
        assertThat(said(target, holds)).isEqualTo(saying(target, holds));
        assertThat(said(target, holds + 1)).isEqualTo(REFUSED);
    }
}
