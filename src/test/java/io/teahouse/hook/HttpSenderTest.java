package io.teahouse.hook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import com.sun.net.httpserver.HttpServer;
import io.teahouse.room.Nick;
import io.teahouse.room.RoomName;
import io.teahouse.room.support.Network;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sends to an HTTP server at 127.0.0.1, by names that the test resolves. */
class HttpSenderTest {
    private static final ActorTestKit AKKA = ActorTestKit.create();
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(1500);
    private static final Targets THIS_MACHINE = new Targets(false, List.of(Network.parse("127.0.0.1")));
    private static final Targets PUBLIC = new Targets(false, List.of());

    private final List<String> hosts = new ArrayList<>();
    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            synchronized (hosts) {
                hosts.add(exchange.getRequestHeaders().getFirst("Host"));
            }
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, 0);
            byte[] much = new byte[200_000]; // more than is read
            exchange.getResponseBody().write(much);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @AfterAll
    static void shutDown() {
        AKKA.shutdownTestKit();
    }

    private String send(String url, Targets targets, HttpSender.Resolver resolver) throws NoSuchAlgorithmException {
        return send(url, targets, resolver, TIMEOUT);
    }

    private String send(String url, Targets targets, HttpSender.Resolver resolver, Duration timeout)
            throws NoSuchAlgorithmException {
        HttpSender sender = new HttpSender(
                AKKA.system(),
                "akka.actor.default-dispatcher",
                () -> new HookSettings.Sending(timeout, new HookSettings.Backoff(timeout, timeout), 10, targets),
                resolver,
                SSLContext.getDefault());
        HookSettings.Outgoing hook = new HookSettings.Outgoing(
                "archive",
                Nick.of("archive"),
                URI.create(url),
                Secret.of("whsec_" + Base64.getEncoder().encodeToString(new byte[24])),
                List.of(RoomName.of("tea")),
                EnumSet.allOf(HookEvent.class));
        return sender.send(hook, "1", "{}", 0)
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    private String url(String host) {
        return "http://" + host + ":" + server.getAddress().getPort() + "/";
    }

    private static HttpSender.Resolver to(String... literals) {
        return host -> {
            InetAddress[] all = new InetAddress[literals.length];
            for (int i = 0; i < literals.length; i++) {
                all[i] = InetAddress.getByName(literals[i]);
            }
            return all;
        };
    }

    @Test
    void anEventIsSentUnderTheNameOfTheReceiver() throws Exception {
        assertThat(send(url("hooks.example"), THIS_MACHINE, to("127.0.0.1"))).isEmpty();
        assertThat(hosts).containsExactly("hooks.example:" + server.getAddress().getPort());
    }

    @Test
    void nothingIsSentToAnAddressThatIsNotPublicWhateverItsForm() throws Exception {
        for (String host : List.of("127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]")) {
            assertThat(send(url(host), PUBLIC, HttpSender::lookUp)).contains("not a public address");
        }
        assertThat(send(url("hooks.example"), PUBLIC, to("127.0.0.1"))).contains("hooks.example leads to 127.0.0.1");
        assertThat(hosts).isEmpty();
    }

    @Test
    void oneAddressThatIsNotAllowedIsEnoughToRefuse() throws Exception {
        assertThat(send(url("hooks.example"), THIS_MACHINE, to("127.0.0.1", "10.0.0.1")))
                .contains("10.0.0.1");
        assertThat(hosts).isEmpty();
    }

    @Test
    void aNameThatLeadsElsewhereAfterTheCheckChangesNothing() throws Exception {
        AtomicInteger lookUps = new AtomicInteger();
        HttpSender.Resolver changing = host ->
                to(lookUps.getAndIncrement() == 0 ? "127.0.0.1" : "127.0.0.2").addresses(host);
        assertThat(send(url("hooks.example"), THIS_MACHINE, changing)).isEmpty();
        assertThat(lookUps).hasValue(1);
        assertThat(send(url("hooks.example"), THIS_MACHINE, changing)).contains("127.0.0.2");
        assertThat(hosts).hasSize(1);
    }

    @Test
    void aNameWithoutAnAddressIsAFailure() throws Exception {
        HttpSender.Resolver none = host -> {
            throw new UnknownHostException(host);
        };
        assertThat(send(url("hooks.example"), PUBLIC, none)).isEqualTo("there is no address of hooks.example");
    }

    @Test
    void aReceiverThatDoesNotAnswerIsAFailure() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(send("http://hooks.example:" + silent.getLocalPort(), THIS_MACHINE, to("127.0.0.1"), SHORT))
                    .isEqualTo("it does not answer in time");
        }
    }

    @Test
    void aReceiverWhoseAnswerNeverEndsIsAFailure() throws Exception {
        try (ServerSocket slow = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread drip = new Thread(() -> {
                try (Socket socket = slow.accept()) {
                    socket.getOutputStream().write("HTTP/1.1 200 OK\r\nX: ".getBytes(UTF_8));
                    for (int i = 0; i < 1000; i++) {
                        socket.getOutputStream().write('x');
                        socket.getOutputStream().flush();
                        Thread.sleep(50);
                    }
                } catch (IOException | InterruptedException e) {
                    // the sender has hung up
                }
            });
            drip.start();
            assertThat(send("http://hooks.example:" + slow.getLocalPort(), THIS_MACHINE, to("127.0.0.1"), SHORT))
                    .isEqualTo("it does not answer in time");
            drip.join(30_000);
            assertThat(drip.isAlive()).isFalse();
        }
    }
}
