package io.teahouse.admin;

import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import akka.japi.Pair;
import io.teahouse.account.Sha256;
import io.teahouse.operator.Answer;
import io.teahouse.operator.Operator;
import io.teahouse.operator.PowerSpec;
import io.teahouse.operator.Powers;
import io.teahouse.operator.Way;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The powers of operators over HTTP: one that reads is {@code GET /v1/NAME?parameter=value}, and one that changes something
 * {@code POST /v1/NAME} with its arguments as a JSON object. Thread-safe.
 */
final class PowerApi {
    private final Powers powers;

    PowerApi(Powers powers) {
        this.powers = powers;
    }

    /** The power at that path. */
    static Optional<PowerSpec> find(String path) {
        return path.startsWith(PowerSpec.PATH)
                ? Powers.find(path.substring(PowerSpec.PATH.length()))
                : Optional.empty();
    }

    /** @param body of the request */
    CompletionStage<HttpResponse> use(
            PowerSpec power, HttpRequest request, byte[] body, AdminToken by, InetAddress from) {
        Optional<Map<String, String>> arguments = power.reads()
                ? Optional.of(query(request))
                : body.length == 0 ? Optional.of(Map.of()) : Json.flat(body);
        if (arguments.isEmpty()) {
            return CompletableFuture.completedFuture(
                    AdminApi.error(400, "the arguments must be a JSON object of texts, numbers and truth values"));
        }
        return powers.run(operator(request, by, from), power.name(), arguments.get())
                .thenApply(answer -> response(power, request, answer));
    }

    /** The older path of a reload, which answers with the remark alone. */
    CompletionStage<HttpResponse> reload(HttpRequest request, AdminToken by, InetAddress from) {
        return powers.run(operator(request, by, from), "reload", Map.of()).thenApply(answer -> {
            if (answer instanceof Answer.Done done) {
                return AdminApi.json(200, done.rows().get(0));
            }
            Answer.Refused refused = (Answer.Refused) answer;
            return AdminApi.error(
                    refused.reason() == Answer.Reason.INVALID ? 422 : status(refused.reason()), refused.text());
        });
    }

    private static Operator operator(HttpRequest request, AdminToken by, InetAddress from) {
        return new Operator(by.name(), way(request), by.privileges(), Optional.empty(), Optional.of(from));
    }

    private static Map<String, String> query(HttpRequest request) {
        Map<String, String> arguments = new LinkedHashMap<>();
        for (Pair<String, String> each : request.getUri().query().toList()) {
            arguments.put(each.first(), each.second());
        }
        return arguments;
    }

    private static Way way(HttpRequest request) {
        return request.getHeader("User-Agent")
                        .map(HttpHeader::value)
                        .filter(Way.COMMAND_AGENT::equals)
                        .isPresent()
                ? Way.COMMAND
                : Way.API;
    }

    private static HttpResponse response(PowerSpec power, HttpRequest request, Answer answer) {
        if (answer instanceof Answer.Refused refused) {
            return AdminApi.error(status(refused.reason()), refused.text());
        }
        Answer.Done done = (Answer.Done) answer;
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("text", done.text());
        body.put("rows", done.rows());
        done.next().ifPresent(next -> body.put("next", next));
        HttpResponse response = AdminApi.json(200, body);
        return power.reads() ? conditional(request, response, Json.bytes(body)) : response;
    }

    /** A program that has the same answer already does not get it again (RFC 9110 §13.1.2). */
    private static HttpResponse conditional(HttpRequest request, HttpResponse response, byte[] body) {
        String tag = '"' + HexFormat.of().formatHex(Sha256.digest(body)) + '"';
        HttpResponse tagged = response.addHeader(RawHeader.create("ETag", tag));
        boolean known = request.getHeader("If-None-Match")
                .map(HttpHeader::value)
                .filter(field -> field.contains(tag) || field.equals("*"))
                .isPresent();
        return known ? tagged.withEntity(HttpEntities.EMPTY).withStatus(304) : tagged;
    }

    private static int status(Answer.Reason reason) {
        return switch (reason) {
            case FORBIDDEN -> 403;
            case INVALID -> 400;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case UNAVAILABLE -> 503;
        };
    }
}
