package io.teahouse.hook;

import static java.nio.charset.StandardCharsets.UTF_8;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.javadsl.Adapter;
import akka.http.javadsl.ClientTransport;
import akka.http.javadsl.ConnectionContext;
import akka.http.javadsl.Http;
import akka.http.javadsl.HttpsConnectionContext;
import akka.http.javadsl.OutgoingConnection;
import akka.http.javadsl.OutgoingConnectionBuilder;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.model.headers.UserAgent;
import akka.http.javadsl.settings.ClientConnectionSettings;
import akka.stream.ActorAttributes;
import akka.stream.Attributes;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.RunnableGraph;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * Sends events with Akka HTTP, each on a connection of its own. The name of the receiver is looked up once for each connection, all
 * its addresses are checked, and the connection goes to one of them: a name that leads elsewhere a moment later changes nothing. TLS checks the
 * certificate for the name. Redirects are answers like others, so failures. Thread-safe.
 */
final class HttpSender implements EventSender {
    /** The first digit of the statuses that say so. A redirect does not. */
    private static final int ACCEPTED = 2;

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /** Receivers have nothing to say; what they say is read so far, for receivers that do not like it to be ignored. */
    private static final long MOST_ANSWER_BYTES = 64 * 1024;

    /** For the rest of an answer. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    /** The hook's actor logs failures; a receiver does not get to fill the log with traces. */
    private static final Attributes UNLOGGED =
            Attributes.createLogLevels(Attributes.logLevelOff(), Attributes.logLevelOff(), Attributes.logLevelOff());

    /** Looks up names; blocks. */
    interface Resolver {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    /** The receiver may not be sent anything. */
    private static final class NotAllowed extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotAllowed(String why) {
            super(why);
        }
    }

    /** Connections that end after a while, whatever the receiver does: one that sends byte after byte is never idle. */
    private final class ShortLived extends ClientTransport {
        private final ClientTransport transport;

        ShortLived(ClientTransport transport) {
            this.transport = transport;
        }

        @Override
        public Flow<ByteString, ByteString, CompletionStage<OutgoingConnection>> connectTo(
                String host, int port, ClientConnectionSettings connection, akka.actor.ActorSystem classic) {
            Duration most = settings.get().timeout().plus(GRACE);
            return Flow.<ByteString>create()
                    .completionTimeout(most)
                    .viaMat(transport.connectTo(host, port, connection, classic), Keep.right())
                    .completionTimeout(most);
        }
    }

    private final ActorSystem<?> system;
    private final String dispatcher;
    private final Supplier<HookSettings.Sending> settings;
    private final Resolver resolver;
    private final HttpsConnectionContext tls;
    private final Executor lookups;
    private final InstantSource clock = InstantSource.system();

    /**
     * Sends nothing yet.
     *
     * @param dispatcher the name of the one that runs the connections, which is not that of the chat
     * @param settings of the moment; any thread
     */
    HttpSender(
            ActorSystem<?> system,
            String dispatcher,
            Supplier<HookSettings.Sending> settings,
            Resolver resolver,
            SSLContext trusted) {
        this.system = system;
        this.dispatcher = dispatcher;
        this.settings = settings;
        this.resolver = resolver;
        this.tls = ConnectionContext.httpsClient(trusted);
        this.lookups = system.dispatchers().lookup(DispatcherSelector.blocking());
    }

    @Override
    public CompletionStage<String> send(HookSettings.Outgoing hook, String id, String body, int attempt) {
        return RunnableGraph.<CompletionStage<HttpResponse>>fromGraph(
                        Source.single(request(hook, id, body.getBytes(UTF_8)))
                                .via(connection(hook.url(), attempt))
                                .completionTimeout(settings.get().timeout())
                                .toMat(Sink.head(), Keep.right()))
                .withAttributes(ActorAttributes.dispatcher(dispatcher).and(UNLOGGED))
                .run(system)
                .thenApply(this::outcome)
                .exceptionally(HttpSender::failure);
    }

    private HttpRequest request(HookSettings.Outgoing hook, String id, byte[] body) {
        var now = clock.instant();
        URI url = hook.url();
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return HttpRequest.POST(url.getRawQuery() == null ? path : path + '?' + url.getRawQuery())
                .withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, body))
                .addHeader(RawHeader.create("webhook-id", id))
                .addHeader(RawHeader.create("webhook-timestamp", Long.toString(now.getEpochSecond())))
                .addHeader(RawHeader.create("webhook-signature", hook.secret().sign(id, now, body)));
    }

    private Flow<HttpRequest, HttpResponse, CompletionStage<OutgoingConnection>> connection(URI url, int attempt) {
        boolean encrypted = url.getScheme().equalsIgnoreCase("https");
        ClientConnectionSettings connection = ClientConnectionSettings.create(Adapter.toClassic(system))
                .withConnectingTimeout(scala.concurrent.duration.Duration.fromNanos(
                        settings.get().timeout().toNanos()))
                .withIdleTimeout(scala.concurrent.duration.Duration.fromNanos(
                        settings.get().timeout().toNanos()))
                .withUserAgentHeader(Optional.of(UserAgent.create("Teahouse")))
                .withTransport(new ShortLived(ClientTransport.withCustomResolver((host, port) ->
                        CompletableFuture.supplyAsync(() -> checked(host, (Integer) port, attempt), lookups))));
        OutgoingConnectionBuilder to = Http.get(system)
                .connectionTo(url.getHost())
                .toPort(url.getPort() >= 0 ? url.getPort() : encrypted ? HTTPS : HTTP)
                .withClientConnectionSettings(connection);
        return encrypted ? to.withCustomHttpsConnectionContext(tls).https() : to.http();
    }

    /** The next attempt is made at the next address, in case this one does not answer. */
    private InetSocketAddress checked(String host, int port, int attempt) {
        try {
            InetAddress[] all = resolver.addresses(host);
            for (InetAddress each : all) {
                if (!settings.get().targets().allow(each)) {
                    throw new NotAllowed(host + " leads to " + each.getHostAddress()
                            + ", which is not a public address (teahouse.webhooks.allowed-networks)");
                }
            }
            return new InetSocketAddress(all[attempt % all.length], port);
        } catch (UnknownHostException e) {
            throw new NotAllowed("there is no address of " + host);
        }
    }

    private String outcome(HttpResponse response) {
        response.entity()
                .withoutSizeLimit()
                .getDataBytes()
                .limitWeighted(MOST_ANSWER_BYTES, bytes -> (long) bytes.length())
                .completionTimeout(settings.get().timeout())
                .runWith(Sink.ignore(), system);
        int status = response.status().intValue();
        return status / 100 == ACCEPTED
                ? ""
                : "it answers " + status + ' ' + response.status().reason();
    }

    private static String failure(Throwable thrown) {
        Throwable why = thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        return why instanceof TimeoutException ? "it does not answer in time" : String.valueOf(why.getMessage());
    }

    /** Looks names up as the JVM does, which remembers them for half a minute. */
    static InetAddress[] lookUp(String host) throws UnknownHostException {
        return InetAddress.getAllByName(host);
    }
}
