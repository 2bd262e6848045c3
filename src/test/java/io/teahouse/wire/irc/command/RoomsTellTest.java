package io.teahouse.wire.irc.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import akka.util.ByteString;
import io.teahouse.client.ScriptedSession;
import io.teahouse.room.Refusal;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.wire.irc.IrcDialect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines that rooms cause at a client. */
class RoomsTellTest {
    private static final RoomName TEA = RoomName.of("tea");

    private final ScriptedSession session = new ScriptedSession();
    private final IrcDialect dialect = CommandTest.dialect(session, true);

    private String whyNotStored(String line) {
        run(line);
        Refusal away = new Refusal(Refusal.Reason.STORE_AWAY, "try again later");
        session.isRefused(new RoomReply.Refused(TEA, 1, "", away));
        return String.join("|", session.written());
    }

    private void run(String line) {
        dialect.read(ByteString.fromArray(line.getBytes(UTF_8))).run(session);
        dialect.progress(true);
        session.written();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PRIVMSG | PRIVMSG #tea :hi",
                "PRIVMSG | PRIVMSG #tea :\u0001ACTION waves\u0001",
                "PRIVMSG | PRIVMSG #market :hi",
                "PRIVMSG | PRIVMSG bob :hi",
                "NOTICE | NOTICE #tea :hi",
                "NOTICE | NOTICE #market :hi",
                "TAGMSG | @+x=1;+draft/persist TAGMSG #tea",
                "TAGMSG | @+x=1;+draft/persist TAGMSG #market",
                "TAGMSG | @+x=1 TAGMSG #tea",
                "TAGMSG | @+x=1 TAGMSG bob",
                "KICK | KICK #tea bob",
                "MODE | MODE #tea +m",
                "TOPIC | TOPIC #tea :green",
                "REDACT | REDACT #tea id",
                "JOIN | JOIN #market"
            })
    void aFailureToStoreNamesTheCommand(String verb, String line) {
        run("CAP REQ :standard-replies message-tags draft/message-redaction");
        assertThat(whyNotStored(line)).isEqualTo(":irc.test FAIL " + verb + " NOT_STORED #tea :try again later");
    }

    @Test
    void noticesAreAnsweredByStandardRepliesOnly() {
        assertThat(whyNotStored("NOTICE #tea :hi")).isEmpty();
        assertThat(whyNotStored("PRIVMSG #tea :hi")).isNotEmpty();
    }

    @Test
    void aGapInAConversationNamesTheOtherUser() {
        dialect.gap(new RoomEvent.Gap(RoomName.conversation("n:ann", "n:bob"), 3, 6));
        assertThat(session.written()).containsExactly(":irc.test NOTICE bob :2 messages are missing here");
        dialect.gap(new RoomEvent.Gap(TEA, 3, 6));
        assertThat(session.written()).containsExactly(":irc.test NOTICE #tea :2 messages are missing here");
    }
}
