package io.teahouse.tool.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.tool.CommandRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrashTestCommandTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--kills=-1",
                "--nodes=2",
                "--nodes=3",
                "--nodes=10",
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
        CommandRun run = CommandRun.of(new CrashTestCommand(), argument);
        assertThat(run.status()).isEqualTo(CommandRun.BAD_ARGUMENTS);
        assertThat(run.errors()).startsWith("crash-test: --");
    }

    @Test
    void itHasToBeRunFromTheJar() {
        CommandRun run = CommandRun.of(new CrashTestCommand());
        assertThat(run.status()).isEqualTo(CommandRun.BAD_ARGUMENTS);
        assertThat(run.errors()).contains("java -jar target/teahouse.jar crash-test");
    }
}
