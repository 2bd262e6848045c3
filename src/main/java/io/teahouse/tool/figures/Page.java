package io.teahouse.tool.figures;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The page of all figures: a template with fixed texts, where each part has a place {@code {{name}}} on a line of its own. */
final class Page {
    private static final String TEMPLATE = "benchmarks.md";
    private static final String NOT_MEASURED = "Not measured in this run.\n";

    private final Path file;

    /** @param file ends with .md; the values and the pictures are beside it */
    Page(Path file) {
        this.file = file;
    }

    Path valuesFile() {
        return file.resolveSibling(baseName() + ".json");
    }

    private String baseName() {
        String name = file.getFileName().toString();
        return name.endsWith(".md") ? name.substring(0, name.length() - ".md".length()) : name;
    }

    void write(List<Part> parts, Results results, String machine, String command) throws IOException {
        Pictures pictures = new Pictures(file.resolveSibling("figures"));
        String text = template().replace("{{machine}}", machine).replace("{{command}}", command);
        for (Part part : parts) {
            Values values = results.get(part.name());
            String shown = values.isEmpty()
                    ? NOT_MEASURED
                    : "Measured on " + values.date() + " at commit " + values.commit() + ".\n\n"
                            + part.show(values, pictures);
            text = text.replace("{{" + part.name() + "}}", shown.strip());
        }
        Files.writeString(file, text);
    }

    private static String template() throws IOException {
        try (InputStream in = Page.class.getResourceAsStream(TEMPLATE)) {
            if (in == null) {
                throw new IOException("the jar lacks " + TEMPLATE);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
