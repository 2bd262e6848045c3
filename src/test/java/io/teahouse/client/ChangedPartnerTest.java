package io.teahouse.client;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.UserId;
import io.teahouse.user.ConnectionInfo;
import io.teahouse.user.OnlineUser;
import io.teahouse.user.UserActor;
import io.teahouse.user.UserSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** ann says something to bob, who logs in, takes another nick or leaves while the conversation is being located. */
class ChangedPartnerTest {
    private static final ActorTestKit AKKA = ActorTestKit.create(ManualTime.config());
    private static final FloodGuard.Rules FREE = new FloodGuard.Rules(false, 1, 1, 1);

    private final RunningClient ann =
            new RunningClient(AKKA, ClientActorTest.plain(), RunningClient.settings(Duration.ZERO, FREE), 1 << 20);
    private final TestProbe<RoomEvent> phone = AKKA.createTestProbe();
    private final OnlineUser bob = ann.users.enter(
            UserSnapshot.online(
                    Nick.of("bob"),
                    new Profile("bob", "bob.example", "", "", "", false, UserId.ofGuest("bob~1")),
                    new ConnectionInfo(1, 1, "irc", "192.0.2.2", true, Instant.now(), 0)),
            AKKA.<UserActor.Command>createTestProbe().ref());

    @AfterAll
    static void shutDown() {
        AKKA.shutdownTestKit();
    }

    /** @return the question where the conversation is */
    private RoomDirectory.Locate saysSomething() {
        bob.subscribers(List.of(phone.ref()));
        ann.type("ann\n");
        ann.entered();
        ann.type("/msg bob hi\n");
        RoomDirectory.Locate asked = ann.directory.expectMessageClass(RoomDirectory.Locate.class);
        assertThat(asked.room().isConversationOf("g:bob~1")).isTrue();
        return asked;
    }

    private void located(RoomDirectory.Locate asked) {
        asked.replyTo().tell(new RoomDirectory.Found(asked.room(), asked.number(), ann.room.ref()));
    }

    private RoomActor.Identity joins() {
        return ann.room.expectMessageClass(RoomActor.Join.class).user();
    }

    private void says() {
        assertThat(ann.room.expectMessageClass(RoomActor.Say.class).message().text())
                .isEqualTo("hi");
    }

    @Test
    void whoLogsInGetsTheMessageInTheConversationWithTheAccount() {
        RoomDirectory.Locate asked = saysSomething();
        bob.publish(bob.snapshot().withProfile(bob.snapshot().profile().withAccount("robert")), 1);
        located(asked);
        RoomDirectory.Locate again = ann.directory.expectMessageClass(RoomDirectory.Locate.class);
        assertThat(again.room().isConversationOf("a:robert")).isTrue();
        ann.room.expectNoMessage(Duration.ZERO);
        located(again);
        assertThat(joins().nick()).isEqualTo(RunningClient.ANN);
        assertThat(joins().id()).isEqualTo(UserId.ofAccount("robert"));
        says();
    }

    @Test
    void whoTakesAnotherNickGetsTheMessage() {
        RoomDirectory.Locate asked = saysSomething();
        bob.publish(bob.snapshot().withNick(Nick.of("bobby")), 1);
        located(asked);
        located(ann.directory.expectMessageClass(RoomDirectory.Locate.class));
        joins();
        assertThat(joins().nick()).isEqualTo(Nick.of("bobby"));
        says();
    }

    @Test
    void aMessageToWhoHasLeftIsRefused() {
        RoomDirectory.Locate asked = saysSomething();
        bob.leave();
        located(asked);
        assertThat(ann.written()).contains("! bob is not here any more\n");
        ann.room.expectNoMessage(Duration.ZERO);
    }
}
