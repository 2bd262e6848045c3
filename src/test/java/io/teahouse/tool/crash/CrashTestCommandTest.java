package io.teahouse.tool.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CrashTestCommandTest {
    private static final int BAD_ARGUMENTS = 2;

    private final StringWriter err = new StringWriter();

    private int execute(String... args) {
        return new CommandLine(new CrashTestCommand())
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(err))
                .execute(args);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--kills=-1",
                "--store=file",
                "--store=postgresql",
                "--url=jdbc:postgresql://127.0.0.1/x",
                "--senders=0",
                "--rooms=21",
                "--listeners=-1",
                "--window=0",
                "--pace=-1",
                "--patience=0",
                "--setting=teahouse.threads"
            })
    void invalidArgumentsAreRefused(String argument) {
        assertThat(execute(argument)).isEqualTo(BAD_ARGUMENTS);
        assertThat(err.toString()).startsWith("crash-test: --");
    }

    @Test
    void itHasToBeRunFromTheJar() {
        assertThat(execute()).isEqualTo(BAD_ARGUMENTS);
        assertThat(err.toString()).contains("java -jar target/teahouse.jar crash-test");
    }
}
