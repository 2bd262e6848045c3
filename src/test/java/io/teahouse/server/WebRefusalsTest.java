package io.teahouse.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.TestServer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Connections at the web door that are accepted and get nowhere: what is logged of them, and what they hold. */
class WebRefusalsTest {
    private static final String PROXY = "127.0.0.2";

    private static TestServer server(String... more) {
        List<String> settings = new ArrayList<>(List.of(
                "teahouse.limits.max-connections-per-address = 2",
                "teahouse.web.request-timeout = 4 s",
                "teahouse.proxies { trusted = [ \"" + PROXY + "\" ], proxy-protocol = on }"));
        settings.addAll(List.of(more));
        return TestServer.start(settings.toArray(String[]::new));
    }

    private static List<String> await(LogLines log, String text) {
        long end = System.nanoTime() + 40_000_000_000L;
        while (log.about(text).isEmpty() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        return log.about(text);
    }

    @Test
    void aRefusedOriginIsLogged() {
        try (TestServer server = server();
                LogLines log = new LogLines();
                WebPeer peer = WebPeer.connect("127.0.0.3", server.port("web"))) {
            peer.upgrade("/", "Origin: https://evil.example");
            assertThat(peer.head()).startsWith("HTTP/1.1 403 ");
            assertThat(await(log, "refused: 127.0.0.3: "))
                    .containsExactly("refused: 127.0.0.3: pages of that site may not connect to this server");
        }
    }

    @Test
    void whoIsRefusedBehindAProxyIsLoggedByTheirOwnAddress() {
        try (TestServer server = server();
                LogLines log = new LogLines();
                WebPeer one = forwarded(server);
                WebPeer two = forwarded(server);
                WebPeer three = forwarded(server)) {
            assertThat(List.of(one.head(), two.head(), three.head()))
                    .filteredOn(head -> head.startsWith("HTTP/1.1 503 "))
                    .hasSize(1);
            assertThat(await(log, "refused: "))
                    .containsExactly("refused: 198.51.100.1: too many connections from your address (2 at most)");
        }
    }

    private static WebPeer forwarded(TestServer server) {
        WebPeer peer = WebPeer.connect(PROXY, server.port("web"));
        peer.upgrade("/", "X-Forwarded-For: 198.51.100.1");
        return peer;
    }

    @Test
    void aRequestThatIsNoneIsLogged() {
        try (TestServer server = server();
                LogLines log = new LogLines();
                WebPeer peer = WebPeer.connect("127.0.0.4", server.port("web"))) {
            peer.send("NICK ann\r\n".getBytes(ISO_8859_1));
            assertThat(peer.head()).startsWith("HTTP/1.1 400 ");
            assertThat(await(log, "refused: 127.0.0.4: ")).hasSize(1);
        }
    }

    @Test
    void aProxyWithoutItsHeaderIsLogged() {
        try (TestServer server = server();
                LogLines log = new LogLines();
                Peer peer = Peer.connect("bad", PROXY, server.port("irc"), 0)) {
            peer.say("NICK ann\r");
            peer.until("ERROR");
            assertThat(await(log, "refused: "))
                    .containsExactly("refused: " + PROXY + ": a trusted proxy must send a PROXY header");
        }
    }

    /** Browsers open connections in advance and may never use them. */
    @Test
    void aSlowRequestIsLoggedAndAnUnusedConnectionIsNot() {
        try (TestServer server = server();
                LogLines log = new LogLines();
                WebPeer unused = WebPeer.connect("127.0.0.5", server.port("web"));
                WebPeer slow = WebPeer.connect("127.0.0.6", server.port("web"))) {
            slow.send("GET / HT".getBytes(ISO_8859_1));
            assertThat(unused.head()).startsWith("HTTP/1.1 408 ");
            assertThat(slow.head()).startsWith("HTTP/1.1 408 ");
            assertThat(await(log, "refused: ")).containsExactly("refused: 127.0.0.6: the request took too long");
        }
    }

    @Test
    void aNameOfAnotherSiteIsRefused() {
        try (TestServer server = server();
                WebPeer socket = WebPeer.connect("127.0.0.7", server.port("web"));
                WebPeer page = WebPeer.connect("127.0.0.7", server.port("web"))) {
            socket.send(WebPeer.request("/", "Origin: http://evil.example:8080")
                    .replace("Host: localhost", "Host: evil.example:8080")
                    .getBytes(ISO_8859_1));
            assertThat(socket.head()).startsWith("HTTP/1.1 421 ");
            page.send("GET / HTTP/1.1\r\nHost: evil.example:8080\r\n\r\n".getBytes(ISO_8859_1));
            assertThat(page.head()).startsWith("HTTP/1.1 421 ");
        }
    }

    @Test
    void listedNamesOfTheServerAreItsOwn() {
        try (TestServer server = server("teahouse.web.hosts = [ Chat.Example.org ]");
                WebPeer ours = WebPeer.connect("127.0.0.8", server.port("web"));
                WebPeer evil = WebPeer.connect(PROXY, server.port("web"))) {
            ours.send(WebPeer.request("/", "Origin: https://chat.example.org")
                    .replace("Host: localhost", "Host: chat.example.org")
                    .getBytes(ISO_8859_1));
            assertThat(ours.head()).startsWith("HTTP/1.1 101 ");
            evil.send(WebPeer.request("/")
                    .replace("Host: localhost", "Host: evil.example")
                    .getBytes(ISO_8859_1));
            assertThat(evil.head()).startsWith("HTTP/1.1 421 ");
        }
    }

    @Test
    void requestsThatNeverEndCountInTheBudgetOfInput() {
        int many = 20;
        byte[] begun = ("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "y".repeat(7000)).getBytes(ISO_8859_1);
        List<WebPeer> peers = new ArrayList<>();
        try (TestServer server = server(
                "teahouse.limits.max-connections-per-address = 100",
                "teahouse.limits.input-bytes = 64 KiB",
                "teahouse.web.request-timeout = 1 minute")) {
            for (int i = 0; i < many; i++) {
                WebPeer peer = WebPeer.connect(server.port("web"));
                peer.send(begun);
                peers.add(peer);
            }
            int fit = 64 * 1024 / begun.length;
            Set<WebPeer> cutOff = new HashSet<>();
            long end = System.nanoTime() + 40_000_000_000L;
            while (cutOff.size() < many - fit - 1 && System.nanoTime() < end) {
                peers.stream()
                        .filter(peer -> !cutOff.contains(peer) && peer.isEnded())
                        .forEach(cutOff::add);
            }
            assertThat(cutOff).hasSizeBetween(many - fit - 1, many - 1);
            WebPeer kept = peers.stream()
                    .filter(peer -> !cutOff.contains(peer) && !peer.isEnded())
                    .findFirst()
                    .orElseThrow();
            kept.send("\r\n\r\n".getBytes(ISO_8859_1));
            assertThat(kept.head()).startsWith("HTTP/1.1 200 ");
            peers.forEach(WebPeer::close);
        }
    }
}
