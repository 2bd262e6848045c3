package io.teahouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.operator.Parameter;
import io.teahouse.operator.PowerSpec;
import io.teahouse.operator.Powers;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The powers of operators as commands of the jar, which ask a running server. */
class PowerToolsTest {
    private static final String TOKEN = "the token of boss";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start("teahouse.admin { enabled = on, token = \"" + TOKEN + "\" }");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private int run(String... arguments) {
        CommandLine command = CommandLineTools.commandLine();
        command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return command.execute(arguments);
    }

    private int ask(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--token", TOKEN, "--url", "http://127.0.0.1:" + server.port("admin")));
        return run(all.toArray(String[]::new));
    }

    @Test
    void aCommandUsesThePowerOfTheRunningServer() {
        assertThat(ask("announce", "Tea", "is", "ready")).as("%s", err).isZero();
        assertThat(out.toString()).isEqualTo("Told to 0 users\n");
        assertThat(ask("audit", "--limit", "1")).isZero();
        assertThat(out.toString())
                .contains("number\tat\twho\tway\tpower\targuments\twhy\toutcome\n1\t")
                .contains(
                        "\tteahouse.admin.token from 127.0.0.1\tcommand\tannounce\ttext=Tea is ready\t\tTold to 0 users\n");
        assertThat(ask("audit", "--json")).isZero();
        assertThat(out.toString()).contains("{\"rows\":[{\"arguments\":\"text=Tea is ready\"");
    }

    static Stream<PowerSpec> all() {
        return Powers.all().stream();
    }

    @ParameterizedTest
    @MethodSource("all")
    void eachPowerIsACommandThatIsInTheAuditLog(PowerSpec power) {
        List<String> words = new ArrayList<>(List.of(power.name()));
        power.parameters().stream()
                .filter(Parameter::isRequired)
                .forEach(each -> words.add(
                        switch (each.kind()) {
                            case NUMBER -> "1";
                            case DURATION -> "1h";
                            case FLAG -> "true";
                            case WORD, TEXT -> "something";
                        }));
        assertThat(ask(words.toArray(String[]::new))).as("%s", err).isNotEqualTo(1);
        assertThat(ask("audit", "--limit", "1")).isZero();
        if (!power.reads()) {
            assertThat(out.toString()).contains("\tcommand\t" + power.name() + "\t");
        }
    }

    @Test
    void aTokenIsReadFromAFile() throws Exception {
        Path file = Files.writeString(folder.resolve("token"), TOKEN + "\n");
        String url = "http://127.0.0.1:" + server.port("admin") + "/";
        assertThat(run("audit", "--token-file", file.toString(), "--url", url)).isZero();
        assertThat(run("audit", "--token-file", file + "2", "--url", url)).isEqualTo(2);
        assertThat(err.toString()).startsWith("teahouse: the token cannot be read: ");
    }

    @Test
    void whatTheServerRefusesIsSaid() {
        assertThat(ask("audit", "--after", "x")).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("teahouse: after is the number of an entry\n");
        assertThat(run("audit", "--token", "another token here", "--url", "http://127.0.0.1:" + server.port("admin")))
                .isEqualTo(2);
        assertThat(err.toString()).contains("this needs a token of teahouse.admin");
        assertThat(run("announce", "--token", "x")).as("without its text").isEqualTo(2);
    }

    @Test
    void aServerThatCannotBeReachedIsSaid() {
        assertThat(run("audit", "--token", "x", "--url", "http://127.0.0.1:" + server.port("plain")))
                .isEqualTo(1);
        assertThat(err.toString()).startsWith("teahouse: the server cannot be reached at http://127.0.0.1:");
        assertThat(run("audit", "--token", "x", "--url", "nowhere")).isEqualTo(2);
        assertThat(err.toString()).contains("nowhere is not the address of a server");
        assertThat(run("audit")).as("without a token").isEqualTo(2);
    }
}
