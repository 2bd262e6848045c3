package io.teahouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A reader of {@code doc/architecture.md} finds every file that it names. */
class ArchitectureDocTest {
    private static final Path SOURCES = Path.of("src", "main", "java", "io", "teahouse");
    private static final Pattern PATH = Pattern.compile("`((?:[a-z]+/)+[A-Z]\\w*)(?:\\.\\w+)?`");
    private static final Pattern FOLDER = Pattern.compile("`((?:[a-z]+/)+)…`");
    private static final Pattern CLASS = Pattern.compile("`([A-Z]\\w*[a-z]\\w*)(?:\\.\\w+)?`");

    private static String document() throws IOException {
        return Files.readString(Path.of("doc", "architecture.md"));
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .distinct()
                .toList();
    }

    @Test
    void everyPathIsAFile() throws IOException {
        assertThat(found(PATH, document()))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(SOURCES.resolve(name + ".java")).isRegularFile());
    }

    @Test
    void everyFolderExists() throws IOException {
        assertThat(found(FOLDER, document()))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(SOURCES.resolve(name)).isDirectory());
    }

    @Test
    void everyClassInTheTableIsAFile() throws IOException {
        Set<String> files;
        try (Stream<Path> all = Files.walk(SOURCES)) {
            files = all.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
        String table = document().lines().filter(line -> line.startsWith("|")).collect(Collectors.joining("\n"));
        assertThat(found(CLASS, table))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(files).contains(name + ".java"));
    }
}
