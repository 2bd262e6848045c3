package io.teahouse.tool.figures;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All values by part, and the file in which they are kept, so that a part can be measured again by itself. */
final class Results {
    private static final String DATE = "date";
    private static final String COMMIT = "commit";
    private static final String MACHINE = "machine";
    private static final String COMMAND = "command";

    private final Map<String, Values> parts = new LinkedHashMap<>();

    /** Reads the file of an earlier run; without it, there are no values. */
    static Results read(Path file) throws IOException {
        Results results = new Results();
        if (!Files.exists(file)) {
            return results;
        }
        try (JsonParser parser = new JsonFactory().createParser(file.toFile())) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String part = parser.currentName();
                parser.nextToken();
                results.parts.put(part, readPart(parser));
            }
        }
        return results;
    }

    private static Values readPart(JsonParser parser) throws IOException {
        Map<String, String> texts = new HashMap<>();
        Map<String, List<Double>> all = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (parser.nextToken() == JsonToken.START_ARRAY) {
                List<Double> values = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    values.add(parser.getDoubleValue());
                }
                all.put(name, values);
            } else {
                texts.put(name, parser.getText());
            }
        }
        Values values = new Values(new Origin(
                texts.getOrDefault(DATE, ""),
                texts.getOrDefault(COMMIT, ""),
                texts.getOrDefault(MACHINE, ""),
                texts.getOrDefault(COMMAND, "")));
        values.all().putAll(all);
        return values;
    }

    void put(String part, Values values) {
        parts.put(part, values);
    }

    /** The values of a part; empty ones if it has never been measured. */
    Values get(String part) {
        return parts.getOrDefault(part, new Values(Origin.NONE));
    }

    void write(Path file) throws IOException {
        try (JsonGenerator json = new JsonFactory().createGenerator(file.toFile(), JsonEncoding.UTF8)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            for (Map.Entry<String, Values> part : parts.entrySet()) {
                json.writeObjectFieldStart(part.getKey());
                Origin origin = part.getValue().origin();
                json.writeStringField(DATE, origin.date());
                json.writeStringField(COMMIT, origin.commit());
                json.writeStringField(MACHINE, origin.machine());
                json.writeStringField(COMMAND, origin.command());
                for (Map.Entry<String, List<Double>> figure :
                        part.getValue().all().entrySet()) {
                    double[] values = figure.getValue().stream()
                            .mapToDouble(Double::doubleValue)
                            .toArray();
                    json.writeFieldName(figure.getKey());
                    json.writeArray(values, 0, values.length);
                }
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }
}
