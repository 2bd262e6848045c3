package io.teahouse.wire.irc.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.wire.irc.Capability;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.Spec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code doc/irc.md} lists every command as its spec describes it. */
class DocumentationTest {
    private static final Path FILE = Path.of("doc", "irc.md");

    static List<String> rows() {
        return IrcCommands.all().stream()
                .map(IrcCommand::spec)
                .sorted(Comparator.comparing(Spec::verb))
                .map(DocumentationTest::row)
                .toList();
    }

    private static String row(Spec spec) {
        String usage = (spec.verb() + " " + spec.usage()).strip().replace("|", "\\|");
        String who = spec.when() == Spec.When.OPERATOR ? " Operators of the server only." : "";
        return "| `" + usage + "` | " + spec.help() + who + " | " + spec.cost() + " |";
    }

    @Test
    void everyCommandHasARow() throws IOException {
        List<String> found = Files.readAllLines(FILE).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();
        assertThat(found).isEqualTo(rows());
    }

    @Test
    void everyCapabilityIsNamed() throws IOException {
        String text = Files.readString(FILE);
        for (Capability each : Capability.values()) {
            assertThat(text).contains("`" + each.text() + "`");
        }
    }
}
