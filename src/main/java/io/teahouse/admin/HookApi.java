package io.teahouse.admin;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import io.teahouse.hook.IncomingHooks;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Passes what programs post to webhooks on: {@code POST /hooks/ID}. Thread-safe. */
final class HookApi {
    private static final String PATH = "/hooks/";
    private static final int UNAUTHORIZED = 401;

    private final IncomingHooks hooks;

    HookApi(IncomingHooks hooks) {
        this.hooks = hooks;
    }

    static boolean isFor(HttpRequest request) {
        return request.getUri().path().startsWith(PATH);
    }

    CompletionStage<HttpResponse> post(HttpRequest request, byte[] body, InetAddress from) {
        ContentType type = request.entity().getContentType();
        IncomingHooks.Request asked = new IncomingHooks.Request(
                request.getUri().path().substring(PATH.length()),
                header(request, "Authorization"),
                type.equals(ContentTypes.NO_CONTENT_TYPE) ? Optional.empty() : Optional.of(type.toString()),
                header(request, "Idempotency-Key"),
                from);
        return hooks.post(asked, body).thenApply(HookApi::response);
    }

    private static Optional<String> header(HttpRequest request, String name) {
        return request.getHeader(name).map(HttpHeader::value);
    }

    private static HttpResponse response(IncomingHooks.Answer answer) {
        HttpResponse response = AdminApi.json(answer.status(), answer.body());
        if (answer.status() == UNAUTHORIZED) {
            return response.addHeader(RawHeader.create("WWW-Authenticate", "Bearer realm=\"teahouse\""));
        }
        return answer.retryAfter().isZero()
                ? response
                : response.addHeader(RawHeader.create("Retry-After", seconds(answer.retryAfter())));
    }

    private static String seconds(Duration delay) {
        return Long.toString(Math.max(1, delay.plusMillis(999).toSeconds()));
    }
}
