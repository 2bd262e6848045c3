package io.teahouse.wire.irc.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestInbox;
import akka.actor.typed.ActorRef;
import akka.util.ByteString;
import io.teahouse.client.ScriptedSession;
import io.teahouse.room.Attributes;
import io.teahouse.room.Audience;
import io.teahouse.room.Nick;
import io.teahouse.room.OutgoingMessage;
import io.teahouse.room.Profile;
import io.teahouse.room.Refusal;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomEvent.Kind;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.wire.irc.IrcDialect;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lines that rooms cause at a client. */
class RoomsTellTest {
    private static final RoomName TEA = RoomName.of("tea");
    private static final ActorRef<RoomEvent> ME = TestInbox.<RoomEvent>create().getRef();
    private static final ActorRef<RoomReply> REPLY_TO =
            TestInbox.<RoomReply>create().getRef();

    private final ScriptedSession session = new ScriptedSession();
    private final IrcDialect dialect = CommandTest.dialect(session, true);

    private static RoomActor.Asking saying(Kind kind) {
        return new RoomActor.Say(ME, new OutgoingMessage(kind, "hi"), REPLY_TO);
    }

    private static RoomActor.Asking outside(Kind kind) {
        return new RoomActor.SayFromOutside(
                Nick.of("ann"), Profile.APPLICATION, ME, new OutgoingMessage(kind, "hi"), REPLY_TO);
    }

    private String whyNotStored(RoomActor.Asking asked) {
        Refusal away = new Refusal(Refusal.Reason.STORE_AWAY, "try again later");
        dialect.refused(session, new RoomReply.Refused(TEA, asked, away));
        return String.join("|", session.written());
    }

    @Test
    void whatIsNotStoredIsToldByTheCommandThatAskedForIt() {
        dialect.read(ByteString.fromArray("CAP REQ :standard-replies".getBytes(UTF_8)))
                .run(session);
        dialect.progress(session, true);
        session.written();
        assertThat(whyNotStored(saying(Kind.MESSAGE))).isEqualTo(notStored("PRIVMSG"));
        assertThat(whyNotStored(saying(Kind.ACTION))).isEqualTo(notStored("PRIVMSG"));
        assertThat(whyNotStored(saying(Kind.NOTICE))).isEqualTo(notStored("NOTICE"));
        assertThat(whyNotStored(saying(Kind.SIGNAL))).isEqualTo(notStored("TAGMSG"));
        assertThat(whyNotStored(outside(Kind.MESSAGE))).isEqualTo(notStored("PRIVMSG"));
        assertThat(whyNotStored(outside(Kind.NOTICE))).isEqualTo(notStored("NOTICE"));
        assertThat(whyNotStored(outside(Kind.SIGNAL))).isEqualTo(notStored("TAGMSG"));
        assertThat(whyNotStored(new RoomActor.Signal(ME, Attributes.NONE, Audience.ALL, REPLY_TO)))
                .isEqualTo(notStored("TAGMSG"));
        assertThat(whyNotStored(new RoomActor.Kick(ME, Nick.of("bob"), "", REPLY_TO)))
                .isEqualTo(notStored("KICK"));
        assertThat(whyNotStored(new RoomActor.SetModes(ME, List.of(), REPLY_TO)))
                .isEqualTo(notStored("MODE"));
        assertThat(whyNotStored(new RoomActor.SetTopic(ME, "", REPLY_TO))).isEqualTo(notStored("TOPIC"));
        assertThat(whyNotStored(new RoomActor.Redact(ME, "id", "", REPLY_TO))).isEqualTo(notStored("REDACT"));
    }

    private static String notStored(String verb) {
        return ":irc.test FAIL " + verb + " NOT_STORED #tea :try again later";
    }

    @Test
    void whatIsMissingInAConversationIsToldByTheNameOfTheOther() {
        dialect.gap(session, new RoomEvent.Gap(RoomName.conversation("n:ann", "n:bob"), 3, 6));
        assertThat(session.written()).containsExactly(":irc.test NOTICE bob :2 messages are missing here");
        dialect.gap(session, new RoomEvent.Gap(TEA, 3, 6));
        assertThat(session.written()).containsExactly(":irc.test NOTICE #tea :2 messages are missing here");
    }
}
