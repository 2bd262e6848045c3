package io.teahouse.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** A program that posts to a webhook. */
final class HookPoster {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI hook;
    private final String token;

    HookPoster(int port, String hook, String token) {
        this.hook = URI.create("http://127.0.0.1:" + port + "/hooks/" + hook);
        this.token = token;
    }

    /** @param headers names and values */
    HttpResponse<String> post(String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(hook)
                .timeout(Duration.ofSeconds(20))
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The id in an answer. */
    static String id(HttpResponse<String> answer) {
        String before = "\"id\":\"";
        int at = answer.body().indexOf(before) + before.length();
        return answer.body().substring(at, answer.body().indexOf('"', at));
    }
}
