package io.teahouse.admin;

import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.http.javadsl.Http;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.Connection;
import akka.http.scaladsl.model.EntityStreamException;
import akka.http.scaladsl.model.EntityStreamSizeException;
import akka.stream.ActorAttributes;
import akka.stream.KillSwitches;
import akka.stream.SharedKillSwitch;
import akka.stream.SystemMaterializer;
import akka.stream.TLSClosing;
import akka.stream.TLSProtocol;
import akka.stream.javadsl.BidiFlow;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.stream.javadsl.TLS;
import akka.stream.javadsl.Tcp;
import akka.util.ByteString;
import io.teahouse.client.Peer;
import io.teahouse.hook.IncomingHooks;
import io.teahouse.net.NoTls;
import io.teahouse.operator.Powers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens on the admin port and serves HTTP/1.1 there with Akka HTTP, on a dispatcher of its own. Its port closes with the
 * actor system, so a server that ends still says that it is not ready. Thread-safe.
 */
public final class AdminServer {
    private static final HttpHeader CLOSE = Connection.create("close");
    private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(60);

    /** How long a request may take to bring its body, and how large that may be. */
    private static final Duration BODY_PATIENCE = Duration.ofSeconds(10);

    private static final int MOST_BODY_BYTES = 64 << 10;

    private static final String DOOR = "admin";
    private static final int BACKLOG = 100;

    /** How long the head of a request may take, from its first byte on; of the first one, from the connection on. */
    private static final Duration REQUEST_PATIENCE = Duration.ofSeconds(10);

    /** Machines that watch a server are few; none of them may keep the others out. */
    private static final int MOST_CONNECTIONS = 64;

    private static final int MOST_CONNECTIONS_PER_ADDRESS = 32;

    private final ActorSystem<?> system;
    private final String dispatcher;
    private final AdminSettings settings;
    private final AdminApi api;
    private final Refusals refusals;

    /** How many are open, by the address at the other end. */
    private final Map<InetAddress, Integer> connections = new HashMap<>();

    /**
     * Listens to nothing yet.
     *
     * @param tokens who may do what at this moment
     * @param metrics what Prometheus reads; the stage does not fail
     * @param powers what operators can do
     * @param hooks by which programs say something in rooms
     * @param dispatcher the name of the one that answers; it may block, and is not that of the chat
     */
    public AdminServer(
            ActorSystem<?> system,
            String dispatcher,
            AdminSettings settings,
            Supplier<List<AdminToken>> tokens,
            Health health,
            Supplier<CompletionStage<String>> metrics,
            Powers powers,
            IncomingHooks hooks) {
        this.system = system;
        this.dispatcher = dispatcher;
        this.settings = settings;
        this.refusals = new Refusals(system);
        this.api = new AdminApi(
                new TokenCheck(tokens, settings.failures(), System::nanoTime, refusals),
                health,
                metrics,
                new PowerApi(powers),
                new HookApi(hooks));
    }

    /** Opens the port. The stage fails if it cannot be opened. */
    public CompletionStage<InetSocketAddress> listen() {
        return Tcp.get(system)
                .bind(settings.host(), settings.port(), BACKLOG, List.of(), false, Optional.empty())
                .to(Sink.foreach(this::accept))
                .run(SystemMaterializer.get(system).materializer())
                .thenApply(Tcp.ServerBinding::localAddress);
    }

    private void accept(Tcp.IncomingConnection connection) {
        InetAddress from = connection.remoteAddress().getAddress();
        Optional<String> refusal = enter(from);
        if (refusal.isPresent()) {
            refusals.refused(from, refusal.get());
            connection.handleWith(Flow.fromSinkAndSource(Sink.cancelled(), Source.empty()), system);
            return;
        }
        SharedKillSwitch end = KillSwitches.shared(DOOR);
        RequestDeadline deadline = new RequestDeadline(REQUEST_PATIENCE, system, () -> {
            refusals.refused(from, "its request has not come in time");
            end.shutdown();
        });
        connection
                .flow()
                .watchTermination((any, ended) -> ended.whenComplete((done, why) -> {
                    deadline.close();
                    leave(from);
                }))
                .map(bytes -> {
                    deadline.received();
                    return bytes;
                })
                .via(end.flow())
                .async()
                .join(bytes(from, deadline).addAttributes(ActorAttributes.dispatcher(dispatcher)))
                .run(system);
    }

    /** Counts a connection; or the reason why there may not be one more. */
    private synchronized Optional<String> enter(InetAddress from) {
        int here = connections.getOrDefault(from, 0);
        int all = connections.values().stream().mapToInt(Integer::intValue).sum();
        if (all >= MOST_CONNECTIONS) {
            return Optional.of(MOST_CONNECTIONS + " connections are open");
        } else if (here >= MOST_CONNECTIONS_PER_ADDRESS) {
            return Optional.of(MOST_CONNECTIONS_PER_ADDRESS + " connections of this address are open");
        }
        connections.put(from, here + 1);
        return Optional.empty();
    }

    private synchronized void leave(InetAddress from) {
        connections.computeIfPresent(from, (any, count) -> count > 1 ? count - 1 : null);
    }

    private Flow<ByteString, ByteString, NotUsed> bytes(InetAddress from, RequestDeadline deadline) {
        return Flow.<HttpRequest>create()
                .mapAsync(1, request -> {
                    deadline.requested();
                    return answer(request, from).whenComplete((answer, failure) -> deadline.answered());
                })
                .joinMat(Http.get(system).serverLayer().atop(session()), Keep.left())
                .join(BidiFlow.bidirectionalIdleTimeout(IDLE_TIMEOUT));
    }

    private BidiFlow<TLSProtocol.SslTlsOutbound, ByteString, ByteString, TLSProtocol.SslTlsInbound, NotUsed> session() {
        return settings.certificate()
                .map(with -> TLS.create(() -> with.engine("http/1.1"), session -> {}, TLSClosing.eagerClose()))
                .orElseGet(() -> NoTls.layer());
    }

    private CompletionStage<HttpResponse> answer(HttpRequest request, InetAddress from) {
        return CompletableFuture.completedFuture(request.entity())
                .thenCompose(entity -> entity.toStrict(
                        BODY_PATIENCE.toMillis(),
                        MOST_BODY_BYTES,
                        SystemMaterializer.get(system).materializer()))
                .thenCompose(body -> api.answer(request, body.getData().toArray(), client(request, from)))
                .exceptionally(AdminServer::failed);
    }

    /** Behind a trusted proxy, the one whose request it passes on. */
    private InetAddress client(HttpRequest request, InetAddress from) {
        Peer peer =
                new Peer(new InetSocketAddress(from, 0), settings.certificate().isPresent(), DOOR);
        return settings.proxies()
                .find(name -> values(request, name), peer)
                .address()
                .getAddress();
    }

    private static List<String> values(HttpRequest request, String name) {
        return StreamSupport.stream(request.getHeaders().spliterator(), false)
                .filter(field -> field.lowercaseName().equals(name))
                .map(HttpHeader::value)
                .toList();
    }

    /** The connection goes on, unless the rest of the request is not read. */
    private static HttpResponse failed(Throwable failure) {
        Throwable why =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (why instanceof EntityStreamSizeException
                || (why instanceof EntityStreamException large
                        && large.info().summary().startsWith("Request too large"))) {
            return AdminApi.error(413, "a request may have " + MOST_BODY_BYTES + " bytes at most")
                    .addHeader(CLOSE);
        } else if (why instanceof TimeoutException) {
            return AdminApi.error(408, "the request has not come in time").addHeader(CLOSE);
        }
        LOG.warn("admin: a request failed", why);
        return AdminApi.error(500, "the server failed; its log says why");
    }
}
