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

    void write(List<Part> parts, Results results) throws IOException {
        Pictures pictures = new Pictures(file.resolveSibling("figures"));
        String machine = machine(parts, results);
        String text = template().replace("{{machine}}", machine);
        for (Part part : parts) {
            Values values = results.get(part.name());
            String shown =
                    values.isEmpty() ? NOT_MEASURED : origin(values.origin(), machine) + part.show(values, pictures);
            text = text.replace("{{" + part.name() + "}}", shown.strip());
        }
        Files.writeString(file, text);
    }

    private static String machine(List<Part> parts, Results results) {
        return parts.stream()
                .map(part -> results.get(part.name()).origin().machine())
                .filter(machine -> !machine.isEmpty())
                .findFirst()
                .orElse("no machine yet");
    }

    /** @param machine that the page names at its beginning */
    private static String origin(Origin origin, String machine) {
        String warning = origin.command().contains("--short")
                ? "**A short run without warm-up, beside other programs: these figures only show that it can be measured.** "
                : "";
        return warning + "Measured on " + origin.date() + " at commit " + origin.commit() + " by `" + origin.command()
                + (origin.machine().equals(machine) ? "`.\n\n" : "`, on " + origin.machine() + ".\n\n");
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
