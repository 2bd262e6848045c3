package io.teahouse.net;

import static org.assertj.core.api.Assertions.assertThat;

import akka.util.ByteString;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutputLinesTest {
    private static List<String> lines(String... taken) {
        OutputLines lines = new OutputLines();
        List<String> all = new ArrayList<>();
        for (String each : taken) {
            lines.add(ByteString.fromString(each));
            for (ByteString line = lines.next(); line.nonEmpty(); line = lines.next()) {
                all.add(line.utf8String());
            }
        }
        return all;
    }

    @Test
    void linesAreReturnedWithoutTheirEnds() {
        assertThat(lines("a\nb\r\nc\n", "d\n")).containsExactly("a", "b", "c", "d");
    }

    @Test
    void emptyLinesAreSkipped() {
        assertThat(lines("\n\na\n\r\n", "\n", "")).containsExactly("a");
    }

    @Test
    void theLastLineNeedsNoEnd() {
        assertThat(lines("a\nb", "c")).containsExactly("a", "b", "c");
    }

    @Test
    void carriageReturnsWithinALineStay() {
        assertThat(lines("a\rb\n")).containsExactly("a\rb");
    }
}
