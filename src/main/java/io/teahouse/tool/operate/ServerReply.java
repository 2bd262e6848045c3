package io.teahouse.tool.operate;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.teahouse.operator.PowerSpec;
import io.teahouse.operator.Way;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the admin port of a server has answered. */
final class ServerReply {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int OK = 200;
    private static final int SERVER_ERROR = 500;

    private final int status;
    private final String body;
    private final Map<?, ?> object;

    private ServerReply(int status, String body) {
        this.status = status;
        this.body = body;
        this.object = object(body);
    }

    /**
     * Uses a power of the server at that address.
     *
     * @throws IOException if there is no answer
     * @throws IllegalArgumentException if that is no address
     */
    static ServerReply ask(String url, PowerSpec power, Map<String, String> arguments, String token)
            throws IOException {
        String address = (url.endsWith("/") ? url.substring(0, url.length() - 1) : url) + power.path();
        HttpRequest.Builder request = power.reads()
                ? HttpRequest.newBuilder(URI.create(address + query(arguments)))
                : HttpRequest.newBuilder(URI.create(address))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json(arguments)));
        request.timeout(PATIENCE).header("Authorization", "Bearer " + token).header("User-Agent", Way.COMMAND_AGENT);
        try {
            HttpResponse<String> response = HttpClient.newBuilder()
                    .connectTimeout(PATIENCE)
                    .version(HttpClient.Version.HTTP_1_1)
                    .build()
                    .send(request.build(), HttpResponse.BodyHandlers.ofString(UTF_8));
            return new ServerReply(response.statusCode(), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static String query(Map<String, String> arguments) {
        return arguments.isEmpty()
                ? ""
                : arguments.entrySet().stream()
                        .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), UTF_8))
                        .collect(Collectors.joining("&", "?", ""));
    }

    private static String json(Map<String, String> arguments) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            for (Map.Entry<String, String> each : arguments.entrySet()) {
                json.writeStringField(each.getKey(), each.getValue());
            }
            json.writeEndObject();
        }
        return text.toString();
    }

    boolean isSuccess() {
        return status == OK && !object.isEmpty();
    }

    /** Whether the server has refused it, in contrast to failing. */
    boolean isRefusal() {
        return status > OK && status < SERVER_ERROR;
    }

    /** Why there is no success. */
    String error() {
        String error = text("error");
        return error.isEmpty() ? "this is not the admin port of a server: it answers with status " + status : error;
    }

    String body() {
        return body;
    }

    String text(String name) {
        return object.get(name) instanceof String text ? text : "";
    }

    List<Map<?, ?>> rows() {
        List<Map<?, ?>> rows = new ArrayList<>();
        if (object.get("rows") instanceof List<?> all) {
            all.forEach(row -> rows.add((Map<?, ?>) row));
        }
        return rows;
    }

    /** Empty: it is no object in JSON. */
    private static Map<?, ?> object(String body) {
        try (JsonParser json = JSON.createParser(body)) {
            return json.nextToken() == JsonToken.START_OBJECT && value(json) instanceof Map<?, ?> map ? map : Map.of();
        } catch (IOException e) {
            return Map.of();
        }
    }

    private static Object value(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.START_OBJECT) {
            Map<String, Object> map = new LinkedHashMap<>();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                map.put(name, value(json));
            }
            return map;
        } else if (json.currentToken() == JsonToken.START_ARRAY) {
            List<Object> list = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                list.add(value(json));
            }
            return list;
        }
        return json.getText();
    }
}
