package io.teahouse.example;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import io.teahouse.room.Refusal.Reason;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomReply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class GameLobbyTest {
    private static final ActorTestKit AKKA = ActorTestKit.create();

    private final ActorRef<GameLobby.Command> lobby = AKKA.spawn(GameLobby.create());
    private final TestProbe<RoomEvent> ann = AKKA.createTestProbe();
    private final TestProbe<RoomReply> replies = AKKA.createTestProbe();

    @AfterAll
    static void shutDown() {
        AKKA.shutdownTestKit();
    }

    private void enter(String name, ActorRef<RoomEvent> player) {
        lobby.tell(new GameLobby.Enter(name, player, replies.ref()));
    }

    /** Ann is in the lobby, and so is the host. */
    private void annAndTheHostAreIn() {
        enter("ann", ann.ref());
        ActorRef<RoomActor.Command> room =
                ann.expectMessageClass(RoomEvent.Welcome.class).self();
        replies.awaitAssert(() -> {
            room.tell(new RoomActor.Names(replies.ref()));
            return assertThat(
                            replies.expectMessageClass(RoomReply.NameList.class).members())
                    .hasSize(2);
        });
    }

    /** What ann is told next that is about bob and something said. */
    private String heard() {
        RoomEvent event = ann.receiveMessage();
        while (!(event instanceof RoomEvent.Said said) || !said.text().contains("bob")) {
            event = ann.receiveMessage();
        }
        return ((RoomEvent.Said) event).by() + ": " + ((RoomEvent.Said) event).text();
    }

    @Test
    void theHostGreetsWhoeverComes() {
        annAndTheHostAreIn();
        enter("bob", AKKA.<RoomEvent>createTestProbe().ref());
        assertThat(heard()).isEqualTo("host: Welcome, bob!");
    }

    @Test
    void aNameThatIsTakenIsRefused() {
        annAndTheHostAreIn();
        enter("Host", AKKA.<RoomEvent>createTestProbe().ref());
        assertThat(replies.expectMessageClass(RoomReply.Refused.class).refusal().reason())
                .isEqualTo(Reason.NICK_IN_USE);
    }

    @Test
    void theExampleNeedsRoomsAndTypedActorsAndNothingElse() {
        ArchRuleDefinition.classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "akka.actor.typed..",
                        "akka.japi.function",
                        "io.teahouse.room",
                        "io.teahouse.room.local",
                        "io.teahouse.room.member",
                        "io.teahouse.example")
                .check(new ClassFileImporter().importClasses(GameLobby.class, Announcer.class));
    }
}
