package io.teahouse.client;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.util.ByteString;
import io.teahouse.room.RoomActor;
import io.teahouse.server.LogLines;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Who is logged in as ann stays when the connection is lost. Here she can be shown nothing but what she asks for. */
class AbsenceTest {
    private static final ActorTestKit AKKA = ActorTestKit.create(ManualTime.config());
    private static final FloodGuard.Rules FREE = new FloodGuard.Rules(false, 1, 1, 1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int CAPACITY = 1000;
    private static final ClientSettings SETTINGS =
            new ClientSettings(MINUTE, MINUTE, 3, MINUTE, MINUTE.multipliedBy(10), 1, FREE);

    @AfterAll
    static void shutDown() {
        AKKA.shutdownTestKit();
    }

    private static Dialect staying() {
        Dialect plain = ClientActorTest.plain();
        AtomicReference<Session> session = new AtomicReference<>();
        return (Dialect) Proxy.newProxyInstance(
                Dialect.class.getClassLoader(), new Class<?>[] {Dialect.class}, (proxy, method, args) -> {
                    if (method.getName().equals("mayStay")) {
                        return true;
                    } else if (method.getName().equals("opened")) {
                        session.set((Session) args[0]);
                    } else if (method.getName().equals("probe")) {
                        session.get().connection().write(ByteString.fromString("x".repeat(CAPACITY + 1)));
                        return null;
                    } else if (method.getName().equals("named")) {
                        Session.Identity ann = session.get().identity();
                        ann.changeProfile(ann.profile().withAccount("ann"));
                    }
                    try {
                        return method.invoke(plain, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void whoIsAbsentIsNotExpectedToBeHeard() {
        try (LogLines log = new LogLines()) {
            RunningClient ann = new RunningClient(AKKA, staying(), SETTINGS, CAPACITY);
            ann.enterTea();
            ann.pass(MINUTE.dividedBy(2)); // she is asked for a word, which is too much for her connection
            ann.room.expectMessageClass(RoomActor.ChangeProfile.class);
            ann.passUnseen(MINUTE);
            ann.passUnseen(MINUTE.multipliedBy(9));
            assertThat(ann.room.expectMessageClass(RoomActor.Leave.class).text())
                    .isEqualTo("did not come back");
            assertThat(log.about("nothing was heard")).isEmpty();
        }
    }
}
