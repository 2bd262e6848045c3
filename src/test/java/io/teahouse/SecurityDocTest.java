package io.teahouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A reader of {@code doc/security.md} finds the test that it names for a threat. */
class SecurityDocTest {
    private static final String HEADING = "| threat | defence | test |";

    /** {@code SomeTest}, {@code SomeTest.method}, or a method of the test named before it. */
    private static final Pattern NAME =
            Pattern.compile("`(?:([A-Z]\\w*(?:Test|IT|Contract))(?:\\.(\\w+))?|([a-z]\\w*))`");

    private static Map<String, String> tests() throws IOException {
        Map<String, String> sources = new HashMap<>();
        try (Stream<Path> all = Files.walk(Path.of("src", "test", "java"))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
            }
        }
        return sources;
    }

    private static List<String> rows() throws IOException {
        return Files.readAllLines(Path.of("doc", "security.md")).stream()
                .dropWhile(line -> !line.equals(HEADING))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .toList();
    }

    private static String lastCell(String row) {
        String cells = row.substring(0, row.lastIndexOf('|'));
        return cells.substring(cells.lastIndexOf('|'));
    }

    @Test
    void everyTestExists() throws IOException {
        Map<String, String> tests = tests();
        List<String> rows = rows();
        List<String> missing = new ArrayList<>();
        for (String row : rows) {
            String test = "";
            Matcher names = NAME.matcher(lastCell(row));
            while (names.find()) {
                String named = names.group(1);
                test = named == null ? test : named;
                String method = named == null ? names.group(3) : names.group(2);
                String source = tests.getOrDefault(test, "");
                if (source.isEmpty() || (method != null && !source.contains(" " + method))) {
                    missing.add(test + "." + method);
                }
            }
        }
        assertThat(rows).hasSizeGreaterThan(50);
        assertThat(missing).isEmpty();
    }
}
