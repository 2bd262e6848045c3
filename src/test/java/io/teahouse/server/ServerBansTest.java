package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.TestServer;
import io.teahouse.store.PostgresProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bans in a whole server: by address at every door, by account and by mask. */
class ServerBansTest {
    private static final String TOKEN = "the token of boss";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String ELSEWHERE = "127.0.0.3";

    @TempDir
    private Path folder;

    private TestServer server;

    private void start(String... more) {
        List<String> settings = new ArrayList<>(List.of(more));
        settings.add("teahouse.admin { enabled = on, token = \"" + TOKEN + "\" }");
        settings.add("teahouse.irc.operators = [ { name = root, password = secret } ]");
        server = TestServer.start(settings.toArray(String[]::new));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String post(int status, String power, String arguments) {
        var answer = new AdminClient(server.port("admin")).post("/v1/" + power, TOKEN, arguments);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return answer.body();
    }

    private Peer connect(String door) {
        return Peer.connect("eve", ELSEWHERE, server.port(door), 0);
    }

    @Test
    void aBannedAddressIsToldWhyAtEveryDoorAndOthersCome() {
        start();
        post(200, "ban", "{\"target\":\"" + ELSEWHERE + "\",\"duration\":\"1h\",\"reason\":\"spam\"}");
        try (Peer plain = connect("plain");
                Peer irc = connect("irc");
                WebPeer web = WebPeer.connect(ELSEWHERE, server.port("web"));
                Peer bob = Peer.enter("bob", server.port())) {
            plain.until("you are banned from this server for ");
            irc.until("ERROR :Closing Link: you are banned from this server for ");
            assertThat(web.head()).startsWith("HTTP/1.1 503 ");
            bob.say("hi");
            bob.until("hi");
        }
    }

    @Test
    void aServerWhoseStoreIsAwayKeepsItsBansAsSoonAsTheStoreIsBack() throws IOException {
        try (PostgresProcess postgres = PostgresProcess.start(folder)) {
            String store = "teahouse.store { kind = postgresql, url = \"" + postgres.url()
                    + "\", timeout = 1 s, retry-interval = 50 ms }\nteahouse.irc.cloak = off\nteahouse.flood.enabled = off";
            start(store);
            post(200, "ban", "{\"target\":\"" + ELSEWHERE + "\"}");
            server.close();
            server = TestServer.startPrepared(opened -> kill(postgres), store);
            Peer early = connect("irc");
            early.say("NICK eve\nUSER eve 0 * :x");
            early.until(" 376 ");
            postgres.startAgain();
            early.until("you are banned from this server");
            String greeting = Peer.GREETING;
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (greeting.equals(Peer.GREETING)) {
                assertThat(System.nanoTime()).isLessThan(deadline);
                try (Peer eve = connect("plain")) {
                    greeting = eve.line();
                }
            }
            assertThat(greeting).contains("you are banned from this server");
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

    @Test
    void aBannedAddressGetsNoHandshakeOfTls() throws Exception {
        TestCertificate certificate = new TestCertificate(folder, "bans", "EC", "-1d");
        start("teahouse.irc { tls-port = 0, tls-certificate = \"" + certificate.certificate + "\", tls-key = \""
                + certificate.key + "\" }");
        post(200, "ban", "{\"target\":\"127.0.0.2/31\"}");
        try (Peer eve = connect("irc-tls")) {
            eve.expectText("\u0015\u0003\u0003\u0000\u00021".substring(0, 5)); // an alert, before anything was sent
            eve.drain();
        }
    }

    @Test
    void connectionsThatMatchAreEndedAndOthersOfTheNetworkStay() {
        start();
        try (Peer eve = connect("plain");
                Peer bob = Peer.enter("bob", server.port())) {
            eve.enter();
            bob.until("eve has joined");
            assertThat(post(200, "ban", "{\"target\":\"" + ELSEWHERE + "\",\"reason\":\"spam\"}"))
                    .contains("Banned 127.0.0.3 for 1d; it hits 1 user: eve");
            eve.until("you are banned from this server for 1d: spam");
            eve.drain();
            bob.until("eve has left");
        }
    }

    @Test
    void aBanBehindAProxyIsForTheClient() {
        start("teahouse.proxies { trusted = [ \"127.0.0.2\" ], proxy-protocol = on }");
        post(200, "ban", "{\"target\":\"192.0.2.0/24\"}");
        try (Peer plain = Peer.connect("eve", "127.0.0.2", server.port(), 0);
                Peer other = Peer.connect("bob", "127.0.0.2", server.port(), 0);
                WebPeer web = WebPeer.connect("127.0.0.2", server.port("web"))) {
            plain.send("PROXY TCP4 192.0.2.5 127.0.0.1 4711 25555\r\n".getBytes(StandardCharsets.US_ASCII));
            plain.until("you are banned from this server");
            other.send("PROXY TCP4 198.51.100.5 127.0.0.1 4711 25555\r\n".getBytes(StandardCharsets.US_ASCII));
            other.enter();
            web.upgrade("/", "X-Forwarded-For: 192.0.2.6");
            assertThat(web.head()).startsWith("HTTP/1.1 503 ");
        }
    }

    @Test
    void aBannedMaskIsRefusedAtRegistrationAndAnotherNickIsNot() {
        start();
        post(200, "ban", "{\"target\":\"eve*!*@*\",\"reason\":\"spam\"}");
        try (Peer eve = Peer.connect("eve2", server.port("irc"));
                Peer plain = Peer.connect("eve3", server.port());
                Peer bob = Peer.irc("bob", server.port("irc"))) {
            eve.say("NICK eve2");
            eve.say("USER eve 0 * :x");
            eve.until("ERROR :Closing Link: you are banned from this server for ");
            plain.say("eve3");
            plain.until("you are banned from this server for ");
            bob.say("WHOIS eve2");
            bob.until(" 401 bob eve2 ");
        }
    }

    @Test
    void aBannedMaskIsNoNickThatAUserTakesLater() {
        start();
        post(200, "ban", "{\"target\":\"eve*!*@*\",\"reason\":\"spam\"}");
        try (Peer bob = Peer.irc("bob", server.port("irc"))) {
            bob.say("NICK eve2");
            assertThat(bob.until(" 432 bob eve2 ")).contains("you are banned from this server for ", ": spam");
            bob.say("NICK cat");
            bob.until(" NICK ");
        }
    }

    @Test
    void aBannedAccountIsOnlineNoMoreAndCannotLogIn() {
        start();
        try (Peer eve = Peer.irc("eve", server.port("irc"))) {
            eve.say("REGISTER * * :sesame");
            eve.until("REGISTER SUCCESS");
            post(200, "ban", "{\"target\":\"account:Eve\"}");
            eve.until("ERROR :Closing Link: you are banned from this server");
        }
        try (Peer again = Peer.connect("eve", server.port())) {
            again.expect(Peer.GREETING);
            again.say("bob");
            again.until("bob has joined");
            again.say("/login eve sesame");
            again.until("you are banned from this server");
        }
        post(200, "unban", "{\"target\":\"account:eve\"}");
        try (Peer again = Peer.enter("bob", server.port())) {
            again.say("/login eve sesame");
            again.until("you are logged in");
        }
    }

    @Test
    void aBanThatHitsTheOperatorOrTooManyNeedsForce() {
        start("teahouse.operator.ban-limit = 1");
        try (Peer ann = Peer.irc("ann", server.port("irc"));
                Peer bob = Peer.irc("bob", server.port("irc"))) {
            assertThat(post(409, "ban", "{\"target\":\"127.0.0.1\"}")).contains("127.0.0.1 hits yourself");
            assertThat(post(409, "ban", "{\"target\":\"*!*@*.ip\"}")).contains("2 users: ann, bob, more than 1");
            ann.say("OPER root secret");
            ann.until(" 381 ");
            ann.say("BAN ann!*@*");
            ann.until("FAIL BAN CONFLICT :ann!*@* hits yourself");
            ann.say("MATCHES *!*@*.ip");
            ann.until("*!*@*.ip hits 2 users: ann, bob");
            assertThat(post(200, "ban", "{\"target\":\"*!*@*.ip\",\"force\":true}"))
                    .contains("it hits 2 users");
            bob.until("ERROR :Closing Link: you are banned");
        }
    }

    @Test
    void bansAndMaintenanceOutliveARestart() {
        String store = "teahouse.store { kind = sqlite, path = \"" + folder.resolve("chat.db") + "\" }";
        start(store);
        post(200, "ban", "{\"target\":\"" + ELSEWHERE + "\",\"reason\":\"spam\"}");
        post(200, "maintenance", "{\"state\":\"on\",\"text\":\"back at noon\"}");
        server.close();
        start(store);
        try (Peer eve = connect("plain");
                Peer bob = Peer.connect("bob", server.port())) {
            eve.until("you are banned from this server");
            bob.expect(Peer.GREETING);
            bob.say("bob");
            bob.until("nobody new can come in for now: back at noon");
        }
        assertThat(new AdminClient(server.port("admin"))
                        .send("GET", "/v1/bans", TOKEN)
                        .body())
                .contains("\"target\":\"127.0.0.3\"", "\"reason\":\"spam\"", "\"by\":\"teahouse.admin.token\"");
        assertThat(new AdminClient(server.port("admin"))
                        .send("GET", "/v1/audit", TOKEN)
                        .body())
                .contains("\"power\":\"ban\"", "\"power\":\"maintenance\"");
    }
}
