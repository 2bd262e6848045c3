package io.teahouse.example;

import static org.assertj.core.api.Assertions.assertThat;

import akka.annotation.InternalApi;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import io.teahouse.room.RoomActor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The code of {@code doc/embedding.md} and of the README is that of the examples, which tests run. */
class EmbeddingDocTest {
    private static final Path EXAMPLES = Path.of("src", "test", "java", "io", "teahouse", "example");
    private static final Pattern CODE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LIBRARY = Pattern.compile("\\| `([\\w.]+):([\\w.-]+)` \\| ([\\w.]+) \\|");

    private static String document() throws IOException {
        return Files.readString(Path.of("doc", "embedding.md"));
    }

    /** The formatter may break lines otherwise. */
    private static String withoutSpace(String code) {
        return code.replaceAll("\\s", "");
    }

    @Test
    void itsCodeIsThatOfTheExamples() throws IOException {
        String examples;
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            examples = files.map(EmbeddingDocTest::read).collect(Collectors.joining("\n"));
        }
        List<String> blocks = CODE.matcher(document() + Files.readString(Path.of("README.md")))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(blocks)
                .hasSizeGreaterThan(5)
                .allSatisfy(code -> assertThat(withoutSpace(examples)).as(code).contains(withoutSpace(code)));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void itsVersionsAreThoseOfTheBuild() throws IOException {
        String pom = Files.readString(Path.of("pom.xml")).replace("${scala.binary.version}", "2.13");
        List<MatchResult> libraries = LIBRARY.matcher(document()).results().toList();
        assertThat(libraries).hasSizeGreaterThan(8).allSatisfy(library -> {
            Matcher dependency = Pattern.compile("<groupId>" + Pattern.quote(library.group(1))
                            + "</groupId>\\s*<artifactId>" + Pattern.quote(library.group(2))
                            + "</artifactId>\\s*<version>\\$\\{([\\w.-]+)}")
                    .matcher(pom);
            assertThat(dependency.find()).as(library.group()).isTrue();
            assertThat(pom).contains("<" + dependency.group(1) + ">" + library.group(3) + "</");
        });
    }

    @Test
    void theExamplesUseNothingInternal() {
        assertThat(new ClassFileImporter().importClass(RoomActor.Back.class).isAnnotatedWith(InternalApi.class))
                .isTrue();
        ArchRuleDefinition.noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Test")
                .should()
                .dependOnClassesThat()
                .areAnnotatedWith(InternalApi.class)
                .check(new ClassFileImporter().importPackages("io.teahouse.example"));
    }
}
