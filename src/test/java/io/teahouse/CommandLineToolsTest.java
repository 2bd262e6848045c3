package io.teahouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The tools' help and version. */
class CommandLineToolsTest {
    private static List<CommandLine> all(CommandLine command) {
        List<CommandLine> all = new ArrayList<>(List.of(command));
        command.getSubcommands().values().forEach(sub -> all.addAll(all(sub)));
        return all;
    }

    private static String path(CommandLine command) {
        return command.getCommandSpec().qualifiedName();
    }

    @Test
    void everyCommandHelpsAndEveryOptionIsExplained() {
        for (CommandLine command : all(CommandLineTools.commandLine())) {
            CommandLine.Model.CommandSpec spec = command.getCommandSpec();
            assertThat(spec.usageMessage().description())
                    .as("what %s does", path(command))
                    .isNotEmpty();
            spec.args()
                    .forEach(arg -> assertThat(arg.description())
                            .as("what %s of %s is", arg, path(command))
                            .isNotEmpty());
            StringWriter out = new StringWriter();
            assertThat(command.setOut(new PrintWriter(out)).execute("--help")).isZero();
            assertThat(out.toString()).startsWith("Usage: " + path(command));
        }
    }

    @Test
    void theOperatorsToolsAreThere() {
        assertThat(CommandLineTools.commandLine().getSubcommands())
                .containsKeys("backup", "restore", "export", "erase", "retention");
    }

    @Test
    void whatDoesNotExistIsRefused() {
        StringWriter err = new StringWriter();
        assertThat(CommandLineTools.commandLine().setErr(new PrintWriter(err)).execute("brew"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("brew");
    }

    @Test
    void settingsAfterTheJarAreExplained() {
        StringWriter err = new StringWriter();
        assertThat(CommandLineTools.commandLine().setErr(new PrintWriter(err)).execute("-Dteahouse.plain.port=4000"))
                .isEqualTo(2);
        assertThat(err)
                .hasToString("Settings come before -jar: java -Dteahouse.plain.port=4000 -jar teahouse.jar"
                        + System.lineSeparator());
    }
}
