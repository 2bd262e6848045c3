package io.teahouse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.typesafe.config.ConfigException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A settings file that cannot be read is an error, and never counts as empty. */
class SettingsFileTest {
    private static final String SETTING = "motd = \"Grüß Gott\"";

    @TempDir
    private Path folder;

    private Path main;

    @BeforeEach
    void name() {
        main = folder.resolve("application.conf");
    }

    private Path write(String file, String text, Charset charset) throws IOException {
        return Files.writeString(folder.resolve(file), text, charset);
    }

    private void includes(String what) throws IOException {
        write("application.conf", "include " + what + "\na = 1", UTF_8);
    }

    private String refusal() {
        return String.valueOf(
                catchThrowable(() -> SettingsFile.parse(main.toString())).getMessage());
    }

    private String read(String path) {
        return SettingsFile.parse(main.toString()).getString(path);
    }

    private void pipe(String name) throws IOException, InterruptedException {
        Process made = new ProcessBuilder("mkfifo", folder.resolve(name).toString()).start();
        assertThat(made.waitFor()).isZero();
    }

    @Test
    void aFolderIsNamed() throws IOException {
        Files.createDirectory(main);
        assertThat(refusal()).isEqualTo(main + " cannot be read: it is a folder");
    }

    @Test
    void aDanglingLinkIsNamed() throws IOException {
        Files.createSymbolicLink(main, folder.resolve("gone.conf"));
        assertThat(SettingsFile.isThere(main.toString())).isTrue();
        assertThat(refusal()).isEqualTo(main + " cannot be read: it is a link to a file that does not exist");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThat(SettingsFile.isThere(main.toString())).isFalse();
        assertThat(refusal()).isEqualTo(main + " does not exist");
    }

    @Test
    void aPipeIsNotWaitedFor() throws IOException, InterruptedException {
        pipe("application.conf");
        assertThat(refusal()).isEqualTo(main + " cannot be read: it is not a regular file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\n", "\uFEFF"})
    void anEmptyFileIsNamed(String text) throws IOException {
        write("application.conf", text, UTF_8);
        assertThat(refusal()).startsWith(main + " is empty");
    }

    @Test
    void aFileInLatin1IsNamedWithItsLine() throws IOException {
        write("application.conf", "# first\n" + SETTING, ISO_8859_1);
        assertThat(refusal()).startsWith(main + " is not in UTF-8, line 2");
    }

    @Test
    void aFileInUtf16IsNamed() throws IOException {
        write("application.conf", SETTING, UTF_16);
        assertThat(refusal()).startsWith(main + " is not in UTF-8, line 1");
    }

    @Test
    void aFileOfZerosIsNamed() throws IOException {
        write("application.conf", "\0\0\0\0", UTF_8);
        assertThat(refusal()).contains("application.conf");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheSettings() throws IOException {
        write("application.conf", "\uFEFF" + SETTING, UTF_8);
        assertThat(read("motd")).isEqualTo("Grüß Gott");
    }

    @Test
    void whatIsIncludedStandsBesideTheFileThatIncludesIt() throws IOException {
        Files.createDirectory(folder.resolve("parts"));
        includes("\"parts/one\"");
        write("parts/one.conf", "\uFEFFinclude file(\"two.json\")\nb = 2", UTF_8);
        write("parts/two.json", "{ \"c\": 3 }", UTF_8);
        assertThat(read("a")).isEqualTo("1");
        assertThat(read("b")).isEqualTo("2");
        assertThat(read("c")).isEqualTo("3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"more.conf\"", "file(\"more.conf\")", "required(\"more.conf\")", "\"more\""})
    void anIncludedFileThatIsNotThereIsNamed(String what) throws IOException {
        includes(what);
        assertThat(refusal()).contains("more", "included by " + main, "does not exist");
    }

    @Test
    void anIncludedFileThatCannotBeReadIsNamed() throws IOException, InterruptedException {
        includes("\"more.conf\"");
        Path more = Files.createDirectory(folder.resolve("more.conf"));
        assertThat(refusal()).contains("more.conf", "it is a folder");
        Files.delete(more);
        Files.createSymbolicLink(more, folder.resolve("gone.conf"));
        assertThat(refusal()).contains("more.conf", "a link to a file that does not exist");
        Files.delete(more);
        pipe("more.conf");
        assertThat(refusal()).contains("more.conf", "not a regular file");
        Files.delete(more);
        write("more.conf", "", UTF_8);
        assertThat(refusal()).contains("more.conf", "is empty");
        write("more.conf", SETTING, ISO_8859_1);
        assertThat(refusal()).contains("more.conf", "is not in UTF-8");
    }

    @Test
    void aUrlAndAResourceThatAreNotThereAreErrors() throws IOException {
        includes("url(\"" + folder.resolve("gone.conf").toUri() + "\")");
        assertThat(refusal()).contains("gone.conf");
        includes("\"" + folder.resolve("gone.conf").toUri() + "\"");
        assertThat(refusal()).contains("gone.conf");
        includes("classpath(\"gone.conf\")");
        assertThat(refusal()).contains("gone.conf");
    }

    @Test
    void aFileThatIncludesItselfIsNamed() throws IOException {
        includes("\"application.conf\"");
        assertThat(refusal()).contains("application.conf", "included by itself");
    }

    @Test
    void whatIsNoNameOfAFileIsAnError() {
        assertThatThrownBy(() -> SettingsFile.parse("a\0b")).isInstanceOf(ConfigException.class);
    }
}
