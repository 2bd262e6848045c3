package io.teahouse.server;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks values against JSON schemas, as far as the document of the admin port uses them; anything else is an error. */
final class JsonSchema {
    private static final Set<String> KNOWN = Set.of(
            "$ref",
            "type",
            "enum",
            "format",
            "items",
            "properties",
            "required",
            "additionalProperties",
            "description",
            "examples",
            "minimum");

    private final Map<String, Object> document;
    private final List<String> problems = new ArrayList<>();

    private JsonSchema(Map<String, Object> document) {
        this.document = document;
    }

    /** What is wrong with that value. */
    static List<String> problems(Map<String, Object> document, Object schema, Object value) {
        JsonSchema check = new JsonSchema(document);
        check.check(map(schema), value, "$");
        return check.problems;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    private void check(Map<String, Object> schema, Object value, String at) {
        if (!KNOWN.containsAll(schema.keySet())) {
            problems.add(at + ": this check does not know all of " + schema.keySet());
        }
        if (schema.get("$ref") instanceof String ref) {
            Object found = document;
            for (String step : ref.substring(2).split("/", -1)) {
                found = map(found).get(step);
            }
            check(map(found), value, at);
            return;
        }
        if (schema.get("enum") instanceof List<?> values && !values.contains(value)) {
            problems.add(at + ": " + value + " is none of " + values);
        }
        boolean fits = switch (String.valueOf(schema.get("type"))) {
            case "string" -> value instanceof String text && isFormatted(schema, text);
            case "boolean" -> value instanceof Boolean;
            case "integer" -> value instanceof Long;
            case "array" -> value instanceof List<?> list && checkItems(schema, list, at);
            case "object" -> value instanceof Map<?, ?> && checkObject(schema, map(value), at);
            default -> false;
        };
        if (!fits) {
            problems.add(at + ": " + value + " is not " + schema);
        }
    }

    private static boolean isFormatted(Map<String, Object> schema, String text) {
        if (!schema.containsKey("format")) {
            return true;
        }
        try {
            return schema.get("format").equals("date-time") && Instant.parse(text) != null;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private boolean checkItems(Map<String, Object> schema, List<?> list, String at) {
        for (int i = 0; i < list.size(); i++) {
            check(map(schema.get("items")), list.get(i), at + "[" + i + "]");
        }
        return true;
    }

    private boolean checkObject(Map<String, Object> schema, Map<String, Object> value, String at) {
        Map<String, Object> properties = map(schema.getOrDefault("properties", Map.of()));
        Object more = schema.getOrDefault("additionalProperties", true);
        value.forEach((name, each) -> {
            if (properties.containsKey(name)) {
                check(map(properties.get(name)), each, at + "." + name);
            } else if (more.equals(false)) {
                problems.add(at + ": unknown property " + name);
            } else if (more instanceof Map<?, ?>) {
                check(map(more), each, at + "." + name);
            }
        });
        for (Object name : (List<?>) schema.getOrDefault("required", List.of())) {
            if (!value.containsKey(name)) {
                problems.add(at + ": without " + name);
            }
        }
        return true;
    }
}
