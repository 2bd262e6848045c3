package io.teahouse.tool.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The published page is what the template and the published values make; {@code figures --redraw} writes it again. */
class PageTest {
    private static final Path PUBLISHED = Path.of("doc", "benchmarks.md");

    @TempDir
    private Path folder;

    @Test
    void thePublishedPageIsThatOfThePublishedValues() throws IOException {
        Results results = Results.read(new Page(PUBLISHED).valuesFile());
        Path again = folder.resolve("benchmarks.md");
        new Page(again).write(FiguresCommand.PARTS, results);
        assertThat(again).hasSameTextualContentAs(PUBLISHED);
        assertThat(pictures(folder)).isNotEmpty().isEqualTo(pictures(PUBLISHED.getParent()));
        for (String name : pictures(folder)) {
            assertThat(folder.resolve("figures").resolve(name))
                    .hasSameTextualContentAs(PUBLISHED.resolveSibling("figures").resolve(name));
        }
    }

    private static List<String> pictures(Path parent) throws IOException {
        try (Stream<Path> all = Files.list(parent.resolve("figures"))) {
            return all.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void everyPartHasItsPlace() throws IOException {
        assertThat(Files.readString(PUBLISHED)).doesNotContain("{{", "Not measured");
    }

    @Test
    void valuesAreReadAsTheyWereWritten() throws IOException {
        Results results = new Results();
        Values values = new Values(new Origin("2026-12-01", "abc", "two cores", "figures"));
        values.add("p50 us", "IRC", 1.5);
        values.add("p50 us", "IRC", 2);
        results.put("rooms", values);
        Path file = folder.resolve("values.json");
        results.write(file);
        Values read = Results.read(file).get("rooms");
        assertThat(read.all()).isEqualTo(values.all());
        assertThat(read.origin()).isEqualTo(values.origin());
    }

    @Test
    void aTableLeavesOutServersThatAreNotThere() throws IOException {
        Values values = new Values(Origin.NONE);
        values.add("p50 us", "IRC", 300);
        values.add("p50 us", "NGIRCD", 200);
        assertThat(new Comparison(values, Contender.OF_IRC)
                        .row("p50, ms", "p50 us", 1e-3, Must.atMost(1.3))
                        .text())
                .isEqualTo("""
                        | | Teahouse | ngIRCd | ratio to ngIRCd |
                        | --- | --- | --- | --- |
                        | p50, ms | 0.3 | 0.2 | 1.5 |
                        """);
    }
}
