package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import io.teahouse.room.Refusal.Reason;
import io.teahouse.room.RegistrationLimit.Command;
import io.teahouse.room.RegistrationLimit.Decision;
import io.teahouse.room.RegistrationLimit.Quota;
import io.teahouse.testkit.ScriptedLogs;
import io.teahouse.testkit.Some;
import io.teahouse.testkit.TestLog;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Limits on the rooms that one account, or one address, registers; one test class per implementation. */
abstract class RegistrationLimitContract {
    static final ActorTestKit AKKA = ActorTestKit.create();
    private static final int ANY = 99;

    private final MemoryRoomLogs logs = new MemoryRoomLogs();

    abstract ActorRef<Command> create(RoomLogs logs, Quota quota);

    @AfterAll
    static void shutDown() {
        AKKA.shutdownTestKit();
    }

    private static Optional<Reason> register(ActorRef<Command> limit, String room, String account, String address) {
        TestProbe<Decision> answer = AKKA.createTestProbe();
        limit.tell(new RegistrationLimit.MayRegister(RoomName.of(room), account, address, answer.ref()));
        Decision decision = answer.receiveMessage();
        assertThat(decision.room()).isEqualTo(RoomName.of(room));
        return decision.refusal().map(Refusal::reason);
    }

    @Test
    void registrationsAreLimitedPerAccountWhetherStoredOrNot() {
        RegisteredState kept = new RegisteredState("Eve", Some.NOON, Modes.Snapshot.NONE, Map.of());
        new TestLog(logs.of(RoomName.of("one"))).keep(Optional.of(kept));
        ActorRef<Command> limit = create(logs, new Quota(2, ANY));
        assertThat(register(limit, "two", "Eve", "1")).isEmpty();
        assertThat(register(limit, "three", "Eve", "2")).contains(Reason.TOO_MANY_REGISTERED);
        assertThat(register(limit, "one", "Eve", "2")).isEmpty();
        assertThat(register(limit, "three", "Bob", "1")).isEmpty();
    }

    @Test
    void registrationsAreLimitedPerAddress() {
        ActorRef<Command> limit = create(logs, new Quota(ANY, 2));
        assertThat(register(limit, "one", "A", "1")).isEmpty();
        assertThat(register(limit, "two", "B", "1")).isEmpty();
        assertThat(register(limit, "three", "C", "1")).contains(Reason.TOO_MANY_REGISTERED);
        assertThat(register(limit, "three", "C", "2")).isEmpty();
    }

    @Test
    void nothingIsRegisteredWhileTheStoreIsAway() {
        RoomLogs away = new ScriptedLogs() {
            @Override
            public CompletionStage<Set<String>> registered(String account) {
                return CompletableFuture.failedFuture(new IllegalStateException("connection reset"));
            }
        };
        assertThat(register(create(away, Quota.UNLIMITED), "one", "A", "1")).contains(Reason.STORE_AWAY);
    }
}
