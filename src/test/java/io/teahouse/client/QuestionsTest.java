package io.teahouse.client;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.util.ByteString;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Questions to rooms that the client is not in: {@code ? ROOM} asks for the members. */
class QuestionsTest {
    private static final ActorTestKit AKKA = ActorTestKit.create(ManualTime.config());
    private static final FloodGuard.Rules FREE = new FloodGuard.Rules(false, 1, 1, 1);

    @AfterAll
    static void shutDown() {
        AKKA.shutdownTestKit();
    }

    private static Dialect asking() {
        Dialect plain = ClientActorTest.plain();
        return (Dialect) Proxy.newProxyInstance(
                Dialect.class.getClassLoader(), new Class<?>[] {Dialect.class}, (proxy, method, args) -> {
                    if (method.getName().equals("read")) {
                        String line = ((ByteString) args[0]).utf8String();
                        if (line.startsWith("? ")) {
                            return who(RoomName.of(line.substring(2)));
                        }
                    }
                    try {
                        return method.invoke(plain, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static Request who(RoomName room) {
        return session -> session.queries()
                .rooms()
                .names(
                        room,
                        reply -> session.connection()
                                .write(ByteString.fromString(
                                        reply.getClass().getSimpleName() + " of " + reply.room() + "\n")));
    }

    private static RunningClient ann() {
        RunningClient ann = new RunningClient(AKKA, asking(), RunningClient.settings(Duration.ZERO, FREE), 1 << 20);
        ann.type("ann\n");
        ann.entered();
        ann.written();
        return ann;
    }

    private static RoomActor.Names asked(RunningClient ann) {
        RoomDirectory.Lookup lookup = ann.directory.expectMessageClass(RoomDirectory.Lookup.class);
        lookup.replyTo().tell(new RoomDirectory.Found(lookup.room(), lookup.number(), ann.room.ref()));
        return ann.room.expectMessageClass(RoomActor.Names.class);
    }

    private static void answer(RoomActor.Names asked, String room) {
        asked.replyTo().tell(new RoomReply.NameList(RoomName.of(room), asked.number(), false, List.of()));
    }

    private static void nextQuestionIsAnswered(RunningClient ann) {
        ann.type("? garden\n");
        answer(asked(ann), "yard");
        assertThat(ann.written()).isEqualTo("NameList of yard\n");
    }

    @Test
    void aRoomThatIsBeingRenamedAnswersUnderItsNewName() {
        RunningClient ann = ann();
        ann.type("? tea\n");
        answer(asked(ann), "coffee");
        assertThat(ann.written()).isEqualTo("NameList of coffee\n");
    }

    @Test
    void aLateAnswerIsNotTakenForThatOfAnotherRoom() {
        RunningClient ann = ann();
        ann.type("? tea\n? garden\n");
        RoomActor.Names first = asked(ann);
        ann.pass(Duration.ofSeconds(5));
        assertThat(ann.written()).isEqualTo("Refused of tea\n");
        RoomActor.Names second = asked(ann);
        answer(first, "tea");
        assertThat(ann.written()).isEmpty();
        answer(second, "yard");
        assertThat(ann.written()).isEqualTo("NameList of yard\n");
    }

    @Test
    void aLateAnswerWithoutAnOpenQuestionIsIgnored() {
        RunningClient ann = ann();
        ann.type("? tea\n");
        RoomActor.Names first = asked(ann);
        ann.pass(Duration.ofSeconds(5));
        answer(first, "tea");
        assertThat(ann.written()).isEqualTo("Refused of tea\n");
        nextQuestionIsAnswered(ann);
    }

    @Test
    void aMissingAnswerIsExpectedForAWhileOnly() {
        RunningClient ann = ann();
        ann.type("? tea\n");
        asked(ann);
        ann.pass(Duration.ofSeconds(5));
        ann.pass(Duration.ofSeconds(50));
        ann.written();
        nextQuestionIsAnswered(ann);
    }
}
