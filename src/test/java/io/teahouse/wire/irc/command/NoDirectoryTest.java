package io.teahouse.wire.irc.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import akka.util.ByteString;
import io.teahouse.client.ScriptedSession;
import io.teahouse.wire.irc.IrcDialect;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Replies while the room directory does not answer. */
class NoDirectoryTest {
    private static List<String> answers(String line) {
        ScriptedSession session = new ScriptedSession();
        IrcDialect dialect = CommandTest.dialect(session, true);
        session.losesDirectory();
        dialect.read(ByteString.fromArray(line.getBytes(UTF_8))).run(session);
        dialect.progress(true);
        return session.written();
    }

    @Test
    void listAsksToTryAgain() {
        assertThat(answers("LIST")).containsExactly(":irc.test 263 ann LIST :Please wait a while and try again.");
    }

    @Test
    void lusersCountsUsersAndLeavesOutChannels() {
        assertThat(answers("LUSERS"))
                .anyMatch(line -> line.contains(" 251 "))
                .anyMatch(line -> line.contains(" 266 "))
                .noneMatch(line -> line.contains(" 254 "));
    }
}
