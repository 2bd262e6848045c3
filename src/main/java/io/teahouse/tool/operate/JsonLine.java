package io.teahouse.tool.operate;

import io.teahouse.store.JsonText;
import java.io.IOException;
import java.util.Map;

/** One JSON object (RFC 8259) on one line, written field by field as {@link JsonText} writes. Empty texts and objects and false flags are left out. */
final class JsonLine {
    private final StringBuilder line = new StringBuilder("{");

    JsonLine text(String name, String value) {
        if (!value.isEmpty()) {
            name(name);
            JsonText.quote(value, line);
        }
        return this;
    }

    JsonLine number(String name, long value) {
        name(name);
        line.append(value);
        return this;
    }

    JsonLine flag(String name, boolean value) {
        if (value) {
            name(name);
            line.append(true);
        }
        return this;
    }

    JsonLine texts(String name, Iterable<String> values) {
        name(name);
        char before = '[';
        for (String value : values) {
            line.append(before);
            JsonText.quote(value, line);
            before = ',';
        }
        line.append(before == '[' ? "[]" : "]");
        return this;
    }

    JsonLine object(String name, Map<String, String> values) {
        if (!values.isEmpty()) {
            name(name);
            JsonText.object(values, line);
        }
        return this;
    }

    void writeTo(Appendable out) throws IOException {
        out.append(line).append("}\n");
    }

    private void name(String name) {
        if (line.length() > 1) {
            line.append(',');
        }
        JsonText.quote(name, line);
        line.append(':');
    }
}
