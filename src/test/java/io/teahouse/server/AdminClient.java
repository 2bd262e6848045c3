package io.teahouse.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Requests to the admin port of a server, over real HTTP. */
final class AdminClient {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final int port;

    AdminClient(int port) {
        this.port = port;
    }

    HttpResponse<String> get(String path) {
        return send("GET", path, "");
    }

    /** @param token is sent as a bearer token; empty: none is sent */
    HttpResponse<String> send(String method, String path, String token) {
        return send(method, path, token, "");
    }

    HttpResponse<String> post(String path, String token, String body) {
        return send("POST", path, token, body);
    }

    /** Asks whether an answer has another tag. */
    HttpResponse<String> getUnless(String path, String token, String tag) {
        return send("GET", path, token, "", "If-None-Match", tag);
    }

    private HttpResponse<String> send(String method, String path, String token, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + Peer.HOST + ":" + port + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .timeout(PATIENCE);
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The status of a request for that path. */
    int status(String path) {
        return get(path).statusCode();
    }
}
