package io.teahouse.net;

import static org.assertj.core.api.Assertions.assertThat;

import akka.util.ByteString;
import io.teahouse.client.ClientActor;
import io.teahouse.client.Outbox;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FramersTest {
    private static final int MAX = 10;

    /** What the client gets, read by read: each line as an element, an overlong one as "!". */
    private static List<String> frames(Framer framer, List<String> reads) {
        List<String> told = new ArrayList<>();
        for (String read : reads) {
            framer.feed(bytes(read), command -> add(command, told));
        }
        framer.end(command -> add(command, told));
        return told;
    }

    private static ByteString bytes(String text) {
        return ByteString.fromArray(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void add(ClientActor.Command command, List<String> told) {
        if (command instanceof ClientActor.Overlong) {
            told.add("!");
        } else if (command instanceof ClientActor.Received received) {
            String text = received.lines().decodeString(StandardCharsets.ISO_8859_1);
            assertThat(text).endsWith("\n");
            told.addAll(List.of(text.split("\r?\n", -1)).subList(0, text.split("\r?\n", -1).length - 1));
        }
    }

    /** The expected lines, computed in the simplest way. */
    private static List<String> expected(String all) {
        List<String> lines = new ArrayList<>();
        String[] parts = all.split("\n", -1);
        for (int i = 0; i < parts.length; i++) {
            boolean tail = i == parts.length - 1;
            String line = !tail && parts[i].endsWith("\r") ? parts[i].substring(0, parts[i].length() - 1) : parts[i];
            if (line.length() > MAX && !(tail && line.length() == MAX + 1)) {
                lines.add("!");
            } else if (!tail || !line.isEmpty()) {
                lines.add(line.endsWith("\r") && tail ? line.substring(0, line.length() - 1) : line);
            }
        }
        return lines;
    }

    @Provide
    Arbitrary<String> input() {
        return Arbitraries.of("\n", "\r\n", "a", "bc", "\u00e9", "0123456789", "abcdefghijklmno")
                .list()
                .ofMaxSize(40)
                .map(parts -> String.join("", parts));
    }

    @Property(tries = 2000)
    void splittingTheInputIntoReadsMakesNoDifference(
            @ForAll("input") String all, @ForAll @Size(max = 12) List<@IntRange(min = 0, max = 80) Integer> cuts) {
        List<Integer> ordered =
                cuts.stream().map(cut -> Math.min(cut, all.length())).sorted().toList();
        List<String> reads = new ArrayList<>();
        int from = 0;
        for (int cut : ordered) {
            if (cut > from) {
                reads.add(all.substring(from, cut));
                from = cut;
            }
        }
        if (from < all.length()) {
            reads.add(all.substring(from));
        }
        assertThat(frames(new LineFramer(MAX), reads)).isEqualTo(expected(all));
    }

    @Test
    void anOverlongLineIsReportedOnceAndTheNextLineIsComplete() {
        LineFramer framer = new LineFramer(MAX);
        assertThat(frames(framer, List.of("a\n01234567890", "12345", "67\nnext\n")))
                .containsExactly("a", "!", "next");
    }

    @Test
    void allLinesOfOneReadAreOneMessage() {
        List<ClientActor.Command> told = new ArrayList<>();
        new LineFramer(100).feed(bytes("a\nb\r\nc"), told::add);
        assertThat(told).containsExactly(new ClientActor.Received(bytes("a\nb\r\n"), true));
    }

    @Test
    void withChunksAReadIsAMessage() {
        assertThat(frames(new ChunkFramer(MAX), List.of("ann", "hi\nyou", "01234567890", "bye")))
                .containsExactly("ann", "hi you", "!", "bye");
    }

    @Test
    void aClientWhoseFirstReadEndsWithALineEndSendsLines() {
        assertThat(frames(new ChunkFramer(MAX), List.of("ann\r\n", "hi\nyo", "u\n")))
                .containsExactly("ann", "hi", "you");
    }

    @Test
    void theClientLearnsWhetherThereWasALineEnd() {
        List<ClientActor.Command> told = new ArrayList<>();
        new ChunkFramer(MAX).feed(bytes("ann"), told::add);
        new ChunkFramer(MAX).feed(bytes("ann\n"), told::add);
        assertThat(told)
                .containsExactly(
                        new ClientActor.Received(bytes("ann\n"), false),
                        new ClientActor.Received(bytes("ann\n"), true));
    }

    private static List<String> terminal(String... reads) {
        return frames(new TerminalFramer(MAX), List.of(reads));
    }

    @Test
    void aTerminalMayEndLinesWithCarriageReturns() {
        assertThat(terminal("ann\rhi\r")).containsExactly("ann", "hi");
        assertThat(terminal("ann\r\0hi\r\0")).containsExactly("ann", "hi");
        assertThat(terminal("a", "nn", "\r", "hi", "\r", "\0", "x\r\0")).containsExactly("ann", "hi", "x");
        assertThat(terminal("ann\r", "\nhi\r", "\n")).containsExactly("ann", "hi");
        assertThat(terminal("ann\n", "hi\r\0", "ho\r", "\0you")).containsExactly("ann", "hi", "ho", "you");
    }

    @Test
    void aTerminalThatSendsLineFeedsDoesNotEndLinesWithCarriageReturns() {
        assertThat(terminal("ann\n", "hi\rbob", "\n")).containsExactly("ann", "hi\rbob");
        assertThat(terminal("ann\r\n", "a\r", "b\r\n")).containsExactly("ann", "a\rb");
    }

    @Provide
    Arbitrary<List<String>> pieces() {
        return Arbitraries.of("\n", "\r", "\0", "\r\n", "a", "bc", "0123456789")
                .list()
                .ofMaxSize(20);
    }

    @Property(tries = 2000)
    void inputOfATerminalMayBeSplitAnywhere(@ForAll("pieces") List<String> reads) {
        assertThat(frames(new TerminalFramer(MAX), reads)).isEqualTo(terminal(String.join("", reads)));
    }

    @Property(tries = 2000)
    void aFramerKeepsAtMostOneLine(@ForAll("pieces") List<String> reads) {
        for (Framer framer : List.of(new LineFramer(MAX), new TerminalFramer(MAX), new ChunkFramer(MAX))) {
            for (String read : reads) {
                framer.feed(bytes(read), command -> {});
                assertThat(framer.begun()).isLessThanOrEqualTo(MAX + 1);
            }
        }
    }

    private static List<String> elements(String... elements) {
        return frames(new FrameFramer(MAX), List.of(elements));
    }

    @Test
    void withFramesAnElementIsALineWhateverItContains() {
        assertThat(elements("ann", "hi\nyou", "a\r\nb")).containsExactly("ann", "hi you", "a\r b");
    }

    @Test
    void withFramesALineEndAfterAnElementIsIgnored() {
        assertThat(elements("ann\r\n", "hi\n", "0123456789\r\n")).containsExactly("ann", "hi", "0123456789");
    }

    @Test
    void withFramesAnEmptyElementIsIgnoredAndAnOverlongOneIsReported() {
        assertThat(elements("\n", "\r\n", "01234567890", "bye")).containsExactly("!", "bye");
    }

    @Test
    void aWebSocketIsToldWhenToConnectAgain() {
        Outbox outbox = new Outbox(1000);
        ByteString goingAway = ByteString.fromInts(0x88, 2, 1001 >> 8, 1001 & 0xFF);
        assertThat(new WebSocketFramer(100, outbox).farewell(Outbox.End.FINISHED_SOON))
                .isEqualTo(goingAway);
        outbox.retryAfter(Duration.ofSeconds(3));
        ByteString restart = ByteString.fromInts(0x88, 15, 1012 >> 8, 1012 & 0xFF);
        assertThat(new WebSocketFramer(100, outbox).farewell(Outbox.End.FINISHED_SOON))
                .isEqualTo(restart.concat(ByteString.fromString("retry-after 3")));
    }
}
