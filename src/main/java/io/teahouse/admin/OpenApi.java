package io.teahouse.admin;

import io.teahouse.operator.Column;
import io.teahouse.operator.Parameter;
import io.teahouse.operator.PowerSpec;
import io.teahouse.operator.Powers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The description of the admin port for programs (OpenAPI 3.1), made from the table of powers. */
final class OpenApi {
    private static final Map<String, Object> TEXT = Map.of("type", "string");
    private static final Map<String, Object> TEXTS = Map.of("type", "array", "items", TEXT);
    private static final String JSON = "application/json";

    /** Statuses of errors, and what they mean. */
    private static final Map<String, String> ERRORS = Map.of(
            "400", "The arguments are wrong.",
            "401", "There is no token, or a wrong one.",
            "403", "The token lacks the privilege.",
            "404", "What the arguments name does not exist.",
            "409", "It cannot be done as things are.",
            "429", "Too many wrong tokens came from this address.",
            "500", "The server has failed.",
            "503", "The store does not answer.");

    private OpenApi() {}

    /** The document, to be written as JSON. */
    static Map<String, Object> document() {
        Map<String, Object> paths = new TreeMap<>();
        paths.put("/health/live", get("Whether the process runs.", answers("200", status("live")), false));
        paths.put("/health/ready", get("Whether the server can serve.", ready(), false));
        paths.put("/metrics", get("What the server counts, as Prometheus reads it.", metrics(), true));
        paths.put(
                "/hooks/{id}",
                Map.of(
                        "post",
                        operation(
                                "Says something in the room of a webhook, with the token of the hook.",
                                Map.of("default", answer("See doc/webhooks.md.", Map.of("type", "object"))),
                                true)));
        paths.put("/openapi.json", get("This document.", answers("200", Map.of("type", "object")), false));
        Map<String, Object> reload = errors();
        reload.put("422", error("The settings are invalid; those in use stay."));
        reload.putAll(answers(
                "200", object(Map.of("changed", TEXTS, "needRestart", TEXTS, "unknown", TEXTS), List.of("changed"))));
        paths.put("/reload", Map.of("post", operation("Reloads the settings.", reload, true)));
        Powers.all().forEach(power -> paths.put(power.path(), path(power)));
        return Map.of(
                "openapi",
                "3.1.0",
                "info",
                Map.of("title", "Teahouse", "version", "1"),
                "paths",
                paths,
                "components",
                Map.of(
                        "schemas",
                        Map.of("Error", object(Map.of("error", TEXT), List.of("error"))),
                        "securitySchemes",
                        Map.of("token", Map.of("type", "http", "scheme", "bearer"))));
    }

    private static Map<String, Object> get(String summary, Map<String, Object> answers, boolean needsToken) {
        return Map.of("get", operation(summary, answers, needsToken));
    }

    private static Map<String, Object> operation(String summary, Map<String, Object> answers, boolean needsToken) {
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("summary", summary);
        operation.put("responses", answers);
        operation.put("security", needsToken ? List.of(Map.of("token", List.of())) : List.of());
        return operation;
    }

    private static Map<String, Object> answers(String status, Map<String, Object> schema) {
        Map<String, Object> answers = new LinkedHashMap<>();
        answers.put(status, answer("An answer.", schema));
        return answers;
    }

    private static Map<String, Object> answer(String description, Map<String, Object> schema) {
        return Map.of("description", description, "content", Map.of(JSON, Map.of("schema", schema)));
    }

    private static Map<String, Object> error(String description) {
        return answer(description, Map.of("$ref", "#/components/schemas/Error"));
    }

    private static Map<String, Object> errors() {
        Map<String, Object> errors = new LinkedHashMap<>();
        ERRORS.forEach((status, description) -> errors.put(status, error(description)));
        return errors;
    }

    private static Map<String, Object> status(String... values) {
        return object(Map.of("status", Map.of("type", "string", "enum", List.of(values))), List.of("status"));
    }

    private static Map<String, Object> ready() {
        Map<String, Object> checks = Map.of("type", "object", "additionalProperties", Map.of("type", "boolean"));
        Map<String, Object> schema = object(
                Map.of("status", Map.of("type", "string", "enum", List.of("ready", "not ready")), "checks", checks),
                List.of("status", "checks"));
        Map<String, Object> answers = answers("200", schema);
        answers.put("503", answer("Not ready.", schema));
        return answers;
    }

    private static Map<String, Object> metrics() {
        Map<String, Object> answers = errors();
        answers.put(
                "200",
                Map.of(
                        "description",
                        "All metrics.",
                        "content",
                        Map.of("text/plain; version=0.0.4; charset=utf-8", Map.of("schema", TEXT))));
        return answers;
    }

    private static Map<String, Object> path(PowerSpec power) {
        Map<String, Object> answers = errors();
        answers.putAll(answers("200", done(power)));
        Map<String, Object> operation = operation(power.help(), answers, true);
        operation.put("operationId", power.name());
        if (power.reads()) {
            List<Map<String, Object>> parameters = new ArrayList<>();
            power.parameters().forEach(each -> parameters.add(query(each)));
            parameters.add(Map.of("name", "If-None-Match", "in", "header", "required", false, "schema", TEXT));
            operation.put("parameters", parameters);
            answers.put("304", Map.of("description", "The answer is still that of this ETag."));
        } else {
            Map<String, Object> properties = new LinkedHashMap<>();
            power.parameters().forEach(each -> properties.put(each.name(), schema(each)));
            List<String> required = power.parameters().stream()
                    .filter(Parameter::isRequired)
                    .map(Parameter::name)
                    .toList();
            operation.put(
                    "requestBody",
                    Map.of(
                            "required",
                            !required.isEmpty(),
                            "content",
                            Map.of(JSON, Map.of("schema", object(properties, required)))));
        }
        return Map.of(power.reads() ? "get" : "post", operation);
    }

    private static Map<String, Object> query(Parameter parameter) {
        return Map.of(
                "name",
                parameter.name(),
                "in",
                "query",
                "required",
                parameter.isRequired(),
                "description",
                parameter.help(),
                "schema",
                type(parameter));
    }

    private static Map<String, Object> schema(Parameter parameter) {
        Map<String, Object> schema = new LinkedHashMap<>(type(parameter));
        schema.put("description", parameter.help());
        return schema;
    }

    private static Map<String, Object> type(Parameter parameter) {
        return switch (parameter.kind()) {
            case WORD, TEXT -> TEXT;
            case NUMBER -> Map.of("type", "integer", "minimum", 0);
            case DURATION -> Map.of("type", "string", "examples", List.of("30m", "12h", "7d", "forever"));
            case FLAG -> Map.of("type", "boolean");
        };
    }

    private static Map<String, Object> done(PowerSpec power) {
        Map<String, Object> properties = new LinkedHashMap<>();
        power.columns().forEach(each -> properties.put(each.name(), schema(each)));
        List<String> required = power.columns().stream()
                .filter(each -> !each.isOptional())
                .map(Column::name)
                .toList();
        Map<String, Object> rows = Map.of("type", "array", "items", object(properties, required));
        return object(Map.of("text", TEXT, "rows", rows, "next", TEXT), List.of("text", "rows"));
    }

    private static Map<String, Object> schema(Column column) {
        Map<String, Object> schema = new LinkedHashMap<>(
                switch (column.type()) {
                    case TEXT -> TEXT;
                    case NUMBER -> Map.of("type", "integer");
                    case FLAG -> Map.of("type", "boolean");
                    case TIME -> Map.of("type", "string", "format", "date-time");
                    case TEXTS -> TEXTS;
                });
        schema.put("description", column.help());
        return schema;
    }

    private static Map<String, Object> object(Map<String, Object> properties, List<String> required) {
        return Map.of("type", "object", "properties", properties, "required", required, "additionalProperties", false);
    }
}
