package io.teahouse.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.TestServer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The first request of a connection at the web door, as strangers send it (RFC 6455 §4.2, RFC 9112). */
class WebHandshakeTest {
    private static final String KEY = "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n";

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start(
                "teahouse.flood.enabled = off",
                "teahouse.web.request-timeout = 5 s",
                "teahouse.web.origins = [ \"https://friend.example\" ]");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<Arguments> requests() {
        return Stream.of(
                request("no change", 101, head -> head),
                request("/irc", 101, head -> head.replace("GET / ", "GET /irc ")),
                request("a query", 101, head -> head.replace("GET / ", "GET /irc?a=b ")),
                request("names in other case", 101, head -> head.replace("Upgrade: websocket", "UPGRADE: WebSocket")),
                request("two connection options", 101, head -> head.replace(": Upgrade", ": keep-alive, Upgrade")),
                request("another path", 404, head -> head.replace("GET / ", "GET /chat ")),
                request("POST", 400, head -> head.replace("GET / ", "POST / ")),
                request("no key", 400, head -> head.replace(KEY, "")),
                request("two keys", 400, head -> head.replace(KEY, KEY + KEY)),
                request("a short key", 400, head -> head.replace("AAAAAAAAAAAAAAAAAAAAAA==", "AAAA")),
                request("a key that is no base64", 400, head -> head.replace("AAAA==", "AA?A==")),
                request("no version", 426, head -> head.replace("Sec-WebSocket-Version: 13\r\n", "")),
                request("version 8", 426, head -> head.replace("Version: 13", "Version: 8")),
                request("no host", 400, head -> head.replace("Host: localhost\r\n", "")),
                request("two hosts", 400, head -> head.replace("Host:", "Host: a\r\nHost:")),
                request("no connection option", 400, head -> head.replace("Connection: Upgrade\r\n", "")),
                request("a body", 400, head -> field(head, "Content-Length: 5")),
                request("a chunked body", 400, head -> field(head, "Transfer-Encoding: chunked")),
                request("a space before the colon", 400, head -> field(head, "X : y")),
                request("a folded line", 400, head -> field(head, "X: y\r\n z")),
                request("a control character", 400, head -> field(head, "X: y\u0001z")),
                request("a line without a colon", 400, head -> field(head, "hello")),
                request("a head that is too long", 431, head -> field(head, "X: " + "y".repeat(9000))),
                request("HTTP/3.0", 400, head -> head.replace("HTTP/1.1", "HTTP/3.0")),
                request("another protocol", 400, head -> "NICK ann\r\nUSER ann 0 * :x\r\n\r\n"),
                request("TLS", 400, head -> "\u0016\u0003\u0001\u0002\u0000\u0001"),
                request("no page", 400, head -> "GET\r\n\r\n"),
                request("the same host", 101, head -> field(head, "Origin: http://localhost")),
                request(
                        "the same host and port",
                        101,
                        head -> field(
                                head.replace("Host: localhost", "Host: localhost:8080"),
                                "Origin: http://localhost:8080")),
                request("the same host, behind TLS", 101, head -> field(head, "Origin: https://LOCALHOST:443")),
                request("another port", 403, head -> field(head, "Origin: http://localhost:81")),
                request("a friend", 101, head -> field(head, "Origin: https://friend.example")),
                request("a friend without TLS", 403, head -> field(head, "Origin: http://friend.example")),
                request("another site", 403, head -> field(head, "Origin: https://localhost.evil.example")),
                request("a site like ours", 403, head -> field(head, "Origin: https://evil-localhost")),
                request("a page without origin", 403, head -> field(head, "Origin: null")),
                request(
                        "two origins",
                        403,
                        head -> field(head, "Origin: http://localhost\r\nOrigin: http://localhost")),
                request("an extension", 101, head -> field(head, "Sec-WebSocket-Extensions: permessage-deflate")));
    }

    private static Arguments request(String name, int status, UnaryOperator<String> change) {
        return Arguments.of(name, change.apply(WebPeer.request("/")), status);
    }

    private static String field(String head, String field) {
        return head.substring(0, head.length() - 2) + field + "\r\n\r\n";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void aRequestGetsItsStatus(String name, String request, int status) {
        try (WebPeer peer = WebPeer.connect(server.port("web"))) {
            peer.send(request.getBytes(ISO_8859_1));
            assertThat(peer.head())
                    .startsWith("HTTP/1.1 " + status + " ")
                    .doesNotContain("Extensions")
                    .doesNotContain("Server:");
        }
    }

    @Test
    void framesMayComeWithTheRequest() {
        try (WebPeer peer = WebPeer.connect(server.port("web"))) {
            byte[] head = WebPeer.request("/").getBytes(ISO_8859_1);
            byte[] frame = WebPeer.frame(WebPeer.FIN | WebPeer.TEXT, "PING a".getBytes(ISO_8859_1));
            byte[] both = new byte[head.length + frame.length];
            System.arraycopy(head, 0, both, 0, head.length);
            System.arraycopy(frame, 0, both, head.length, frame.length);
            peer.send(both);
            assertThat(peer.head()).startsWith("HTTP/1.1 101 ");
            assertThat(peer.frame().text()).endsWith(":a");
        }
    }

    @Test
    void aSlowRequestIsRefused() {
        try (WebPeer peer = WebPeer.connect(server.port("web"))) {
            peer.send("GET / HTTP/1.1\r\n".getBytes(ISO_8859_1));
            assertThat(peer.head()).startsWith("HTTP/1.1 408 ");
        }
    }
}
