package io.teahouse.wire.irc.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import akka.util.ByteString;
import io.teahouse.client.LineForm;
import io.teahouse.client.Request;
import io.teahouse.client.ScriptedSession;
import io.teahouse.operator.Powers;
import io.teahouse.operator.Privilege;
import io.teahouse.operator.TestPowers;
import io.teahouse.user.CaseMapping;
import io.teahouse.user.UserDirectory;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.IrcDialect;
import io.teahouse.wire.irc.IrcServer;
import io.teahouse.wire.irc.IrcSettings;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each command by itself: its calls of the session ({@code ?}) and its replies ({@code <}) must match its file under
 * {@code irc/commands}. A file that begins with {@code new} is about a client that has not registered; otherwise the
 * client is ann, as in {@link ScriptedSession}.
 */
class CommandTest {
    static Stream<String> verbs() {
        return IrcCommands.all().stream().map(command -> command.spec().verb());
    }

    static IrcSettings settings(String networkName) {
        return new IrcSettings(
                new IrcSettings.Identity(
                        "irc.test",
                        networkName,
                        "A test server",
                        "test-1",
                        List.of("Be kind."),
                        List.of("Here", "Us", "us@example.net")),
                new IrcSettings.NamePolicy(CaseMapping.ASCII, true, 32),
                new IrcSettings.Access(
                        "",
                        List.of(
                                new IrcSettings.Operator("root", "secret", Optional.empty(), Privilege.all()),
                                new IrcSettings.Operator("mod", "secret", Optional.of("ann"), Set.of(Privilege.BANS))),
                        Set.of()),
                new IrcSettings.Quotas(2, 2, 100, 50, 0),
                new IrcSettings.MultilineLimits(4096, 3),
                new IrcSettings.MetadataLimits(2, 3, 300),
                Optional.empty(),
                Optional.empty());
    }

    private static IrcServer server(UserDirectory users) {
        Powers powers = new Powers(TestPowers.services(users));
        return new IrcServer(settings("Test Net"), IrcCommands.all(), powers, "test.conf");
    }

    static List<String> play(List<String> script) {
        ScriptedSession session = new ScriptedSession();
        IrcDialect dialect = dialect(session, !script.contains("new"));
        List<String> seen = new ArrayList<>();
        for (String line : script) {
            if (line.isEmpty() || line.startsWith("#") || line.equals("new")) {
                seen.add(line);
            } else if (line.startsWith("> ")) {
                seen.add(line);
                String text = line.substring(2).replace("\\1", "\u0001");
                Request request = dialect.read(ByteString.fromArray(text.getBytes(UTF_8)));
                request.run(session);
                if (request.isFollowed()) {
                    dialect.progress(true);
                }
                session.asked().forEach(asked -> seen.add("? " + asked));
                session.written().forEach(written -> seen.add("< " + masked(written)));
            }
        }
        return seen;
    }

    /** A dialect in {@code session}, whose client has registered or not. */
    static IrcDialect dialect(ScriptedSession session, boolean registered) {
        IrcDialect dialect = new IrcDialect(server(session.users()), LineForm.CRLF);
        dialect.opened(session);
        if (registered) {
            session.isCalledAnn();
            dialect.read(ByteString.fromString("USER ann 0 * :Ann")).run(session);
            dialect.progress(true);
            session.isInTea();
        }
        return dialect;
    }

    /** Replaces values that differ between runs. */
    private static String masked(String line) {
        return line.replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME")
                .replaceAll("since \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC", "since TIME")
                .replaceAll("( 317 ann \\w+) \\d+ \\d+", "$1 0 0")
                .replaceAll("( 391 ann irc.test) \\d+", "$1 0")
                .replaceAll("Server Up .*", "Server Up")
                .replaceAll("(BATCH [+-])\\w+", "$1ID")
                .replaceAll("batch=\\w+", "batch=ID");
    }

    static List<String> file(String verb) throws IOException {
        String name = "/irc/commands/" + verb.toLowerCase(Locale.ROOT) + ".txt";
        try (InputStream in = CommandTest.class.getResourceAsStream(name)) {
            assertThat(in).as("the file %s", name).isNotNull();
            return new String(in.readAllBytes(), UTF_8).lines().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void everyCommandBehavesAsItsFileSays(String verb) throws IOException {
        List<String> script = file(verb);
        assertThat(script).anyMatch(line -> line.toUpperCase(Locale.ROOT).contains(verb));
        assertThat(play(script)).isEqualTo(script);
    }

    @Test
    void everySpecIsComplete() {
        assertThat(IrcCommands.all()).extracting(IrcCommand::spec).allSatisfy(spec -> {
            assertThat(spec.verb()).matches("[A-Z]+");
            assertThat(spec.help()).endsWith(".");
            assertThat(spec.cost()).isPositive();
        });
        assertThat(verbs().toList()).doesNotHaveDuplicates();
    }
}
