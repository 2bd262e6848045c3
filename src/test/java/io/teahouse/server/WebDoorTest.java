package io.teahouse.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.TestServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The web door: WebSockets that speak IRC, in the same room as everybody else. */
class WebDoorTest {
    private static final String TEXT = "text.ircv3.net";
    private static final String BINARY = "binary.ircv3.net";

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static int port() {
        return server.port("web");
    }

    @Test
    void aBrowserIsInTheSameRoomAsNetcatAndIrc() {
        try (WebPeer ann = WebPeer.register("ann", port(), TEXT);
                WebPeer bob = WebPeer.register("bob", port(), BINARY);
                Peer cyd = Peer.enter("cyd", server.port())) {
            ann.say("JOIN #lobby");
            ann.until(" 366 ");
            cyd.expect("ann has joined the chat");
            bob.say("JOIN #lobby");
            bob.until(" 366 ");
            ann.until("bob!");
            cyd.expect("bob has joined the chat");
            ann.say("PRIVMSG #lobby :grüß Gott");
            cyd.expect("ann: grüß Gott");
            assertThat(bob.until("PRIVMSG")).endsWith("PRIVMSG #lobby :grüß Gott");
            cyd.say("hi");
            cyd.expect("cyd: hi");
            assertThat(ann.until("PRIVMSG")).endsWith("PRIVMSG #lobby :hi");
            assertThat(bob.until("PRIVMSG")).endsWith("PRIVMSG #lobby :hi");
            ann.say("QUIT :bye");
            assertThat(ann.untilClosed()).isEqualTo(1000);
            cyd.expect("ann has left the chat... (bye)");
        }
    }

    @Test
    void linesAreFramesOfTheKindThatTheClientPrefers() {
        try (WebPeer dan = WebPeer.connect(port())) {
            dan.upgrade("/", "Sec-WebSocket-Protocol: unknown, " + BINARY + ", " + TEXT);
            assertThat(dan.head()).contains("\r\nSec-WebSocket-Protocol: " + BINARY + "\r\n");
            dan.say("PING x");
            assertThat(dan.frame().first()).isEqualTo(WebPeer.FIN | WebPeer.BINARY);
        }
        try (WebPeer dan = WebPeer.open(port(), TEXT)) {
            dan.say("PING x");
            assertThat(dan.frame().first()).isEqualTo(WebPeer.FIN | WebPeer.TEXT);
        }
    }

    @Test
    void aClientWithoutSubprotocolGetsText() {
        try (WebPeer dan = WebPeer.connect(port())) {
            dan.upgrade("/");
            assertThat(dan.head()).startsWith("HTTP/1.1 101 ").doesNotContain("Sec-WebSocket-Protocol");
            dan.say("PING x");
            assertThat(dan.frame().first()).isEqualTo(WebPeer.FIN | WebPeer.TEXT);
        }
    }

    /** The example of RFC 6455 §1.3. */
    @Test
    void theKeyIsAnsweredAsTheStandardSays() {
        try (WebPeer dan = WebPeer.connect(port())) {
            dan.send(WebPeer.request("/")
                    .replace("AAAAAAAAAAAAAAAAAAAAAA==", "dGhlIHNhbXBsZSBub25jZQ==")
                    .getBytes(ISO_8859_1));
            assertThat(dan.head()).contains("\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n");
        }
    }

    @Test
    void theClientOfTheJdkChats() throws Exception {
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        WebSocket eve = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols(TEXT, BINARY)
                .buildAsync(URI.create("ws://127.0.0.1:" + port() + "/irc"), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
                        lines.add(data.toString());
                        socket.request(1);
                        return null;
                    }

                    @Override
                    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
                        lines.add("closed " + code);
                        return null;
                    }
                })
                .get(30, TimeUnit.SECONDS);
        assertThat(eve.getSubprotocol()).isEqualTo(TEXT);
        eve.sendText("NICK eve", true).get();
        eve.sendText("USER eve 0 ", false).get(); // a fragment
        eve.sendText("* :x", true).get();
        String line = "";
        while (!line.contains(" 376 ")) {
            line = lines.poll(30, TimeUnit.SECONDS);
        }
        eve.sendText("PRIVMSG eve :to myself", true).get();
        assertThat(lines.poll(30, TimeUnit.SECONDS)).endsWith("PRIVMSG eve :to myself");
        eve.sendClose(WebSocket.NORMAL_CLOSURE, "bye").get();
        assertThat(lines.poll(30, TimeUnit.SECONDS)).isEqualTo("closed 1000");
    }

    // Pages

    private static String get(WebPeer peer, String path, String... fields) {
        StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n");
        for (String field : fields) {
            request.append(field).append("\r\n");
        }
        peer.send(request.append("\r\n").toString().getBytes(UTF_8));
        return peer.head();
    }

    @Test
    void theStartPageIsServedWithSafeHeaders() {
        try (WebPeer dan = WebPeer.connect(port())) {
            String head = get(dan, "/");
            assertThat(head)
                    .startsWith("HTTP/1.1 200 ")
                    .contains("\r\nContent-Type: text/html; charset=UTF-8\r\n")
                    .contains("\r\nContent-Security-Policy: default-src 'none'; script-src 'self';")
                    .contains("\r\nX-Content-Type-Options: nosniff\r\n")
                    .doesNotContain("Server:")
                    .doesNotContain("unsafe");
            assertThat(dan.body(head)).contains("<title>Teahouse");
            assertThat(get(dan, "/teahouse.css")).contains("\r\nContent-Type: text/css; charset=UTF-8\r\n");
        }
    }

    @Test
    void aFileThatHasNotChangedIsNotSentAgain() {
        try (WebPeer dan = WebPeer.connect(port())) {
            String head = get(dan, "/");
            dan.body(head);
            int at = head.indexOf("ETag: ") + "ETag: ".length();
            String tag = head.substring(at, head.indexOf('\r', at));
            assertThat(get(dan, "/", "If-None-Match: " + tag)).startsWith("HTTP/1.1 304 ");
        }
    }

    @Test
    void nothingButTheFilesOfThePageIsServed() {
        for (String path : new String[] {
            "/nothing.html",
            "/../reference.conf",
            "/%2e%2e/reference.conf",
            "/.html",
            "//",
            "/web/",
            "/a//b.js",
            "/x.class"
        }) {
            try (WebPeer dan = WebPeer.connect(port())) {
                assertThat(get(dan, path)).as(path).startsWith("HTTP/1.1 404 ");
            }
        }
    }

    @Test
    void pagesAreOnlyRead() {
        try (WebPeer dan = WebPeer.connect(port())) {
            dan.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\nhi".getBytes(UTF_8));
            assertThat(dan.head()).startsWith("HTTP/1.1 405 ").contains("\r\nAllow: GET, HEAD\r\n");
        }
    }
}
