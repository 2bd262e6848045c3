package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.teahouse.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How many may connect, and how long they may take. */
class LimitsTest {
    private static final String FULL = "! the server is full (2 connections): try again later";
    private static final String TOO_MANY = "! too many connections from your address (2 at most)";
    private static final Duration SOON = Duration.ofSeconds(30);

    /** The ways in which a connection ends. */
    @SuppressWarnings("ImmutableEnumChecker") // the functions are method references
    enum Ending {
        CUT_WITHOUT_A_NAME(peer -> {
            peer.expect(Peer.GREETING);
            peer.cut();
        }),
        CUT_WITHOUT_READING(Peer::cut),
        CLOSED_WITHOUT_A_NAME(peer -> {
            peer.expect(Peer.GREETING);
            peer.close();
        }),
        HALF_CLOSED_WITHOUT_A_NAME(peer -> {
            peer.expect(Peer.GREETING);
            peer.endInput();
            peer.expectClosed();
        }),
        CUT(peer -> {
            peer.enter();
            peer.cut();
        }),
        QUIT(peer -> {
            peer.enter();
            peer.say("{quit}");
            peer.expectClosed();
            peer.close();
        });

        private final Consumer<Peer> end;

        Ending(Consumer<Peer> end) {
            this.end = end;
        }
    }

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    private <T extends AutoCloseable> T opened(T resource) {
        open.add(resource);
        return resource;
    }

    private int server(String... settings) {
        return opened(TestServer.start(settings)).port();
    }

    private Peer from(String address, int port) {
        return opened(Peer.connect("ann", address, port, 0));
    }

    private Peer admitted(String name, int port) {
        Peer peer = opened(Peer.connect(name, port));
        assertThat(peer.line()).isEqualTo(Peer.GREETING);
        return peer;
    }

    private void refused(String why, int port) {
        opened(Peer.connect("carol", port)).expect(why).expectClosed();
    }

    @Test
    void allDoorsCountTogether() {
        TestServer server = opened(TestServer.start("teahouse.limits.max-connections = 2"));
        admitted("ann", server.port());
        Peer bob = opened(Peer.connect("bob", server.port("irc")));
        bob.say("NICK bob\r\nUSER b 0 * :b\r");
        bob.until(" 001 ");
        refused(FULL, server.port());
        Peer eve = opened(Peer.connect("eve", server.port("irc")));
        assertThat(eve.line()).contains("the server is full (2 connections)");
    }

    /** Knocks until somebody is let in. */
    private void admittedSoon(int port) {
        long end = System.nanoTime() + SOON.toNanos();
        while (System.nanoTime() < end) {
            if (opened(Peer.connect("carol", port)).line().equals(Peer.GREETING)) {
                return;
            }
        }
        fail("the place is still taken");
    }

    @Test
    void oneTooManyIsToldWhyAndClosed() {
        int port = server("teahouse.limits.max-connections = 2");
        admitted("ann", port);
        admitted("bob", port);
        refused(FULL, port);
    }

    @ParameterizedTest
    @EnumSource
    void aPlaceIsFreeAtOnceHoweverTheConnectionEnds(Ending ending) {
        int port = server("teahouse.limits.max-connections = 2", "teahouse.limits.max-connections-per-address = 2");
        admitted("bob", port);
        ending.end.accept(opened(Peer.connect("ann", port)));
        admittedSoon(port);
        refused(FULL, port);
    }

    @Test
    void aRefusedConnectionNeitherTakesNorFreesAPlace() {
        int port = server("teahouse.limits.max-connections = 2");
        admitted("ann", port).close();
        admittedSoon(port);
        admittedSoon(port);
        for (int i = 0; i < 5; i++) {
            refused(FULL, port);
        }
    }

    @Test
    void anAddressHasSoManyConnectionsAndAnotherHasItsOwn() {
        int port = server("teahouse.limits.max-connections-per-address = 2");
        from("127.0.0.2", port).expect(Peer.GREETING);
        from("127.0.0.2", port).expect(Peer.GREETING);
        from("127.0.0.2", port).expect(TOO_MANY).expectClosed();
        from("127.0.0.3", port).expect(Peer.GREETING);
        from("127.0.0.3", port).expect(Peer.GREETING);
        from("127.0.0.3", port).expect(TOO_MANY).expectClosed();
    }

    @Test
    void whoGivesNoNameInTimeIsCutOff() {
        int port = server("teahouse.limits.name-timeout = 3 s");
        Peer ann = opened(Peer.enter("ann", port));
        Peer nobody = opened(Peer.connect("nobody", port));
        nobody.expect(Peer.GREETING);
        nobody.say("a,name,that,nobody,may,have");
        nobody.expect("! a name must not contain ,: type another name");
        nobody.expect("! no name was given in time").expectClosed();
        ann.say("hi");
        ann.expect("ann: hi");
    }

    @Test
    void whoIsSilentForTooLongIsCutOff() {
        int port = server("teahouse.limits.idle-timeout = 3 s");
        Peer ann = opened(Peer.enter("ann", port));
        ann.expect("! nothing was heard for too long").expectClosed();
    }

    @Test
    void whoTalksFastIsSlowedAndLosesNothing() {
        int port = server("teahouse.flood.burst = 2", "teahouse.flood.per-second = 100");
        Peer ann = opened(Peer.enter("ann", port));
        List<String> lines = IntStream.range(0, 20).mapToObj(String::valueOf).toList();
        ann.say(String.join("\n", lines));
        lines.forEach(line -> ann.expect("ann: " + line));
    }

    @Test
    void whoFloodsIsCutOffAndTheOthersTalkOn() {
        int port = server(
                "teahouse.flood.burst = 3", "teahouse.flood.per-second = 0.01", "teahouse.flood.queue-bytes = 64");
        Peer ann = opened(Peer.enter("ann", port));
        Peer bob = opened(Peer.enter("bob", port));
        ann.expect("bob has joined the chat");
        bob.say("1\n2\n3\n" + "4".repeat(100));
        bob.expect("! Excess Flood").expectClosed();
        ann.expect("bob: 1").expect("bob: 2").expect("bob has left the chat...");
        ann.say("hi");
        ann.expect("ann: hi");
    }
}
