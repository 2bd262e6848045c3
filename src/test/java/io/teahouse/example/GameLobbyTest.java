package io.teahouse.example;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import io.teahouse.room.Refusal.Reason;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomReply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class GameLobbyTest {
    private static final ActorTestKit AKKA = ActorTestKit.create();

    private final ActorRef<GameLobby.Enter> lobby = AKKA.spawn(GameLobby.create());
    private final TestProbe<RoomEvent> ann = AKKA.createTestProbe();
    private final TestProbe<RoomReply> replies = AKKA.createTestProbe();

    @AfterAll
    static void shutDown() {
        AKKA.shutdownTestKit();
    }

    private void enter(String name, ActorRef<RoomEvent> player) {
        lobby.tell(new GameLobby.Enter(name, player, replies.ref()));
    }

    /** What ann is told next that is something said. */
    private String heard() {
        RoomEvent event = ann.receiveMessage();
        while (!(event instanceof RoomEvent.Said)) {
            event = ann.receiveMessage();
        }
        return ((RoomEvent.Said) event).by() + ": " + ((RoomEvent.Said) event).text();
    }

    @Test
    void theHostGreetsWhoeverComes() {
        enter("ann", ann.ref());
        assertThat(heard()).isEqualTo("host: Welcome, ann!");
        enter("bob", AKKA.<RoomEvent>createTestProbe().ref());
        assertThat(heard()).isEqualTo("host: Welcome, bob!");
    }

    @Test
    void aNameThatIsTakenIsRefused() {
        enter("Host", ann.ref());
        assertThat(replies.expectMessageClass(RoomReply.Refused.class).refusal().reason())
                .isEqualTo(Reason.NICK_IN_USE);
    }

    @Test
    void theExampleNeedsRoomsAndTypedActorsAndNothingElse() {
        ArchRuleDefinition.classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..", "akka.actor.typed..", "akka.japi.function", "io.teahouse.room", "io.teahouse.example")
                .check(new ClassFileImporter().importClasses(GameLobby.class, Announcer.class));
    }
}
