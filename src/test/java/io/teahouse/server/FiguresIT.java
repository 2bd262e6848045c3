package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.teahouse.tool.figures.SvgText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of the figures. doc/benchmarks.md has those of the long one. */
class FiguresIT {
    /** On a machine with others on it; by itself, it takes half a minute. */
    private static final int SECONDS = 90;

    @TempDir
    private Path folder;

    @Test
    void thePageHasTheFiguresAndTheirPlots() throws Exception {
        Path page = folder.resolve("page.md");
        String[] arguments = {
            "figures",
            "--short",
            "--beside=limit",
            "--only=fan-out,rooms,readmission,start",
            "--page=" + page,
            "--in=" + folder,
            "--limit=" + Path.of("src", "bench", "limit.c").toAbsolutePath()
        };
        try (ServerProcess run = ServerProcess.tool(folder, arguments)) {
            List<String> out = run.restOfOutput();
            assertThat(run.exitCode(SECONDS))
                    .as(String.join("\n", out) + "\n" + run.errors())
                    .isZero();
            assertThat(out).noneMatch(line -> line.contains(" failed "));
        }
        assertThat(Files.readString(page)).doesNotContain("{{").contains("## One room", "| Teahouse |", "must:");
        assertPictures(page);
        assertValues(new ObjectMapper().readTree(folder.resolve("page.json").toFile()));
    }

    private void assertPictures(Path page) throws Exception {
        List<Path> pictures;
        try (Stream<Path> all = Files.list(folder.resolve("figures"))) {
            pictures = all.toList();
        }
        assertThat(pictures).hasSizeGreaterThan(1);
        for (Path each : pictures) {
            SvgText svg = SvgText.parse(Files.readString(each));
            assertThat(svg.count("rect") + svg.count("circle")).as("%s", each).isPositive();
            assertThat(Files.readString(page)).contains("(figures/" + each.getFileName() + ")");
        }
    }

    private static void assertValues(JsonNode parts) {
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<String, JsonNode> part : parts.properties()) {
            for (Map.Entry<String, JsonNode> figure : part.getValue().properties()) {
                for (JsonNode value : figure.getValue()) {
                    // A short run takes less CPU than the kernel's clock tells, and may find no rate on a busy machine.
                    boolean mayBeZero =
                            figure.getKey().contains("cpu") || figure.getKey().contains("highest");
                    if (value.doubleValue() < 0 || (value.doubleValue() == 0 && !mayBeZero)) {
                        wrong.add(part.getKey() + ": " + figure.getKey() + " is " + value);
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
        double rate =
                parts.get("fan-out").get("100 deliveries per s @ IRC").get(0).doubleValue();
        assertThat(rate).isBetween(10_000.0, 50_000_000.0);
    }
}
