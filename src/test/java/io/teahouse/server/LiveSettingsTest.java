package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.TestServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Settings are changed while two users talk to each other without a pause: each change takes effect, and neither of the two is
 * disconnected or loses a message.
 */
class LiveSettingsTest {
    private static final String TOKEN = "a token for the test";
    private static final long PATIENCE_SECONDS = 30;
    private static final int ENOUGH = 100;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicBoolean talking = new AtomicBoolean(true);
    private TestServer server;
    private CompletableFuture<Integer> said;
    private CompletableFuture<Integer> heard;

    @BeforeEach
    void start() {
        server = TestServer.start(
                "teahouse.admin { enabled = on, port = 0, token = \"" + TOKEN + "\" }",
                "teahouse.web { enabled = on, port = 0 }",
                "teahouse.flood { burst = 100000, per-second = 100000 }");
        Peer ann = enter("ann");
        Peer bob = enter("bob");
        ann.until(" JOIN ");
        said = CompletableFuture.supplyAsync(() -> talk(ann), threads);
        heard = CompletableFuture.supplyAsync(() -> listen(bob), threads);
    }

    @AfterEach
    void theTwoHaveNotNoticedAnything() throws InterruptedException, ExecutionException, TimeoutException {
        talking.set(false);
        int all = said.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(all).isGreaterThan(ENOUGH);
        assertThat(heard.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(all);
        threads.shutdownNow();
        server.close();
    }

    private Peer enter(String nick) {
        Peer peer = connect(nick);
        peer.say("JOIN #tea");
        peer.until(" 366 ");
        return peer;
    }

    private Peer connect(String nick) {
        Peer peer = Peer.connect(nick, server.port("irc"));
        peer.say("NICK " + nick + "\nUSER u 0 * :r");
        peer.until(" 376 ");
        return peer;
    }

    /** Returns how many messages were sent, the last of which says so. */
    private int talk(Peer ann) {
        int messages = 0;
        while (talking.get() || messages <= ENOUGH) {
            ann.say("PRIVMSG #tea :" + ++messages + "\nPING " + messages);
            ann.until(" PONG ");
        }
        ann.say("PRIVMSG #tea :last");
        return messages;
    }

    private static int listen(Peer bob) {
        int messages = 0;
        while (true) {
            String text = bob.until(" PRIVMSG #tea :");
            if (text.endsWith(":last")) {
                return messages;
            }
            assertThat(text).endsWith(":" + ++messages);
        }
    }

    /** Reloads, and returns what the server says has changed. */
    private String change(String... settings) {
        server.changeSettings(settings);
        HttpResponse<String> answer = new AdminClient(server.port("admin")).send("POST", "/reload", TOKEN);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    @Test
    void limitsOnConnections() {
        assertThat(change("teahouse.limits.max-connections-per-address = 2"))
                .contains("\"changed\":[\"teahouse.limits.max-connections-per-address\"]");
        try (Peer third = Peer.connect("cy", server.port("irc"))) {
            assertThat(third.line()).contains("too many connections from your address (2 at most)");
        }
        change("teahouse.limits.max-connections = 2");
        try (Peer third = Peer.connect("cy", server.port("irc"))) {
            assertThat(third.line()).contains("the server is full (2 connections)");
        }
        change("teahouse.limits.classes = [ { addresses = [ \"127.0.0.0/8\" ], max-connections-per-address = 3 } ]");
        connect("cy").close();
    }

    /** A client without points waits; the answer to its second line comes when it has points again, so after the reload. */
    @Test
    void howFastClientsMaySendIfTheyAreConnected() {
        try (Peer cy = connect("cy")) {
            change("teahouse.flood { burst = 1, per-second = 0.01 }");
            cy.say("PING one\nPING two\nPING three");
            cy.until(":one");
            change("teahouse.flood { enabled = off }");
            cy.until(":three");
        }
    }

    @Test
    void timeLimitsOfNewConnections() {
        change("teahouse.limits.name-timeout = 300 ms");
        try (Peer cy = Peer.connect("cy", server.port("irc"))) {
            cy.drain();
        }
        change("teahouse.limits.idle-timeout = 3 s");
        try (Peer cy = connect("cy")) {
            cy.drain();
        }
        change();
        connect("cy").close();
    }

    @Test
    void whichPagesMayConnect() {
        assertThat(upgrade("https://chat.example")).isEqualTo(403);
        change("teahouse.web.origins = [ \"https://chat.example\" ]");
        assertThat(upgrade("https://chat.example")).isEqualTo(101);
        change();
        assertThat(upgrade("https://chat.example")).isEqualTo(403);
    }

    private int upgrade(String origin) {
        try (Peer browser = Peer.connect("browser", server.port("web"))) {
            browser.say("GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nOrigin: "
                    + origin + "\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r");
            return Integer.parseInt(browser.line().substring("HTTP/1.1 ".length(), "HTTP/1.1 101".length()));
        }
    }

    @Test
    void whichSitesMayShowARoom() {
        assertThat(embed().statusCode()).isEqualTo(404);
        change("teahouse.web.embedders = [ \"https://site.example\" ]");
        assertThat(embed().statusCode()).isEqualTo(200);
        change();
        assertThat(embed().statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> embed() {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://" + Peer.HOST + ":" + server.port("web") + "/embed.js"))
                .build();
        return HttpClient.newHttpClient()
                .sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    @Test
    void whatTheIrcDoorSays() {
        change("teahouse.irc { motd = \"Closed on Sundays.\", operators = [ { name = root, password = secret } ] }");
        try (Peer cy = connect("cy")) {
            cy.say("MOTD");
            assertThat(cy.until(" 372 ")).contains("Closed on Sundays.");
            cy.say("OPER root secret");
            cy.until(" 381 ");
            server.changeSettings("teahouse.irc.motd = \"Open again.\"");
            cy.say("REHASH");
            assertThat(cy.until(" NOTICE cy :changed")).endsWith("changed: teahouse.irc.motd, teahouse.irc.operators");
        }
    }

    @Test
    void whoIsAnOperator() {
        String two = "{ name = root, password = secret }, { name = mod, password = other }";
        change("teahouse.irc.operators = [ " + two + " ]");
        try (Peer cy = connect("cy");
                Peer dan = connect("dan")) {
            cy.say("OPER root secret");
            cy.until(" 381 ");
            dan.say("OPER mod other");
            dan.until(" 381 ");
            change("teahouse.irc.operators = [ { name = root, password = secret, privileges = [ bans ] },"
                    + " { name = mod, password = changed } ]");
            dan.until(" MODE dan -o");
            dan.until("NOTICE dan :*** you are no operator of the server any more: the settings have changed");
            cy.say("MODE cy");
            assertThat(cy.until(" 221 ")).endsWith("+o");
            change();
            cy.until(" MODE cy -o");
        }
    }

    @Test
    void whoseTokenTheAdminPortKnows() {
        String guest = "a token for guests";
        AdminClient admin = new AdminClient(server.port("admin"));
        assertThat(admin.send("GET", "/metrics", guest).statusCode()).isEqualTo(401);
        change("teahouse.admin.tokens = [ { name = guest, token = \"" + guest + "\", privileges = [ metrics ] } ]");
        assertThat(admin.send("GET", "/metrics", guest).statusCode()).isEqualTo(200);
        change();
        assertThat(admin.send("GET", "/metrics", guest).statusCode()).isEqualTo(401);
        change("teahouse.admin.token = \"another token for the test\"");
        assertThat(admin.send("GET", "/metrics", TOKEN).statusCode()).isEqualTo(401);
    }

    /** All that {@code doc/operating.md} lists, each with another value than the default. */
    @Test
    void everySettingThatIsSaidToBeLive() throws IOException {
        List<String> live = List.of(
                "irc.server-name = \"tea.example\"",
                "irc.network-name = Other",
                "irc.description = \"Another place\"",
                "irc.password = open-sesame",
                "irc.utf8-nicks = off",
                "irc.operators = [ { name = root, password = secret } ]",
                "irc.default-user-modes = i",
                "irc.motd = \"Closed on Sundays.\"",
                "irc.admin = [ \"Nowhere\" ]",
                "irc.history-lines = 3",
                "irc.sts-duration = 1 day",
                "operator.classes = [ { name = moderator, privileges = [ bans ] } ]",
                "operator.default-ban-duration = 2 hours",
                "operator.ban-limit = 3",
                "admin.tokens = [ { name = guest, token = \"a token for guests\", privileges = [ metrics ] } ]",
                "web.origins = [ \"https://chat.example\" ]",
                "web.hosts = [ chat.example ]",
                "web.embedders = [ \"https://site.example\" ]",
                "limits.max-connections = 77",
                "limits.max-connections-per-address = 66",
                "limits.max-connections-per-network = 70",
                "limits.classes = [ { addresses = [ \"192.0.2.0/24\" ], flood = off } ]",
                "limits.name-timeout = 50 s",
                "limits.idle-timeout = 10 minutes",
                "limits.messages-under-way = 10",
                "limits.monitor = 5",
                "limits.rooms-per-client = 5",
                "limits.multiline-max-lines = 5",
                "limits.history = 50",
                "limits.metadata-subs = 5",
                "limits.metadata-value-bytes = 100",
                "flood.burst = 90000",
                "flood.work-burst = 1000",
                "log.level = warn",
                "log.levels = [ \"net=error\" ]",
                "webhooks.incoming = [ { id = ci, room = tea, token = \"" + TOKEN + "\" } ]",
                "webhooks.rate-burst = 5",
                "webhooks.outgoing = [ { id = archive, rooms = [ tea ], url = \"https://example.invalid\", secret = \""
                        + HookReceiver.SECRET + "\" } ]",
                "webhooks.timeout = 1 s",
                "webhooks.retry-delay = 2 s",
                "webhooks.longest-retry-delay = 1 hour",
                "webhooks.max-waiting = 5",
                "webhooks.allow-private = on",
                "webhooks.allowed-networks = [ \"10.1.0.0/16\" ]");
        String listed = Files.readString(Path.of("doc/operating.md"));
        String changed = change(live.stream().map(each -> "teahouse." + each).toArray(String[]::new));
        for (String each : live) {
            String name = each.substring(0, each.indexOf(' '));
            assertThat(changed).contains("\"teahouse." + name + "\"");
            assertThat(listed).contains("`" + name.substring(0, name.indexOf('.')) + "`");
        }
        assertThat(changed).contains("\"needRestart\":[]", "\"unknown\":[]");
        try (Peer cy = Peer.connect("cy", server.port("irc"))) {
            cy.say("PASS open-sesame\nNICK cy\nUSER u 0 * :r");
            assertThat(cy.until(" 372 ")).startsWith(":tea.example ").endsWith("Closed on Sundays.");
            cy.until(" 376 ");
            cy.say("MODE cy");
            assertThat(cy.until(" 221 ")).endsWith("+i");
            cy.say("ADMIN\nMONITOR + a,b,c,d,e,f");
            assertThat(cy.until(" 257 ")).endsWith("Nowhere");
            cy.until(" 734 ");
        }
    }

    @Test
    void aReloadWithAWrongSettingChangesNothing() {
        server.changeSettings("teahouse { irc.motd = new, flood.burst = 0, web.origins = [ \"no origin\" ] }");
        HttpResponse<String> answer = new AdminClient(server.port("admin")).send("POST", "/reload", TOKEN);
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("teahouse.flood.burst", "teahouse.web.origins");
        try (Peer cy = connect("cy")) {
            cy.say("MOTD");
            assertThat(cy.until(" 372 ")).doesNotContain("new");
        }
    }
}
