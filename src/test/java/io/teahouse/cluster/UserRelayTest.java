package io.teahouse.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import io.teahouse.user.CaseMapping;
import io.teahouse.user.LocalUserDirectory;
import io.teahouse.user.NickRules;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class UserRelayTest {
    private static final ActorTestKit AKKA = ActorTestKit.create(ManualTime.config());
    private static final Duration IDLE = Duration.ofSeconds(20);

    @AfterAll
    static void shutDown() {
        AKKA.shutdownTestKit();
    }

    /** Otherwise what the supervisor has just sent it would be lost. */
    @Test
    void aRelayEndsOnlyWhenItsSupervisorKnows() {
        TestProbe<Object> account = AKKA.createTestProbe();
        TestProbe<Object> supervisor = AKKA.createTestProbe();
        LocalUserDirectory users = new LocalUserDirectory(new NickRules(32, CaseMapping.ASCII));
        ActorRef<Object> relay =
                AKKA.spawn(UserRelay.create("ann", account.ref(), supervisor.ref(), users, new ForeignUsers()));
        relay.tell(new UserRelay.Expect(1));
        ManualTime time = ManualTime.get(AKKA.system());
        time.timePasses(IDLE);
        assertThat(supervisor.expectMessageClass(ClusterUserSupervisor.RelayIdle.class))
                .isEqualTo(new ClusterUserSupervisor.RelayIdle("ann", relay, 1));

        relay.tell(new UserRelay.Expect(2));
        time.timePasses(IDLE);
        assertThat(supervisor
                        .expectMessageClass(ClusterUserSupervisor.RelayIdle.class)
                        .expected())
                .isEqualTo(2);
        relay.tell(new UserRelay.End());
        supervisor.expectTerminated(relay);
    }
}
