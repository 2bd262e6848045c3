package io.teahouse.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A receiver of webhooks, which verifies signatures and drops repeats. It can be stopped and started again at its port. */
final class HookReceiver implements AutoCloseable {
    static final String SECRET =
            "whsec_" + Base64.getEncoder().encodeToString("0123456789abcdef01234567".getBytes(UTF_8));

    private final Map<String, String> bodies = new LinkedHashMap<>();
    private final List<String> requests = new ArrayList<>();
    private int status = 204;
    private HttpServer server;
    private int port;

    HookReceiver() {
        start();
    }

    int port() {
        return port;
    }

    /** The settings of a hook of that id that tells this receiver of that room. */
    String hook(String id, String more) {
        return "{ id = " + id + ", url = \"http://127.0.0.1:" + port + "/teahouse?key=1\", secret = \"" + SECRET + "\" "
                + more + " }";
    }

    void start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            port = server.getAddress().getPort();
            server.createContext("/", this::handle);
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers with that from now on. */
    synchronized void answer(int with) {
        status = with;
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        var headers = exchange.getRequestHeaders();
        String id = headers.getFirst("webhook-id");
        assertThat(verify(id, headers.getFirst("webhook-timestamp"), headers.getFirst("webhook-signature"), body))
                .isTrue();
        int answer;
        synchronized (this) {
            answer = status;
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            if (answer < 300) {
                bodies.putIfAbsent(id, new String(body, UTF_8));
            }
            notifyAll();
        }
        if (answer >= 300 && answer < 400) {
            exchange.getResponseHeaders().set("Location", "http://127.0.0.1:" + port + "/elsewhere");
        }
        exchange.sendResponseHeaders(answer, -1);
        exchange.close();
    }

    /** As doc/webhooks.md shows it. */
    static boolean verify(String id, String timestamp, String signature, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(SECRET.substring("whsec_".length())), "HmacSHA256"));
            mac.update((id + "." + timestamp + ".").getBytes(UTF_8));
            byte[] expected = ("v1," + Base64.getEncoder().encodeToString(mac.doFinal(body))).getBytes(UTF_8);
            return MessageDigest.isEqual(expected, signature.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until so many different events have come; returns their bodies in the order in which each came first. */
    List<String> await(int events) throws InterruptedException {
        return await(bodies -> bodies.size() >= events);
    }

    /** Waits until such an event has come; returns the bodies of all. */
    List<String> awaitEvent(Predicate<String> last) throws InterruptedException {
        return await(bodies -> bodies.stream().anyMatch(last));
    }

    private synchronized List<String> await(Predicate<Collection<String>> enough) throws InterruptedException {
        waitFor(() -> enough.test(bodies.values()));
        return List.copyOf(bodies.values());
    }

    /** Waits until so many requests have come; returns their first lines. */
    synchronized List<String> awaitRequests(int count) throws InterruptedException {
        waitFor(() -> requests.size() >= count);
        return List.copyOf(requests);
    }

    /** Waits until a message with that text has come; returns the texts of all, in the order in which each came first. */
    List<String> awaitText(String last) throws InterruptedException {
        return texts(await(bodies -> texts(bodies).contains(last)));
    }

    private synchronized void waitFor(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
        while (!condition.getAsBoolean()) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            assertThat(left).as("in time: %s %s", requests, bodies).isPositive();
            wait(left);
        }
    }

    private static List<String> texts(Collection<String> bodies) {
        return bodies.stream()
                .filter(body -> body.contains("\"text\":\""))
                .map(body -> body.substring(body.indexOf("\"text\":\"") + 8, body.lastIndexOf('"')))
                .toList();
    }

    void stop() {
        server.stop(0);
    }

    @Override
    public void close() {
        stop();
    }
}
