package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.TestServer;
import io.teahouse.store.PostgresProcess;
import io.teahouse.store.Store;
import io.teahouse.user.AlwaysOnUsers.Stored;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of always-on users when the server starts again over the same store: some are restored, others are not. */
class AlwaysOnTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String LOGIN = "AUTHENTICATE PLAIN\r\nAUTHENTICATE AGFubgBzZXNhbWU=\r"; // ann, sesame

    @TempDir
    private Path folder;

    private String[] sqlite(String... more) {
        return settings("store { kind = sqlite, path = \"" + folder.resolve("teahouse.db") + "\" }", more);
    }

    private static String[] settings(String store, String... more) {
        return new String[] {
            "teahouse." + store, "teahouse.flood.enabled = off", "teahouse.irc.cloak = off", String.join("\n", more)
        };
    }

    private static Peer irc(String name, TestServer server) {
        Peer peer = Peer.connect(name, server.port("irc"));
        peer.say("CAP REQ :sasl standard-replies away-notify draft/account-registration\r\nNICK " + name + "\r\nUSER "
                + name + " 0 * :x\r\nCAP END\r");
        peer.until(" 376 ");
        return peer;
    }

    /** Registers an account, is always-on and in #tea. */
    private static Peer alwaysOn(String name, TestServer server) {
        Peer peer = irc(name, server);
        peer.say("REGISTER * * sesame\r");
        peer.until(" 900 ");
        peer.say("ALWAYSON ON\r\nJOIN #tea\r");
        peer.until("You are always-on");
        peer.until(" 366 ");
        return peer;
    }

    private static List<Stored> stored(Store store) {
        return store.alwaysOn().all(10).toCompletableFuture().join();
    }

    private static void awaitStored(TestServer server, Predicate<List<Stored>> expected) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!expected.test(stored(server.store()))) {
            assertThat(System.nanoTime()).as("stored in time").isLessThan(end);
        }
    }

    /** Ends the connection of a user, and waits until it is stored that they stay. */
    private static void quits(Peer peer, String name, TestServer server) {
        Instant quit = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        peer.say("QUIT\r");
        peer.until("ERROR");
        awaitStored(
                server,
                all -> all.stream()
                        .anyMatch(each -> each.account().equals(name)
                                && !each.memberships().isEmpty()
                                && !each.lastConnected().isBefore(quit)));
    }

    /** A server has ended on which ann was always-on, in #tea and not connected. */
    private static void annStays(String... settings) {
        try (TestServer server = TestServer.start(settings);
                Peer ann = alwaysOn("ann", server)) {
            quits(ann, "ann", server);
        }
    }

    /** Says it until the answer to it contains that. */
    private static void until(Peer peer, String line, String answer, String expected) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        do {
            assertThat(System.nanoTime()).as(expected + " in time").isLessThan(end);
            peer.say(line + "\r");
        } while (!peer.until(answer).contains(expected));
    }

    // The store

    private static String[] over(PostgresProcess postgres) {
        return settings(
                "store { kind = postgresql, url = \"" + postgres.url() + "\", timeout = 1 s, retry-interval = 50 ms }");
    }

    @Test
    void aServerWhoseStoreIsAwayOpensItsDoorsAndRestoresUsersWhenItIsBack() throws IOException {
        try (PostgresProcess postgres = PostgresProcess.start(folder)) {
            annStays(over(postgres));
            try (TestServer server = TestServer.startPrepared(store -> kill(postgres), over(postgres));
                    Peer bob = irc("bob", server)) {
                bob.say("ISON ann\r");
                assertThat(bob.until(" 303 ")).doesNotContain("ann");
                bob.say("JOIN #tea\r");
                assertThat(bob.until("#tea")).contains("the store does not answer");

                postgres.startAgain();

                until(bob, "ISON ann", " 303 ", "ann");
                until(bob, "JOIN #tea\r\nNAMES #tea", " 353 ", "ann");
            }
        }
    }

    @Test
    void whoIsBackBeforeTheyAreRestoredIsInTheirRoomsAllTheSame() throws IOException {
        try (PostgresProcess postgres = PostgresProcess.start(folder)) {
            annStays(over(postgres));
            try (TestServer server = TestServer.startPrepared(store -> kill(postgres), over(postgres));
                    Peer ann = irc("pad", server)) {
                postgres.startAgain();

                until(ann, LOGIN.strip(), " 90", " 900 ");
                long end = System.nanoTime() + PATIENCE.toNanos();
                List<String> whois;
                do {
                    assertThat(System.nanoTime()).as("in #tea in time").isLessThan(end);
                    ann.say("WHOIS pad\r");
                    whois = ann.untilAll(" 318 ");
                } while (whois.stream().noneMatch(line -> line.contains(" 319 ") && line.contains("#tea")));
                ann.say("ALWAYSON\r");
                ann.until("You are always-on");
            }
        }
    }

    private static void kill(PostgresProcess postgres) {
        try {
            postgres.kill();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    // Leaving

    @Test
    void whoWasAwayForTooLongIsNotRestoredAndForgotten() {
        annStays(sqlite());

        try (TestServer server =
                        TestServer.startPrepared(store -> lastConnected(store, Duration.ofDays(31)), sqlite());
                Peer bob = irc("bob", server)) {
            bob.say("ISON ann\r");
            assertThat(bob.until(" 303 ")).doesNotContain("ann");
            awaitStored(server, List::isEmpty);
        }
    }

    @Test
    void whoIsAwayLeavesWhenTheTimeIsUp() {
        annStays(sqlite());
        Duration almost = Duration.ofMinutes(1).minusSeconds(8); // bob is here before

        try (TestServer server = TestServer.startPrepared(
                        store -> lastConnected(store, almost), sqlite("teahouse.accounts.always-on.time = 1 minute"));
                Peer bob = irc("bob", server)) {
            bob.say("JOIN #tea\r");
            assertThat(bob.until(" 353 ")).contains("ann");
            assertThat(bob.until(" QUIT ")).startsWith(":ann!").endsWith(":did not come back");
            awaitStored(server, List::isEmpty);
        }
    }

    /** The only stored user was last connected so long ago. */
    private static void lastConnected(Store store, Duration ago) {
        Stored user = stored(store).get(0);
        store.alwaysOn()
                .save(new Stored(
                        user.account(),
                        user.nick(),
                        user.user(),
                        user.realName(),
                        user.away(),
                        Instant.now().minus(ago),
                        user.metadata(),
                        user.memberships()))
                .toCompletableFuture()
                .join();
    }

    @Test
    void whoHasOptedOutIsNotStoredAndLeaves() {
        annStays(sqlite());

        try (TestServer server = TestServer.start(sqlite());
                Peer bob = irc("bob", server);
                Peer ann = irc("pad", server)) {
            bob.say("JOIN #tea\r");
            assertThat(bob.until(" 353 ")).contains("ann");
            ann.say(LOGIN);
            ann.until(" JOIN #tea");
            ann.say("ALWAYSON OFF\r");
            ann.until("You are not always-on");
            awaitStored(server, List::isEmpty);
            ann.say("QUIT :bye\r");
            bob.until("ann!pad@127.0.0.1 QUIT");
        }
        try (TestServer server = TestServer.start(sqlite());
                Peer bob = irc("bob", server)) {
            bob.say("ISON ann\r");
            assertThat(bob.until(" 303 ")).doesNotContain("ann");
        }
    }

    @Test
    void whoIsKilledIsNotRestored() {
        String operators = "teahouse.irc.operators = [ { name = root, password = secret } ]";
        annStays(sqlite());

        try (TestServer server = TestServer.start(sqlite(operators));
                Peer bob = irc("bob", server)) {
            bob.say("OPER root secret\r\nJOIN #tea\r");
            assertThat(bob.until(" 353 ")).contains("ann");
            bob.say("KILL ann :spam\r");
            bob.until(" QUIT :Killed (bob (spam))");
            awaitStored(server, List::isEmpty);
        }
    }

    @Test
    void ofMoreThanMayStayThoseAreRestoredWhoWereConnectedLast() {
        try (TestServer server = TestServer.start(sqlite());
                Peer ann = alwaysOn("ann", server);
                Peer eve = alwaysOn("eve", server)) {
            quits(ann, "ann", server);
            quits(eve, "eve", server);
        }

        try (LogLines log = new LogLines();
                TestServer server = TestServer.start(sqlite("teahouse.accounts.always-on.most-users = 1"));
                Peer bob = irc("bob", server)) {
            bob.say("ISON ann eve\r");
            assertThat(bob.until(" 303 ")).endsWith(" 303 bob :eve");
            assertThat(log.about("teahouse.accounts.always-on.most-users"))
                    .containsExactly("Restoring the 1 always-on users who were connected most recently, but not the"
                            + " others (teahouse.accounts.always-on.most-users)");
        }
    }
}
