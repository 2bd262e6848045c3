package io.teahouse.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.teahouse.TestServer;
import io.teahouse.account.ScramClient;
import io.teahouse.account.ScriptedAccountStore;
import io.teahouse.user.CaseMapping;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Registering and logging in, over real sockets, where that takes more than a transcript. */
class LoginTest {
    private static final int CONNECTIONS = 40;
    private static final String CHEAP = "teahouse.accounts.scram-iterations = 4096";
    private static final String ARGON2 = "teahouse.accounts.scram-iterations = 0";
    private static final String SMALL = "teahouse.accounts.hash-memory-kib = 64";

    private static Peer call(TestServer server) {
        Peer peer = Peer.connect("ann", server.port("irc"));
        peer.say("CAP REQ :sasl");
        peer.until("ACK :sasl");
        return peer;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    private static String decoded(String line) {
        assertThat(line).startsWith("AUTHENTICATE ");
        return new String(Base64.getDecoder().decode(line.substring(line.indexOf(' ') + 1)), UTF_8);
    }

    /** Sends a message in as many lines as it takes. */
    private static void send(Peer peer, String message) {
        String rest = base64(message);
        while (rest.length() >= 400) {
            peer.say("AUTHENTICATE " + rest.substring(0, 400));
            rest = rest.substring(400);
        }
        peer.say("AUTHENTICATE " + (rest.isEmpty() ? "+" : rest));
    }

    private static void register(TestServer server, String name, String password) {
        try (Peer peer = call(server)) {
            peer.say("NICK " + name);
            peer.say("REGISTER * * :" + password);
            assertThat(peer.until("REGISTER ")).contains("REGISTER SUCCESS " + name);
        }
    }

    private static String plain(Peer peer, String name, String password) {
        peer.say("AUTHENTICATE PLAIN");
        peer.until("AUTHENTICATE +");
        send(peer, "\0" + name + "\0" + password);
        return peer.until(" 90");
    }

    private static void changePassword(TestServer server, String name, String from, String to) {
        try (Peer peer = call(server)) {
            assertThat(plain(peer, name, from)).contains(" 900 ");
            peer.say("NICK " + name + "\r\nUSER u 0 * :r\r\nCAP END");
            peer.until(" 376 ");
            peer.say("PASSWD " + from + " " + to);
            peer.until("Your password is changed");
        }
    }

    /** Up to the server's last line, which the client has not confirmed. */
    private static String beginScram(Peer peer, ScramClient client) {
        peer.say("AUTHENTICATE SCRAM-SHA-256");
        peer.until("AUTHENTICATE +");
        send(peer, client.first());
        send(peer, client.answer(decoded(peer.until("AUTHENTICATE"))));
        return peer.until(" ");
    }

    private static String scram(Peer peer, ScramClient client) {
        String end = beginScram(peer, client);
        if (end.startsWith("AUTHENTICATE ")) {
            assertThat(client.knows(decoded(end))).isTrue();
            peer.say("AUTHENTICATE +");
            end = peer.until(" ");
        }
        return end;
    }

    @ParameterizedTest
    @ValueSource(strings = {"sesame", "пароль", "口令 with spaces"})
    void whoKnowsThePasswordLogsInByScramAndByPlain(String password) {
        try (TestServer server = TestServer.start(CHEAP)) {
            register(server, "ann", password);
            try (Peer peer = call(server)) {
                assertThat(scram(peer, new ScramClient("ann", "wrong"))).contains(" 904 ");
                assertThat(scram(peer, new ScramClient("nobody", password))).contains(" 904 ");
                assertThat(scram(peer, new ScramClient("ANN", password)))
                        .containsPattern(" 900 \\* \\*!\\*@[0-9a-f.]+\\.ip ann :");
            }
            try (Peer peer = call(server)) {
                assertThat(plain(peer, "ann", password)).contains(" 900 ");
            }
        }
    }

    @Test
    void anExchangeIsRefusedAtItsLastLineIfThePasswordWasChanged() {
        try (TestServer server = TestServer.start(CHEAP);
                Peer peer = call(server)) {
            register(server, "ann", "sesame");
            assertThat(beginScram(peer, new ScramClient("ann", "sesame"))).startsWith("AUTHENTICATE ");
            changePassword(server, "ann", "sesame", "other-sesame");
            peer.say("AUTHENTICATE +");
            assertThat(peer.until(" 90")).contains(" 904 ").contains("your account was changed in the meantime");
        }
    }

    @Test
    void aFailedAttemptDoesNotHideThatThePasswordWasChanged() {
        try (TestServer server = TestServer.start(CHEAP);
                Peer peer = call(server)) {
            register(server, "ann", "sesame");
            assertThat(plain(peer, "ann", "sesame")).contains(" 900 ");
            changePassword(server, "ann", "sesame", "other-sesame");
            assertThat(plain(peer, "ann", "wrong")).contains(" 904 ");
            peer.say("NICK ann\r\nUSER u 0 * :r\r\nCAP END");
            peer.until("ERROR :Closing Link: the password of your account was changed");
        }
    }

    /** The message in base64 has 400 characters, or 592, or more: its last piece is empty, or not. */
    @ParameterizedTest
    @ValueSource(ints = {295, 300, 399, 439})
    void aLongPasswordComesInPieces(int length) {
        String password = "x".repeat(length);
        try (TestServer server = TestServer.start(CHEAP)) {
            register(server, "ann", password);
            try (Peer peer = call(server)) {
                assertThat(plain(peer, "ann", password)).contains(" 900 ");
            }
            try (Peer peer = call(server)) {
                assertThat(plain(peer, "ann", password.substring(1))).contains(" 904 ");
            }
        }
    }

    @Test
    void noThreadIsStartedForAConnection() {
        try (TestServer server = TestServer.start()) {
            enter(server, "first").close(); // starts the threads that stay
            long before = ManagementFactory.getThreadMXBean().getTotalStartedThreadCount();
            for (int i = 0; i < CONNECTIONS; i++) {
                enter(server, "guest" + i).close();
            }
            assertThat(ManagementFactory.getThreadMXBean().getTotalStartedThreadCount() - before)
                    .isLessThan(CONNECTIONS / 2);
        }
    }

    private static Peer enter(TestServer server, String nick) {
        Peer peer = Peer.connect(nick, server.port("irc"));
        peer.say("NICK " + nick + "\nUSER u 0 * :r");
        peer.until(" 376 ");
        return peer;
    }

    @Test
    void piecesWithoutEndAreTooMuch() {
        try (TestServer server = TestServer.start(CHEAP, "teahouse.flood.enabled = off");
                Peer peer = call(server)) {
            peer.say("AUTHENTICATE PLAIN");
            for (int i = 0; i < 21; i++) {
                peer.say("AUTHENTICATE " + "A".repeat(400));
            }
            assertThat(peer.until(" 90")).contains(" 904 ");
            peer.say("NICK ann\r\nUSER ann 0 * :Ann\r\nCAP END");
            peer.until(" 001 ann ");
        }
    }

    @Test
    void byArgon2idThereIsNoScram() {
        try (TestServer server = TestServer.start(ARGON2, SMALL)) {
            register(server, "ann", "sesame");
            try (Peer peer = call(server)) {
                peer.say("CAP LS 302");
                assertThat(peer.until("sasl=")).containsPattern("sasl=PLAIN,OAUTHBEARER( |$)");
                peer.say("AUTHENTICATE SCRAM-SHA-256");
                peer.until(" 908 * PLAIN,OAUTHBEARER :");
                peer.until(" 904 ");
                assertThat(plain(peer, "ann", "wrong")).contains(" 904 ");
                assertThat(plain(peer, "ann", "sesame")).contains(" 900 ");
            }
        }
    }

    @Test
    void whoFailsTooOftenIsToldHowLongToWait() {
        try (TestServer server = TestServer.start(
                        CHEAP, "teahouse.accounts.failures-burst = 3", "teahouse.accounts.failures-per-minute = 1");
                Peer peer = call(server)) {
            for (int i = 0; i < 3; i++) {
                assertThat(plain(peer, "ann", "wrong")).contains(" 904 ").doesNotContain("try again");
            }
            assertThat(plain(peer, "ann", "wrong")).contains(" 904 ").contains("try again in ");
        }
    }

    @Test
    void withoutAccountsThereIsNothingOfThem() {
        try (TestServer server = TestServer.start("teahouse.accounts.enabled = off");
                Peer peer = Peer.connect("ann", server.port("irc"))) {
            peer.say("CAP LS 302");
            assertThat(peer.until(" LS ")).doesNotContain("sasl").doesNotContain("account-registration");
            peer.say("CAP REQ sasl");
            peer.until(" NAK :sasl");
            peer.say("NICK ann");
            peer.say("REGISTER * * sesame");
            peer.until("FAIL REGISTER TEMPORARILY_UNAVAILABLE ann ");
            peer.say("USER ann 0 * :Ann\r\nCAP END");
            peer.until(" 001 ann ");
        }
    }

    @Test
    void nobodyRegistersPastThePasswordOfTheServer() {
        try (TestServer server = TestServer.start(CHEAP, "teahouse.irc.password = tea");
                Peer peer = Peer.connect("ann", server.port("irc"))) {
            peer.say("CAP LS 302");
            assertThat(peer.until(" LS ")).contains(" draft/account-registration ");
            peer.say("NICK ann");
            peer.say("REGISTER * * sesame");
            peer.until("FAIL REGISTER COMPLETE_CONNECTION_REQUIRED ann ");
            peer.say("PASS tea\r\nUSER ann 0 * :Ann\r\nCAP END");
            peer.until(" 001 ann ");
            peer.say("REGISTER * * sesame");
            peer.until("REGISTER SUCCESS ann ");
        }
    }

    @Test
    void registrationIsAsTheSettingsSay() {
        try (TestServer server = TestServer.start(
                        CHEAP,
                        "teahouse.accounts.registration-before-connect = off",
                        "teahouse.accounts.email-required = on",
                        "teahouse.accounts.custom-names = on");
                Peer peer = Peer.connect("ann", server.port("irc"))) {
            peer.say("CAP LS 302");
            assertThat(peer.until(" LS ")).contains(" draft/account-registration=custom-account-name,email-required ");
            peer.say("NICK ann");
            peer.say("REGISTER other ann@example.net sesame");
            peer.until("FAIL REGISTER COMPLETE_CONNECTION_REQUIRED other ");
            peer.say("USER ann 0 * :Ann\r\nCAP END");
            peer.until(" 376 ");
            peer.say("REGISTER other * sesame");
            peer.until("FAIL REGISTER INVALID_EMAIL other ");
            try (Peer bob = Peer.enter("bob", server.port())) {
                bob.say("/register sesame");
                bob.until("! type /register ADDRESS PASSWORD");
                peer.say("REGISTER bob ann@example.net sesame");
                peer.until("FAIL REGISTER ACCOUNT_EXISTS bob ");
            }
            peer.say("REGISTER other ann@example.net sesame");
            peer.until("REGISTER SUCCESS other ");
            peer.say("NICK other");
            peer.until("NICK other");
        }
    }

    @Test
    void whereTheStoreIsAwayWhoHasNoAccountComesInAndAKnownNameIsStillItsOwners() {
        ScriptedAccountStore store = new ScriptedAccountStore();
        try (TestServer server = TestServer.start(store, CHEAP);
                Peer bob = Peer.enter("bob", server.port())) {
            register(server, "ann", "sesame");
            store.now(ScriptedAccountStore.Mood.FAILS);
            try (Peer cyd = Peer.connect("cyd", server.port())) {
                cyd.until("Welcome");
                cyd.say("ann");
                cyd.until("! the name ann belongs to an account");
                cyd.say("cyd");
                cyd.expect("cyd has joined the chat");
                bob.until("cyd has joined the chat");
                cyd.say("/nick dan");
                cyd.until("dan");
            }
            try (Peer peer = call(server)) {
                assertThat(plain(peer, "ann", "sesame")).contains(" 904 ");
                peer.say("NICK eve");
                peer.say("REGISTER * * sesame");
                peer.until("FAIL REGISTER TEMPORARILY_UNAVAILABLE eve ");
            }
        }
    }

    /** The server does not know the account yet. */
    @ParameterizedTest
    @CsvSource({"ann, the name ann belongs to an account", "\u0430nn, 'looks like ann, which belongs to an account'"})
    void whoCameInUnderTheNameOfAnAccountWhileTheStoreWasAwayIsPutOutWhenItIsBack(String name, String why) {
        ScriptedAccountStore store = new ScriptedAccountStore(CaseMapping.ASCII);
        try (TestServer server = TestServer.start(store, CHEAP)) {
            register(server, "ann", "sesame");
        }
        try (TestServer server = TestServer.start(store, CHEAP)) {
            store.now(ScriptedAccountStore.Mood.FAILS);
            try (Peer eve = Peer.enter(name, server.port());
                    Peer bob = Peer.enter("bob", server.port())) {
                eve.expect("bob has joined the chat");
                awaitFinds(store, store.finds() + 2); // of each, once more in vain
                store.now(ScriptedAccountStore.Mood.ANSWERS);
                eve.until(why);
                bob.until(name + " has left the chat");
                bob.say("hi");
                bob.expect("bob: hi");
            }
        }
    }

    private static void awaitFinds(ScriptedAccountStore store, int many) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (store.finds() < many) {
            assertThat(System.nanoTime()).as("asked again in time").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Test
    void accountsOutliveTheServer(@TempDir Path folder) {
        String[] settings = {
            CHEAP, "teahouse.store.kind = sqlite", "teahouse.store.path = \"" + folder.resolve("tea.db") + "\""
        };
        try (TestServer server = TestServer.start(settings)) {
            register(server, "ann", "sesame");
        }
        try (TestServer server = TestServer.start(settings);
                Peer peer = call(server)) {
            peer.say("NICK ann");
            peer.say("REGISTER * * other");
            peer.until("FAIL REGISTER ACCOUNT_EXISTS ann ");
            assertThat(plain(peer, "ann", "other")).contains(" 904 ");
            assertThat(scram(peer, new ScramClient("ann", "sesame"))).contains(" 900 ");
        }
    }

    @Test
    void noPasswordIsInTheLog() {
        try (LogLines log = new LogLines(Level.TRACE);
                TestServer server = TestServer.start(CHEAP)) {
            register(server, "ann", "sesame-of-ann");
            try (Peer peer = call(server)) {
                plain(peer, "ann", "sesame-that-is-wrong");
                plain(peer, "sesame-in-the-wrong-place", "x");
                plain(peer, "ann", "sesame-of-ann");
            }
            try (Peer peer = Peer.connect("bob", server.port())) {
                peer.until("Welcome");
                peer.say("/login sesame-typed-alone");
                peer.say("bob");
                peer.say("/register sesame-of-bob");
                peer.until("is yours");
            }
            assertThat(log.about("login failed: 127.0.0.1")).isNotEmpty();
            assertThat(log.about("sesame")).isEmpty();
        }
    }
}
