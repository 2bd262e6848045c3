package io.teahouse.admin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/** Writes JSON in UTF-8. */
final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    /** @param object texts, numbers and truth values, and such maps; the keys are sorted */
    static byte[] bytes(Map<String, ?> object) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            write(json, object);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        bytes.write('\n');
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator json, Map<String, ?> object) throws IOException {
        json.writeStartObject();
        for (Map.Entry<String, ?> entry : new TreeMap<>(object).entrySet()) {
            json.writeFieldName(entry.getKey());
            if (entry.getValue() instanceof Map<?, ?> inner) {
                Map<String, Object> copy = new TreeMap<>();
                inner.forEach((key, value) -> copy.put(String.valueOf(key), value));
                write(json, copy);
            } else {
                json.writeObject(entry.getValue());
            }
        }
        json.writeEndObject();
    }
}
