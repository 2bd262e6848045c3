package io.teahouse.wire.irc.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import akka.util.ByteString;
import io.teahouse.client.Request;
import io.teahouse.client.ScriptedSession;
import io.teahouse.wire.irc.IrcDialect;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Random lines: those of the commands' own tests, cut, spliced, stretched and with bytes changed. Nothing is thrown,
 * and every reply is a valid line of IRC of at most 512 bytes.
 */
class FuzzTest {
    private static final List<byte[]> CORPUS = corpus();
    /** A line without its tags and its line end. */
    private static final int LONGEST_ANSWER = 510;

    private static List<byte[]> corpus() {
        List<byte[]> lines = new ArrayList<>();
        try {
            for (String verb : CommandTest.verbs().toList()) {
                CommandTest.file(verb).stream()
                        .filter(line -> line.startsWith("> "))
                        .forEach(line -> lines.add(
                                line.substring(2).replace("\\1", "\u0001").getBytes(UTF_8)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }

    @Property(tries = 2000)
    void noInputThrows(@ForAll long seed) {
        Random random = new Random(seed);
        ScriptedSession session = new ScriptedSession();
        IrcDialect dialect = CommandTest.dialect(session, random.nextInt(4) > 0);
        if (random.nextBoolean()) {
            feed(
                    dialect,
                    session,
                    "CAP REQ :batch labeled-response message-tags echo-message draft/multiline".getBytes(UTF_8));
        }
        for (int i = 0; i < 20; i++) {
            byte[] line = spoilt(random);
            feed(dialect, session, line);
            assertThat(session.written())
                    .as("answers to %s", new String(line, UTF_8))
                    .allMatch(answer -> withoutTags(answer).getBytes(UTF_8).length <= LONGEST_ANSWER)
                    .allMatch(answer -> answer.matches("(@\\S+ )?(:\\S+ )?[A-Z0-9]+( .*)?"));
            session.asked();
        }
    }

    private static void feed(IrcDialect dialect, ScriptedSession session, byte[] line) {
        Request request = dialect.read(ByteString.fromArray(line));
        request.run(session);
        if (request.isFollowed()) {
            dialect.progress(true);
        }
    }

    private static byte[] spoilt(Random random) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        byte[] first = CORPUS.get(random.nextInt(CORPUS.size()));
        byte[] second = CORPUS.get(random.nextInt(CORPUS.size()));
        line.write(first, 0, random.nextInt(3) == 0 ? random.nextInt(first.length + 1) : first.length);
        if (random.nextInt(3) == 0) {
            int from = random.nextInt(second.length + 1);
            line.write(second, from, second.length - from);
        }
        byte[] bytes = random.nextInt(3) == 0 ? stretched(line.toByteArray(), random) : line.toByteArray();
        for (int changes = random.nextInt(4); changes > 0 && bytes.length > 0; changes--) {
            byte[] signs = {' ', ':', '@', ',', '#', '*', '+', '-', ';', '=', '\\', 0, 1, (byte) 0xFF, (byte) 0xC3};
            bytes[random.nextInt(bytes.length)] = signs[random.nextInt(signs.length)];
        }
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = bytes[i] == '\n' ? (byte) ' ' : bytes[i]; // a line feed would end the line
        }
        return bytes;
    }

    /** Inserts a long word or text. */
    private static byte[] stretched(byte[] line, Random random) {
        String[] signs = {"x", "é", "中", "x ", "bob,", "x;"};
        byte[] more =
                signs[random.nextInt(signs.length)].repeat(random.nextInt(160)).getBytes(UTF_8);
        int at = random.nextInt(line.length + 1);
        ByteArrayOutputStream longer = new ByteArrayOutputStream();
        longer.write(line, 0, at);
        longer.writeBytes(more);
        longer.write(line, at, line.length - at);
        return longer.toByteArray();
    }

    private static String withoutTags(String line) {
        return line.startsWith("@") ? line.substring(line.indexOf(' ') + 1) : line;
    }
}
