package io.teahouse.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import akka.util.ByteString;
import ch.qos.logback.classic.Level;
import io.teahouse.TestServer;
import io.teahouse.client.Dialect;
import io.teahouse.room.EventBatch;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client whose actor throws; its dialect is spoilt for that. Its name is eve. */
class ClientFailureTest {
    private static final String POISON = "poison";

    private TestServer server;
    private LogLines log;
    private Peer ann;
    private Peer bob;
    private Peer eve;

    @BeforeEach
    void open() {
        log = new LogLines();
        server = TestServer.start();
        int spoilt = server.openDoor(ClientFailureTest::spoilt);
        ann = Peer.enter("ann", server.port());
        bob = Peer.enter("bob", server.port());
        ann.expect("bob has joined the chat");
        eve = Peer.enter("eve", spoilt);
        ann.expect("eve has joined the chat");
        bob.expect("eve has joined the chat");
    }

    @AfterEach
    void close() {
        server.close();
        log.close();
        ann.close();
        bob.close();
        eve.close();
    }

    /** Throws when a line is read, or an event is shown, that holds the poison. */
    private static Dialect spoilt(Dialect dialect) {
        return (Dialect) Proxy.newProxyInstance(
                Dialect.class.getClassLoader(), new Class<?>[] {Dialect.class}, (proxy, method, args) -> {
                    boolean line = method.getName().equals("read") && isPoison(((ByteString) args[0]).utf8String());
                    boolean event = method.getName().equals("show")
                            && isPoison(((EventBatch) args[0]).events().toString());
                    if (line || event) {
                        throw new IllegalStateException("this dialect is spoilt");
                    }
                    try {
                        return method.invoke(dialect, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static boolean isPoison(String text) {
        return text.contains(POISON);
    }

    @Test
    void whoFailsWhileReadingLeavesAlone() {
        eve.say(POISON);
        ann.expect("eve has left the chat...");
        bob.expect("eve has left the chat...");
        theOthersTalkOn();
    }

    @Test
    void whoFailsWhileBeingShownSomethingLeavesAlone() {
        ann.say(POISON);
        ann.expect("ann: " + POISON).expect("eve has left the chat...");
        bob.expect("ann: " + POISON).expect("eve has left the chat...");
        theOthersTalkOn();
    }

    private void theOthersTalkOn() {
        eve.expect("! the server has failed you; please connect again").expectClosed();
        bob.say("who was that?");
        ann.expect("bob: who was that?");
        bob.expect("bob: who was that?");
        assertThat(log.atLeast(Level.WARN))
                .singleElement()
                .asString()
                .contains("eve (127.0.0.1:" + eve.localPort() + ")", "this dialect is spoilt");
        Peer again = Peer.enter("eve", server.port());
        ann.expect("eve has joined the chat");
        bob.expect("eve has joined the chat");
        again.close();
    }

    @Test
    void whatWasSaidBeforeTheFailureIsShown() {
        eve.send(("1\n2\n" + POISON + "\n3\n").getBytes(UTF_8));
        ann.expect("eve: 1").expect("eve: 2").expect("eve has left the chat...");
        ann.say("hi");
        ann.expect("ann: hi");
    }
}
