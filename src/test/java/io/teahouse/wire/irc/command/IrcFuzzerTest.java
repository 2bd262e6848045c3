package io.teahouse.wire.irc.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import akka.util.ByteString;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.teahouse.client.Request;
import io.teahouse.client.ScriptedSession;
import io.teahouse.wire.irc.IrcDialect;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Input made by a coverage-guided fuzzer; {@link FuzzTest} makes it at random. The commands' own tests are the seeds; a
 * run without {@code JAZZER_FUZZ=1} tries only these.
 */
class IrcFuzzerTest {
    private static final int LONGEST_ANSWER = 8191 + 512;

    static Stream<byte[]> seeds() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        for (String verb : CommandTest.verbs().toList()) {
            StringBuilder lines = new StringBuilder();
            CommandTest.file(verb).stream()
                    .filter(line -> line.startsWith("> "))
                    .forEach(line -> lines.append(line.substring(2).replace("\\1", "\u0001"))
                            .append('\n'));
            seeds.add(("1" + lines).getBytes(UTF_8));
            seeds.add(("0" + lines).getBytes(UTF_8));
        }
        return seeds.stream();
    }

    /** @param sent one byte that tells whether the client has registered, then lines */
    @MethodSource("seeds")
    @FuzzTest(maxDuration = "10m")
    void noInputThrows(byte[] sent) {
        if (sent.length == 0) {
            return;
        }
        ScriptedSession session = new ScriptedSession();
        IrcDialect dialect = CommandTest.dialect(session, sent[0] % 2 == '1' % 2);
        for (byte[] line : lines(sent)) {
            Request request = dialect.read(ByteString.fromArray(line));
            request.run(session);
            if (request.isFollowed()) {
                dialect.progress(true);
            }
            assertThat(session.written())
                    .as("answers to %s", new String(line, UTF_8))
                    .allMatch(answer -> answer.getBytes(UTF_8).length <= LONGEST_ANSWER)
                    .allMatch(answer -> answer.matches("(?s)(@[^ ]+ )?(:[^ ]+ )?[A-Z0-9]+( .*)?"));
            session.asked();
        }
    }

    private static List<byte[]> lines(byte[] sent) {
        List<byte[]> lines = new ArrayList<>();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (byte b : Arrays.copyOfRange(sent, 1, sent.length)) {
            if (b == '\n') {
                lines.add(line.toByteArray());
                line.reset();
            } else {
                line.write(b);
            }
        }
        lines.add(line.toByteArray());
        return lines;
    }
}
