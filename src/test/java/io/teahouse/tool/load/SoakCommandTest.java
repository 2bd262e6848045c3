package io.teahouse.tool.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class SoakCommandTest {
    private static final int BAD_ARGUMENTS = 2;

    private final StringWriter err = new StringWriter();

    private int execute(String... args) {
        return new CommandLine(new SoakCommand())
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(err))
                .execute(args);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--minutes=1",
                "--interval=0",
                "--clients=0",
                "--clients=30",
                "--room-size=1",
                "--rate=-1",
                "--share=0",
                "--share=1.1",
                "--p99-limit=0",
                "--leaves=0",
                "--leaves=1000",
                "--allow-heap=-1",
                "--allow-threads=-1",
                "--allow-files=-1",
                "--patience=0",
                "--store=file",
                "--setting=teahouse.threads"
            })
    void invalidArgumentsAreRefused(String argument) {
        assertThat(execute(argument)).isEqualTo(BAD_ARGUMENTS);
        assertThat(err.toString()).startsWith("soak: --");
    }

    @Test
    void itHasToBeRunFromTheJar() {
        assertThat(execute()).isEqualTo(BAD_ARGUMENTS);
        assertThat(err.toString()).contains("java -jar target/teahouse.jar soak");
    }
}
