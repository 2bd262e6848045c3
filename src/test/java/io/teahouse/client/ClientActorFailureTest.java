package io.teahouse.client;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import ch.qos.logback.classic.Level;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomEvent.Departure;
import io.teahouse.server.LogLines;
import io.teahouse.user.NickRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Wherever a dialect throws, the connection closes, and the client leaves nothing behind. */
class ClientActorFailureTest {
    private static final ActorTestKit AKKA = ActorTestKit.create(ManualTime.config());
    private static final FloodGuard.Rules FREE = new FloodGuard.Rules(false, 1, 1, 1);

    /** The method that throws, and what calls it. */
    @SuppressWarnings("ImmutableEnumChecker") // the functions are method references
    enum Where {
        read(ann -> ann.type("hi\n")),
        show(ann -> ann.show("bob", "hi")),
        departed(ann -> ann.left(Departure.KICKED)),
        overlong(ann -> ann.tell(new ClientActor.Overlong())),
        closed(ann -> ann.type("{quit}\n")),
        lastWords(ann -> ann.tell(new ClientActor.Shutdown("bye")));

        private final Consumer<RunningClient> make;

        Where(Consumer<RunningClient> make) {
            this.make = make;
        }
    }

    private final LogLines log = new LogLines();
    private final List<String> called = new CopyOnWriteArrayList<>();
    private final Dialect plain = ClientActorTest.plain();
    private volatile String spoilt = "";

    @AfterEach
    void close() {
        log.close();
    }

    @AfterAll
    static void shutDown() {
        AKKA.shutdownTestKit();
    }

    private RunningClient client() {
        Dialect dialect = (Dialect) Proxy.newProxyInstance(
                Dialect.class.getClassLoader(), new Class<?>[] {Dialect.class}, (proxy, method, args) -> {
                    called.add(method.getName());
                    if (method.getName().equals(spoilt)) {
                        throw new IllegalStateException("this dialect is spoilt");
                    }
                    try {
                        return method.invoke(plain, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return new RunningClient(AKKA, dialect, RunningClient.settings(Duration.ZERO, FREE), 1 << 20);
    }

    @ParameterizedTest
    @EnumSource
    void aFailedClientLeavesNothingBehind(Where where) {
        RunningClient ann = client();
        ann.enterTea();
        spoilt = where.name();
        where.make.accept(ann);
        ann.ends();
        ann.nicks.expectMessageClass(NickRegistry.Release.class);
        assertThat(ann.users.count()).isZero();
        assertThat(ann.outbox.end()).isNotEqualTo(Outbox.End.OPEN);
        assertThat(called).contains("closed");
        assertThat(log.atLeast(Level.WARN))
                .singleElement()
                .asString()
                .contains("ann (192.0.2.1:4711)", "this dialect is spoilt");
    }

    @Test
    void aClientThatFailsAtTheStartDoesNotCount() {
        spoilt = "opened";
        RunningClient ann = client();
        ann.ends();
        assertThat(ann.users.unregistered()).isZero();
        assertThat(ann.outbox.end()).isEqualTo(Outbox.End.CUT_OFF);
    }

    @Test
    void aClientThatFailsAfterItsRoomEndedIsLogged() {
        RunningClient ann = client();
        ann.enterTea();
        ann.type("/part\n");
        ann.room.expectMessageClass(RoomActor.Leave.class);
        spoilt = "departed";
        ann.roomEnds();
        ann.ends();
        assertThat(ann.outbox.end()).isEqualTo(Outbox.End.CUT_OFF);
        assertThat(log.atLeast(Level.WARN)).singleElement().asString().contains("ann (192.0.2.1:4711)");
    }
}
