package io.teahouse.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpMethod;
import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import io.teahouse.operator.PowerSpec;
import io.teahouse.operator.Privilege;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What each path answers: metrics as Prometheus reads them, the rest is JSON: {@code {"error": …}} with a text for people, where there is nothing else to
 * say. Thread-safe.
 */
final class AdminApi {
    private static final List<HttpHeader> ALWAYS = List.of(
            RawHeader.create("Cache-Control", "no-store"), RawHeader.create("X-Content-Type-Options", "nosniff"));

    private static final ContentType EXPOSITION = ContentTypes.parse("text/plain; version=0.0.4; charset=utf-8");

    private final TokenCheck tokens;
    private final Health health;
    private final Supplier<CompletionStage<String>> metrics;
    private final PowerApi powers;
    private final HookApi hooks;

    AdminApi(
            TokenCheck tokens,
            Health health,
            Supplier<CompletionStage<String>> metrics,
            PowerApi powers,
            HookApi hooks) {
        this.powers = powers;
        this.hooks = hooks;
        this.tokens = tokens;
        this.health = health;
        this.metrics = metrics;
    }

    /** Never fails. */
    CompletionStage<HttpResponse> answer(HttpRequest request, byte[] body, InetAddress from) {
        Optional<PowerSpec> power = PowerApi.find(request.getUri().path());
        if (power.isPresent()) {
            Answer use = () -> authenticated(request, from, by -> powers.use(power.get(), request, body, by, from));
            return power.get().reads() ? get(request, use) : only(HttpMethods.POST, request, use);
        }
        if (HookApi.isFor(request)) {
            return only(HttpMethods.POST, request, () -> hooks.post(request, body, from));
        }
        return switch (request.getUri().path()) {
            case "/health/live" -> get(request, () -> now(json(200, Map.of("status", "live"))));
            case "/health/ready" -> get(request, () -> health.checks().thenApply(AdminApi::ready));
            case "/openapi.json" -> get(request, () -> now(json(200, OpenApi.document())));
            case "/metrics" ->
                get(
                        request,
                        () -> guarded(
                                Privilege.METRICS,
                                request,
                                from,
                                () -> metrics.get()
                                        .thenApply(text -> response(200, EXPOSITION, text.getBytes(UTF_8)))));
            case "/reload" ->
                only(
                        HttpMethods.POST,
                        request,
                        () -> authenticated(request, from, by -> powers.reload(request, by, from)));
            default -> now(error(404, "there is nothing at this path"));
        };
    }

    private interface Answer {
        CompletionStage<HttpResponse> get();
    }

    private static CompletionStage<HttpResponse> get(HttpRequest request, Answer answer) {
        return request.method().equals(HttpMethods.HEAD)
                ? answer.get()
                : only(HttpMethods.GET, "GET, HEAD", request, answer);
    }

    private static CompletionStage<HttpResponse> only(HttpMethod method, HttpRequest request, Answer answer) {
        return only(method, method.value(), request, answer);
    }

    private static CompletionStage<HttpResponse> only(
            HttpMethod method, String allowed, HttpRequest request, Answer answer) {
        return request.method().equals(method)
                ? answer.get()
                : now(error(405, "only " + allowed + " is allowed here").addHeader(RawHeader.create("Allow", allowed)));
    }

    private static CompletionStage<HttpResponse> now(HttpResponse response) {
        return CompletableFuture.completedFuture(response);
    }

    private CompletionStage<HttpResponse> guarded(
            Privilege privilege, HttpRequest request, InetAddress from, Answer answer) {
        return authenticated(
                request,
                from,
                token -> token.privileges().contains(privilege)
                        ? answer.get()
                        : now(error(403, "the token " + token.name() + " may not do this")));
    }

    private CompletionStage<HttpResponse> authenticated(
            HttpRequest request, InetAddress from, Function<AdminToken, CompletionStage<HttpResponse>> answer) {
        TokenCheck.Result result =
                tokens.check(request.getHeader("Authorization").map(HttpHeader::value), from);
        if (result instanceof TokenCheck.Throttled throttled) {
            long seconds = Math.max(1, throttled.delay().plusMillis(999).toSeconds());
            return now(error(429, "too many wrong tokens from your address: try again in " + seconds + " s")
                    .addHeader(RawHeader.create("Retry-After", Long.toString(seconds))));
        } else if (result instanceof TokenCheck.Known known) {
            return answer.apply(known.token());
        } else {
            return now(error(401, "this needs a token of teahouse.admin: Authorization: Bearer …")
                    .addHeader(RawHeader.create("WWW-Authenticate", "Bearer realm=\"teahouse\"")));
        }
    }

    private static HttpResponse ready(Map<String, Boolean> checks) {
        boolean ready = !checks.containsValue(false);
        return json(ready ? 200 : 503, Map.of("status", ready ? "ready" : "not ready", "checks", checks));
    }

    static HttpResponse error(int status, String text) {
        return json(status, Map.of("error", text));
    }

    static HttpResponse json(int status, Map<String, ?> body) {
        return response(status, ContentTypes.APPLICATION_JSON, Json.bytes(body));
    }

    private static HttpResponse response(int status, ContentType type, byte[] body) {
        return HttpResponse.create()
                .withStatus(status)
                .withEntity(HttpEntities.create(type, body))
                .addHeaders(ALWAYS);
    }
}
