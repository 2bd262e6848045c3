package io.teahouse.tool.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.tool.CommandRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoakCommandTest {
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
                "--allow-native=-1",
                "--allow-threads=-1",
                "--allow-files=-1",
                "--patience=0",
                "--store=file",
                "--setting=teahouse.threads"
            })
    void invalidArgumentsAreRefused(String argument) {
        CommandRun run = CommandRun.of(new SoakCommand(), argument);
        assertThat(run.status()).isEqualTo(CommandRun.BAD_ARGUMENTS);
        assertThat(run.errors()).startsWith("soak: --");
    }

    @Test
    void itHasToBeRunFromTheJar() {
        CommandRun run = CommandRun.of(new SoakCommand());
        assertThat(run.status()).isEqualTo(CommandRun.BAD_ARGUMENTS);
        assertThat(run.errors()).contains("java -jar target/teahouse.jar soak");
    }
}
