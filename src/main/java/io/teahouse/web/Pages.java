package io.teahouse.web;

import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.http.javadsl.Http;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.Connection;
import akka.stream.ActorAttributes;
import akka.stream.javadsl.BidiFlow;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.teahouse.net.NoTls;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Serves pages with Akka HTTP over connections that somebody else has accepted. Akka HTTP is loaded with the first
 * request, which may be {@link #warmUp}, by the thread that serves it. Thread-safe.
 */
public final class Pages {
    private static final HttpHeader CLOSE = Connection.create("close");

    private final ActorSystem<?> system;
    private final String dispatcher;
    private final Optional<Uploads> uploads;
    private final StaticFiles files;

    /**
     * Loads nothing yet.
     *
     * @param dispatcher the name of the one that the streams run on; it may block, and is not that of the chat
     * @param settings of the moment: the sites that may show one room in their own pages
     * @param uploads empty: files cannot be uploaded
     */
    public Pages(ActorSystem<?> system, String dispatcher, Supplier<WebSettings> settings, Optional<Uploads> uploads) {
        this.system = system;
        this.dispatcher = dispatcher;
        this.files = new StaticFiles(() -> settings.get().embedders());
        this.uploads = uploads;
    }

    /**
     * The stream of a connection, from requests to responses.
     *
     * @param several whether a connection may have several requests
     * @param from who sends the requests
     */
    Flow<ByteString, ByteString, NotUsed> flow(Duration idleTimeout, boolean several, InetAddress from) {
        return Flow.<ByteString>create()
                .via(Flow.lazyFlow(() -> served(several, from)))
                .mapMaterializedValue(later -> NotUsed.getInstance())
                .join(BidiFlow.bidirectionalIdleTimeout(idleTimeout));
    }

    /** The name of the dispatcher that the streams run on. */
    String dispatcher() {
        return dispatcher;
    }

    /** Answers a request of its own, so that no browser waits until Akka HTTP is loaded. Returns the answer. */
    public CompletionStage<ByteString> warmUp() {
        return Source.single(ByteString.fromString("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .via(flow(Duration.ofSeconds(10), false, InetAddress.getLoopbackAddress()))
                .toMat(Sink.fold(ByteString.emptyByteString(), ByteString::concat), Keep.right())
                .addAttributes(ActorAttributes.dispatcher(dispatcher))
                .run(system);
    }

    private Flow<ByteString, ByteString, NotUsed> served(boolean several, InetAddress from) {
        return Flow.<HttpRequest>create()
                .mapAsync(1, request -> answer(request, from))
                .<HttpResponse>map(response -> several ? response : response.addHeader(CLOSE))
                .join(Http.get(system).serverLayer().atop(NoTls.layer()));
    }

    private CompletionStage<HttpResponse> answer(HttpRequest request, InetAddress from) {
        return uploads.filter(any -> Uploads.isFor(request))
                .map(some -> some.answer(request, from))
                .orElseGet(() -> CompletableFuture.completedFuture(
                        Uploads.isFor(request) ? Uploads.areOff() : files.answer(request)));
    }
}
