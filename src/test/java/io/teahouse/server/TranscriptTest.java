package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What is typed and what is seen, over real sockets: each file under {@code transcripts} is one test. */
class TranscriptTest {
    /** Nothing that a client sees depends on how sockets are written. */
    private static final List<List<String>> SETTINGS =
            List.of(List.of(), List.of("teahouse.direct-writes = off"), List.of("teahouse.threads = 2"));

    @TestFactory
    Stream<DynamicTest> itGoesAsWritten() throws IOException, URISyntaxException {
        Path folder = Path.of(Objects.requireNonNull(TranscriptTest.class.getResource("/transcripts"))
                .toURI());
        List<Path> files;
        try (Stream<Path> found = Files.list(folder)) {
            files = found.sorted().toList();
        }
        assertThat(files).isNotEmpty();
        return SETTINGS.stream().flatMap(settings -> files.stream().map(file -> test(file, settings)));
    }

    private static DynamicTest test(Path file, List<String> settings) {
        String name = file.getFileName() + (settings.isEmpty() ? "" : " " + settings);
        return DynamicTest.dynamicTest(name, () -> new Transcript(name, read(file), settings).play());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void anotherLineThanTheExpectedOneFails() {
        assertThatThrownBy(() -> new Transcript("test", "ann| enters\nann> hi\nann< ann: ho").play())
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll("test:3: ann< ann: ho", "ann: hi");
    }

    @Test
    void aLineThatNobodyExpectedFails() {
        assertThatThrownBy(() -> new Transcript("test", "ann| enters\nann> hi").play())
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll("after the end", "ann: hi");
    }
}
